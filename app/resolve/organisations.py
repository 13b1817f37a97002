"""Names of organisations: short forms joined to full names."""

from collections.abc import Iterator, Sequence

from app.resolve.annotated_text import AnnotatedText
from app.resolve.joins import Join
from app.resolve.names import Name

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


def _is_team(reading: AnnotatedText, names: Sequence[Name], full: Name, short: Name) -> bool:
    """Whether the full name is the short one with a place before it ("Los Angeles Angels")."""
    size = len(short.words)
    if short.type == "PERSON" or len(full.words) <= size or full.words[-size:] != short.words:
        return False
    if short.key in reading.cues.org_words or short.key in reading.cues.local_words:
        return False
    place = " ".join(full.words[:-size])
    return any(entry.type == "GPE" for entry in reading.knowledge.named(place)) or any(
        name.key == place and name.type == "GPE" for name in names
    )


def _initials(reading: AnnotatedText, full: Name, short: Name) -> bool:
    letters = short.surface.replace(".", "")
    if len(letters) < _LEAST_INITIALS or not letters.isupper():
        return False
    words = [word for word in full.surface.split() if word[0].isupper()]
    return "".join(word[0] for word in words) == letters
