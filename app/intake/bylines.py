"""Who wrote an article, by its byline: people, without their jobs, degrees and photographers."""

import json
import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources

from app.intake.printed_dates import is_of_dates

_JOB_NOUN = (
    r"(?:editor|reporter|writer|correspondent|columnist|contributor|journalist|author|critic|analyst"
    r"|photographer|producer|blogger|freelancer?|intern|fellow|chief|director|presenter|anchor|host"
    r"|specialist|administrator|admin|redakteur(?:in)?|korrespondent(?:in)?|reporterin|autor(?:in)?"
    r"|journaliste|correspondante?|rédact(?:eur|rice)|redactor[ae]?|corresponsal|periodista"
    r"|giornalista|inviat[oa]|redacteur|verslaggever|jornalista|repórter)s?"
)
_JOB = re.compile(
    rf"(?P<before>.*?)\b{_JOB_NOUN}(?:[ -](?:in[ -]chief|at[ -]large|emeritus))?"
    r"(?: (?:for|at|of|in|on) .*)?",
    re.IGNORECASE,
)
_JOB_BEFORE = re.compile(
    rf"(?P<before>(?:[^\W\d_][\w'’&-]* ){{0,3}}){_JOB_NOUN}:? (?=[A-ZÀ-Þ])", re.I
)
# What a job is of or for.
_BEAT = re.compile(
    r"(?:senior|junior|chief|deputy|assistant|associate|managing|executive|contributing|staff|special"
    r"|lead|guest|freelance|national|international|foreign|domestic|local|regional|state|city|metro"
    r"|world|europe|africa|asia|us|uk|political|politics|business|economics?|financial?|money|market"
    r"|science|scientific|health|medical|technology|tech|digital|online|web|social|media|video|photo"
    r"|data|sports?|football|cricket|tennis|arts?|culture|music|film|tv|books?|food|travel|fashion"
    r"|style|life|lifestyle|education|environment|climate|energy|crime|legal|law|courts?|home|affairs"
    r"|security|defen[cs]e|diplomatic|war|news|features?|opinion|investigations?|investigative|royal"
    r"|religious|religion|consumer|transport|industry|property|personal|public|policy|general|night"
    r"|day|weekend|sunday|breaking|white|house|washington|london|paris|moscow|berlin|beijing|brussels"
    r"|congressional|parliamentary|and|of|the|&|former|our)(?:['’]s)?",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"phd|dphil|m[adsp]|msc|b[as]|bsc|m(?:ba|ph|pp|phil|ed)|edd|jd|ll[bm]|r[nd]|d(?:o|ds|vm)|pharmd"
    r"|psyd|esq|cfa|cpa|diplomjournalist|dipling|frs|frcp|[omck]be"
)
# Without dots two capitals may be a name's own ("MA"), so they count in capitals alone.
_DEGREE_BEHIND = re.compile(
    r"(?:,? (?:Ph\.?D|M\.D|M\.A|M\.S|M\.Sc|B\.A|B\.S|B\.Sc|J\.D|R\.N|R\.D|D\.O|LL\.[BM]|Esq|MD|MBA"
    r"|MPH|MSc|BSc|MS|RN|RD|JD|DVM|DDS|CFA|CPA|OBE|MBE|CBE)\.?)+$"
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:(?:photos?|photographs|pictures|images|video)(?: and | & |/))?"
    r"(?:words|text|story|report|reporting|reported|article|analysis|written|posted|opinion|review"
    r"|interview|compiled|published)(?: and (?:photos?|photographs|pictures|images|video))? by"
    r"|by|von|par|por|di|door|av|af|texte?s?:|texto:|testo:|authors?:|autor(?:en|es)?:|auteur:"
    r"|(?:recipe|post) by|(?:ein )?(?:bericht|artikel|kommentar|beitrag|text|rezept"
    r"|pressemitteilung) von"
    r"|(?:veröffentlicht|geschrieben|verfasst|eingestellt|erstellt) (?:am .{1,20} )?von"
    r"|zeige alle beiträge von|vom|(?:publié|rédigé|écrit) par|(?:publicado|escrito) por"
    r"|~)(?:: ?| )(?=[^\s\d])",
    re.IGNORECASE,
)
_PICTURES = re.compile(
    r"(?:(?:with|and|und|et|y|e) )?(?:(?:additional|main|lead) )?"
    r"(?:photos?|photograph(?:s|y|ed|er)?|pictures?|images?|videos?|film(?:ed)?|illustrat(?:ions?|ed)"
    r"|graphics?|artwork|cartoons?|audio|fotos?|fotograf(?:ie|ía|i)?s?|bild(?:er)?|photographies?)"
    r"(?: and \w+)?\s*(?:(?:by|von|par|por|di|door|courtesy of)\b|[:/])"
    r"|(?:edited|produced|translated|illustrated|updated|reviewed|fact[- ]checked) by\b"
    r"|(?:photos?|fotos?|illustrations?):",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y|e|&)\s|[,;|•·/]|\s[–—-]\s|\s(?:and|und|et|y|e|og|och|en|with|&)\s)\s*"
)
_PLACE = re.compile(r"\s(?:in|at|for|of|from|nach|aus|à|en|para|IN|AT|FOR|OF|FROM)\s.*")
_PARTICLE = (
    r"(?:de|la|le|van|von|der|den|al|bin|bint|ibn|el|di|da|dos|das|du|del|della|y|zu|zur|ter|ten|af"
    r"|av|st\.?|e|ap|abu|ould)"
)
_NAME_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’‑\-]*|[dDlLO]['’][^\W\d_][\w'’\-]*)"
_NAME = re.compile(
    rf"{_NAME_WORD}(?: (?:{_PARTICLE} ){{0,2}}(?:{_NAME_WORD}|{_PARTICLE}(?=$))){{1,4}}"
)
_ORGANISATION = re.compile(
    r"\b(?:news|agency|agencies|newspapers?|newsroom|staff|desk|team|redaktion|rédaction|redacción"
    r"|redazione|redactie|redação|editorial|editors|tv|television|radio|network|newswire|wires?"
    r"|press association|associated press|media|magazine|ltd|inc|gmbh|plc|corp(?:oration)?|company"
    r"|university|institute|ministry|department|committee|council|foundation|association|society"
    r"|federation|union|office|online|website|nachrichten|agentur|agence|agencia|agenzia|zeitung"
    r"|tidning|publishing|publications|limited|llc|group|center|centre|board)\b|\.(?:com|org|net|de)\b"
    r"|^the ",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,6}")
_NO_NAME = re.compile(
    r"(?:(?:photos?|photographs|pictures|images|video|fotos?|bilder|words|text)"
    r"(?: (?:von |by )?[A-ZÀ-Þ].*)?"
    r"|posted|published|name|autor(?:in)?|text|interview|gast|guest|unknown|anonymous|red|webmaster"
    r"|(?:artikel|beitrag|article|post|text)(?: von| by)?(?: \w)?|by|von|agenturen|agencies|presse"
    r"|editor|admin\w*|germany|nan|null|none|default|user)",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\d|@|https?:|[<>{}\[\]]")
_LONGEST = 160
_LONGEST_NAME = 80


def byline_people(line: str) -> tuple[str, ...] | None:
    """The people that a line names, where it is a byline and nothing else; None where it isn't."""
    lead = _LEAD.match(line)
    if lead is None or len(line) > _LONGEST:
        return None
    pictures = _PICTURES.search(line, lead.end())
    words = line[lead.end() : pictures.start() if pictures else len(line)]
    if pictures and not _NAME.search(line, pictures.end()):
        return None
    parts = [part for part in _BETWEEN.split(words.strip(" ,;|–—-")) if part]
    persons = [_person(part, ()) for part in parts]
    asides = sum(not person for person in persons)
    found = [person for person in persons if person and _NAME.fullmatch(person)]
    known = asides + len(found) == len(parts)
    return tuple(dict.fromkeys(map(_cased, found))) if found and known else None


def people(
    values: Iterable[str], organisations: Collection[str] = (), named: str = ""
) -> tuple[str, ...]:
    """The people in statements of authorship ("Ann Lowe, Political Editor"; one or several names
    each): without jobs, degrees, photographers, dates, and organisations, those given among them.

    `named` is what else the page says of authorship: a name takes the dots that it has there.
    """
    known = frozenset(map(_key, organisations))
    found: list[str] = []
    for value in values:
        words = " ".join(value.split())
        if not words or len(words) > _LONGEST:
            continue
        lead = _LEAD.match(words)
        words = words[lead.end() :] if lead else words
        pictures = _PICTURES.search(words)
        if pictures:
            words = words[: pictures.start()]
        for part in _BETWEEN.split(words.strip(" ,;|–—-")):
            if found and _SUFFIX.fullmatch(part):
                found[-1] = f"{found[-1]} {part}"
            elif person := _person(part, known):
                found.append(_cased(_dotted(person, named)))
    return tuple(dict.fromkeys(found))


def _person(part: str, organisations: Collection[str]) -> str | None:
    """The name of the person that a part of a byline is; None for a job, a degree, a place, a date
    or an organisation."""
    if _PLACE.fullmatch(f" {part}") or is_of_dates(part):
        return None
    words = _DEGREE_BEHIND.sub("", _PLACE.sub("", part))
    before, behind = _JOB_BEFORE.match(words), _JOB.fullmatch(words)
    if behind:
        words = _without_beat(behind["before"])
    elif before and all(map(_BEAT.fullmatch, before["before"].split())):
        words = words[before.end() :]
    words = _without_outlet(words.strip(" .,:") + ("." if words.endswith("r.") else ""))
    plain = words.strip(".")
    if (
        sum(map(str.isalpha, words)) < 2
        or len(words) > _LONGEST_NAME
        or _NOBODY.search(words)
        or _NO_NAME.fullmatch(plain)
        or _SUFFIX.fullmatch(plain)
        or _DEGREES.fullmatch(plain.replace(".", "").replace(" ", "").casefold())
        or _is_organisation(plain, organisations)
    ):
        return None
    return words


def _without_outlet(words: str) -> str:
    """A name without the outlet that follows it ("Ann Lowe Associated Press")."""
    parts = words.split()
    for start in range(2, len(parts)):
        if _key(" ".join(parts[start:])) in _organisations():
            return " ".join(parts[:start])
    return words


def _without_beat(words: str) -> str:
    """What stands before a job, without what the job is of: a name, where it is two words."""
    parts = words.split()
    while parts and _BEAT.fullmatch(parts[-1]):
        parts.pop()
    return " ".join(parts) if len(parts) > 1 else ""


def _is_organisation(name: str, organisations: Collection[str]) -> bool:
    plain = _key(name)
    return (
        plain in _organisations()
        or plain in organisations
        or _ACRONYM.fullmatch(name) is not None
        or _ORGANISATION.search(name) is not None
    )


def _dotted(name: str, named: str) -> str:
    """The name with the dots of its initials, where the page writes them."""
    parts = re.findall(r"[\w'’-]+", name)
    if not any(len(part) == 1 or part in ("Dr", "Prof", "St") for part in parts):
        return name
    written = re.search(
        r"(?<!\w)" + r"(?:\. ?| )".join(map(re.escape, parts)) + r"(?!\w)", named, re.IGNORECASE
    )
    return written.group() if written else name


def _key(name: str) -> str:
    return re.sub(r"^the ", "", " ".join(re.findall(r"\w+", name.casefold())))


@cache
def _organisations() -> frozenset[str]:
    """The names of the media and agencies of the project's own knowledge."""
    known: set[str] = set()
    for file in ("media.jsonl", "agencies.jsonl"):
        rows = resources.files("app").joinpath("data", "knowledge", file)
        for row in map(json.loads, rows.read_text(encoding="utf-8").splitlines()):
            known.update(map(_key, (row["name"], *row.get("aliases", ()))))
    return frozenset(known)


def _cased(name: str) -> str:
    """The name as names are written, where it stands in capitals or small letters alone."""
    words = name.split()
    if len(words) < 2 or not (name.isupper() or name.islower()):
        return name
    return " ".join(
        word if re.fullmatch(r"(?:[A-Z]\.)+", word) else re.sub(r"[^\W\d_]+", _capital, word)
        for word in words
    )


def _capital(letters: re.Match[str]) -> str:
    return letters.group().capitalize()
