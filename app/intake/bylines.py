"""Who wrote an article, by its byline: people, without their jobs, degrees and photographers."""

import json
import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources

from app.intake.patterns import Patterns
from app.intake.printed_dates import is_of_dates

_PATTERNS = Patterns("bylines")
_JOB = _PATTERNS.compiled("job", re.IGNORECASE)
_JOB_BEFORE = _PATTERNS.compiled("job_before", re.IGNORECASE)
# What a job is of or for.
_BEAT = _PATTERNS.compiled("beat", re.IGNORECASE)
_DEGREES = _PATTERNS.compiled("degrees")
# Without dots two capitals may be a name's own ("MA"), so they count in capitals alone.
_DEGREE_BEHIND = _PATTERNS.compiled("degree_behind")
_SUFFIX = _PATTERNS.compiled("suffix", re.IGNORECASE)
_LEAD = _PATTERNS.compiled("lead", re.IGNORECASE)
_PICTURES = _PATTERNS.compiled("pictures", re.IGNORECASE)
_BETWEEN = _PATTERNS.compiled("between")
_PLACE = _PATTERNS.compiled("place")
_ORGANISATION = _PATTERNS.compiled("organisation", re.IGNORECASE)
_NO_NAME = _PATTERNS.compiled("no_name", re.IGNORECASE)
_PARTICLE = _PATTERNS.part("particle")
_NAME_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’‑\-]*|[dDlLO]['’][^\W\d_][\w'’\-]*)"
_NAME = re.compile(
    rf"{_NAME_WORD}(?: (?:{_PARTICLE} ){{0,2}}(?:{_NAME_WORD}|{_PARTICLE}(?=$))){{1,4}}"
)
_ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,6}")
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
