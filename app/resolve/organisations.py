"""Names of organisations: short forms joined to full names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.resolve.annotated_text import AnnotatedText
from app.resolve.joins import Join
from app.resolve.names import Name
from app.resolve.surroundings import words_before

_LEAST_INITIALS = 3


def organisation_joins(reading: AnnotatedText, names: Sequence[Name]) -> Iterator[Join]:
    """The first word or words of an organisation's name, a name without its legal form, and
    initials, joined to the one name in the text that they can be short for."""
    full = [name for name in names if name.type == "ORG" and len(name.words) > 1]
    for name in names:
        owner = company_of(reading, names, name)
        if owner is not None:
            yield Join(owner.key, name.key, "first word")
            continue
        if name.entry is not None:
            continue
        owners = [other for other in full if _is_team(reading, names, other, name)]
        if len(owners) == 1:
            yield Join(owners[0].key, name.key, "without its place")
            continue
        owner = _body_of(reading, full, name)
        if owner is not None:
            yield Join(owner.key, name.key, "first word")
            continue
        if len(name.words) > 1:
            continue
        owners = [other for other in full if _initials(reading, other, name)]
        if len(owners) == 1:
            yield Join(owners[0].key, name.key, "initials")


def company_of(reading: AnnotatedText, names: Sequence[Name], name: Name) -> Name | None:
    """The one organisation in the text whose name opens with this one, None where there is none or
    where the name belongs to a person who came before it."""
    cues = reading.cues
    if name.entry is not None or name.type not in ("ORG", "PERSON"):
        return None
    if name.type == "PERSON" and len(name.words) > 1:
        return None
    if name.key in cues.first_names or name.key in cues.common_words:
        return None
    size = len(name.words)
    owners = [
        other
        for other in names
        if other.type == "ORG"
        and len(other.words) > size
        and other.words[:size] == name.words
        and (
            name.surface.isupper()
            or any(w in cues.company_words or w in cues.company_forms for w in other.words[size:])
        )
    ]
    if len({other.entry or other.key for other in owners}) != 1:
        return None
    company = min(owners, key=lambda other: other.mentions[0].start)
    people = [
        other.mentions[0].start
        for other in names
        if other.type == "PERSON" and len(other.words) > 1 and name.key in other.words[1:]
    ]
    return None if people and min(people) < company.mentions[0].start else company


def _body_of(reading: AnnotatedText, full: Sequence[Name], short: Name) -> Name | None:
    """The one organisation given before of whose name this is all before "of": the "House" of
    "House of Representatives"."""
    size = len(short.words)
    if all(found.type != "ORG" for found in short.mentions):
        return None
    owners = [
        other
        for other in full
        if len(other.words) > size + 1
        and other.words[:size] == short.words
        and other.words[size] in reading.cues.genitives
    ]
    if len(owners) != 1 or owners[0].mentions[0].start > short.mentions[0].start:
        return None
    return owners[0]


def without_short_names(reading: AnnotatedText, names: Sequence[Name]) -> list[Name]:
    """The names, an organisation's of one word that is well known left without its owner where the
    text gives it before to one whose name it closes ("Porto Herald", then "the Herald"), and has
    no other name of the owner."""
    closing: dict[str, list[Name]] = {}
    told: dict[str, set[str]] = {}
    for name in names:
        if name.type == "ORG" and len(name.words) > 1:
            closing.setdefault(name.words[-1], []).append(name)
        if name.entry is not None:
            told.setdefault(name.entry, set()).add(name.key)
    return [
        replace(name, entry=None)
        if name.type == "ORG"
        and name.entry is not None
        and len(told[name.entry]) == 1
        and any(
            other.entry != name.entry and other.mentions[0].start < name.mentions[0].start
            for other in closing.get(name.key, ())
        )
        else name
        for name in names
    ]


def _is_team(reading: AnnotatedText, names: Sequence[Name], full: Name, short: Name) -> bool:
    """Whether the full name is the short one with a place before it ("Los Angeles Angels")."""
    size = len(short.words)
    if short.type == "PERSON" or len(full.words) <= size or full.words[-size:] != short.words:
        return False
    if short.type == "ORG" and full.mentions[0].start < short.mentions[0].start:
        # "The Porto Herald", then "the Herald".
        before = [words_before(reading, found.start)[-1:] for found in short.mentions]
        article = all(each and each[0].lower() in reading.cues.articles for each in before)
        if article or _has_article(reading, short):
            return True
    if short.key in reading.cues.org_words or short.key in reading.cues.local_words:
        return False
    place = " ".join(full.words[:-size])
    return any(entry.type == "GPE" for entry in reading.knowledge.named(place)) or any(
        name.key == place and name.type == "GPE" for name in names
    )


def _has_article(reading: AnnotatedText, name: Name) -> bool:
    """Whether an article is of the name itself: "The Times"."""
    return name.surface.lower().split()[0] in reading.cues.articles


def _initials(reading: AnnotatedText, full: Name, short: Name) -> bool:
    letters = short.surface.replace(".", "")
    if len(letters) < _LEAST_INITIALS or not letters.isupper():
        return False
    words = [word for word in full.surface.split() if word[0].isupper()]
    return "".join(word[0] for word in words) == letters
