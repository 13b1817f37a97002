"""Who wrote an article, by its byline: people, without their jobs, degrees and photographers."""

import json
import re
from collections.abc import Iterable
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
    rf"(?:[^\W\d_][\w'’&-]*\.? ){{0,5}}{_JOB_NOUN}"
    r"(?:[ -](?:in[ -]chief|at[ -]large|emeritus))?(?: (?:for|at|of|in|on) .*)?",
    re.IGNORECASE,
)
_JOB_BEFORE = re.compile(rf"(?:[^\W\d_][\w'’&-]* ){{0,3}}{_JOB_NOUN}:? (?=[A-ZÀ-Þ])", re.IGNORECASE)
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
    r"(?:(?:words|text|story|report|reporting|reported|article|analysis|written|posted|opinion|review"
    r"|interview|compiled|published)(?: and (?:photos?|photographs|pictures|images|video))? by"
    r"|by|von|par|por|di|door|av|af|texte?s?:|texto:|testo:|authors?:|autor(?:en|es)?:|auteur:"
    r"|reporter:|text by|worte von|ein (?:bericht|artikel|kommentar) von) ",
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
_BETWEEN = re.compile(r"\s*(?:[,;|•·/]|\s[–—-]\s|\s(?:and|und|et|y|e|og|och|en|with|&)\s)\s*")
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
_NOBODY = re.compile(r"\d|@|https?:|[<>{}\[\]]")
_LONGEST = 160
_LONGEST_NAME = 80


def byline_people(line: str, outlet: str | None = None) -> tuple[str, ...] | None:
    """The people that a line names, where it is a byline and nothing else; None where it isn't."""
    lead = _LEAD.match(line)
    if lead is None or len(line) > _LONGEST:
        return None
    pictures = _PICTURES.search(line, lead.end())
    words = line[lead.end() : pictures.start() if pictures else len(line)]
    if pictures and not _NAME.search(line, pictures.end()):
        return None
    parts = [part for part in _BETWEEN.split(words.strip(" ,;|–—-")) if part]
    people = [person for part in parts if (person := _person(part, outlet))]
    known = all(_person(part, outlet) or _is_aside(part, outlet) for part in parts)
    return _distinct(people) if known and people else None


def people(values: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """The people in statements of authorship ("Ann Lowe, Political Editor"; one or several names
    each): without jobs, degrees, photographers, dates, and organisations (the outlet among them).
    """
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
            elif person := _person(part, outlet, strict=False):
                found.append(person)
    return _distinct(found)


def _person(part: str, outlet: str | None, *, strict: bool = True) -> str | None:
    """The name of the person that a part of a byline is; None where it is none. Where it is not
    `strict`, a name may be of one word or in small letters."""
    words = _PLACE.sub("", part)
    if _is_aside(words, outlet) or _NOBODY.search(words) or len(words) > _LONGEST_NAME:
        return None
    words = _DEGREE_BEHIND.sub("", words)
    job = _JOB_BEFORE.match(words)
    words = (words[job.end() :] if job else words).strip(" .,:") + ("." * words.endswith("r."))
    if not words or _is_organisation(words, outlet):
        return None
    if strict and not _NAME.fullmatch(words):
        return None
    return _cased(words) if any(map(str.isalpha, words)) else None


def _is_aside(part: str, outlet: str | None) -> bool:
    """Whether a part of a byline is a job, a degree, a place, a date or an organisation."""
    plain = part.strip(" .")
    return bool(
        is_of_dates(plain)
        or _JOB.fullmatch(plain)
        or _DEGREES.fullmatch(plain.replace(".", "").replace(" ", "").casefold())
        or _SUFFIX.fullmatch(plain)
        or _PLACE.fullmatch(f" {plain}")
        or _is_organisation(plain, outlet)
    )


def _is_organisation(name: str, outlet: str | None) -> bool:
    plain = _key(name)
    return (
        plain in _organisations()
        or (outlet is not None and plain == _key(outlet))
        or _ACRONYM.fullmatch(name) is not None
        or _ORGANISATION.search(name) is not None
    )


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


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
