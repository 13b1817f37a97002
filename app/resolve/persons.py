"""Names of persons: surnames and first names joined to full names."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.names import fold
from app.resolve.annotated_text import AnnotatedText
from app.resolve.cues import NameCues
from app.resolve.found import FoundName
from app.resolve.joins import Join
from app.resolve.names import Name
from app.resolve.organisations import company_of

# Senses of a surname behind "Mr" or "Mrs" that a full name of the text cannot have.
SEXES = ("male", "female")

_KIN = 24  # characters before a name in which it is told as a relative's
_APPOSED = 20  # characters behind a name in which an apposition shows its first word


def is_full(words: Sequence[str], cues: NameCues) -> bool:
    """Whether a person's name has more than a surname or a first name: particles ("al", "O'") and
    suffixes ("jr") do not count."""
    return sum(word not in cues.particles and word not in cues.suffixes for word in words) > 1


def surname(words: Sequence[str], cues: NameCues) -> str | None:
    """The last word of a full name, suffixes left out; None for a name that is not full."""
    bare = [word for word in words if word not in cues.suffixes]
    return bare[-1] if is_full(words, cues) else None


def one_person(one: Sequence[str], other: Sequence[str], cues: NameCues) -> bool:
    """Whether two full names that share first name and surname can be one person's: what stands
    between may be missing or shortened in one of them, and suffixes ("jr") are the same. "John A.
    Smith" and "John B. Smith" are two, and so are father and son."""
    if [w for w in one if w in cues.suffixes] != [w for w in other if w in cues.suffixes]:
        return False
    mine = [w for w in one if w not in cues.suffixes]
    theirs = [w for w in other if w not in cues.suffixes]
    if not mine or not theirs or mine[-1] != theirs[-1]:
        return False
    if _in_full(mine[0], cues) != _in_full(theirs[0], cues):
        return False
    between = list(zip(mine[1:-1], theirs[1:-1], strict=False))
    return all(a.startswith(b) or b.startswith(a) for a, b in between) and (
        len(mine) == len(theirs) or min(len(mine), len(theirs)) == 2
    )


def _in_full(given: str, cues: NameCues) -> str:
    """A first name, its pet form in full: "bob" "robert"."""
    return cues.pet_names.get(given, given)


def person_joins(reading: AnnotatedText, names: Sequence[Name]) -> Iterator[Join]:
    """Surnames and first names joined to the one full name in the text that they can belong to.

    Where two people share the name nothing is joined. A first name joins only a full name that
    the text gave before, and not where the text introduces it as new ("identified as Khaled").
    """
    cues = reading.cues
    full = [
        name
        for name in names
        if name.type == "PERSON" and is_full(name.words, cues) and not is_peer(name.words, cues)
    ]
    parts = _surnames_of_parts(reading, full, names)
    for part, owner in parts.items():
        yield Join(owner.key, part, "surname")
    full = [name for name in full if name.key not in parts]
    yield from _middle_names(full, cues)
    by_surname: dict[str | None, list[Name]] = {}
    for name in full:
        by_surname.setdefault(surname(name.words, reading.cues), []).append(name)
    for name in names:
        if name.entry is not None:
            continue
        short = [word for word in name.words if word not in reading.cues.particles]
        if len(short) != 1:
            continue
        owners = [other for other in by_surname.get(short[0], ()) if other is not name]
        if name.sense in SEXES:
            known = (name.sense,) if _any_relative(reading, name) else (None, name.sense)
            owners = [other for other in owners if sex_of(other.words, cues) in known]
            if not owners:
                continue
        # "His wife, Ada Stone": whoever is told as a relative is not who the surname means.
        strangers = [other for other in owners if not _any_relative(reading, other)]
        if len(strangers) < len(owners):
            first = name.mentions[0].start
            owners = [other for other in strangers if other.mentions[0].start < first]
        if owners:
            if (
                all(one_person(owners[0].words, o.words, reading.cues) for o in owners[1:])
                and company_of(reading, names, name) is None
                and not _told_apart(reading, owners[0], name)
            ):
                yield Join(owners[0].key, name.key, "surname")
            continue
        if name.type != "PERSON":
            continue
        givers = [other for other in full if other.words[0] == short[0]]
        if len(givers) == 1 and (
            bears_patronymic(givers[0].words[-1], cues) or _given_before(reading, givers[0], name)
        ):
            yield Join(givers[0].key, name.key, "first name")
        elif not givers and short[0] not in cues.first_names:
            fathers = [other for other in full if fathers_surname(other.words, cues) == short[0]]
            if len(fathers) == 1 and _given_before(reading, fathers[0], name):
                yield Join(fathers[0].key, name.key, "surname")


def _middle_names(full: Sequence[Name], cues: NameCues) -> Iterator[Join]:
    """Full names joined to the one longer or other form of theirs that the text has."""
    for name in full:
        longer = [
            other
            for other in full
            if (
                len(other.words) > len(name.words)
                or (len(other.words) == len(name.words) and _is_pet_form_of(name, other, cues))
            )
            and name.entry in (None, other.entry)
            and one_person(name.words, other.words, cues)
        ]
        if len(longer) == 1:
            yield Join(longer[0].key, name.key, "middle name")


def is_peer(words: Sequence[str], cues: NameCues) -> bool:
    """Whether a name is the title of a peer, which has no surname: "Duke of X"."""
    return len(words) > 2 and words[0] in cues.nobility and words[1] in cues.genitives


def sex_of(words: Sequence[str], cues: NameCues) -> str | None:
    """One of SEXES, where the first name tells it."""
    male, female = words[0] in cues.male_names, words[0] in cues.female_names
    return None if male == female else ("male" if male else "female")


def _is_pet_form_of(name: Name, other: Name, cues: NameCues) -> bool:
    return cues.pet_names.get(name.words[0]) == other.words[0]


def _surnames_of_parts(
    reading: AnnotatedText, full: Sequence[Name], names: Sequence[Name]
) -> dict[str, Name]:
    """By the key of a surname of two words and more the one full name, given before, that it
    closes: "Hart Silva" after "Ann Hart Silva"."""
    cues = reading.cues
    closing: dict[tuple[str, ...], list[Name]] = {}
    for name in full:
        words = [word for word in name.words if word not in cues.suffixes]
        for first in range(1, len(words) - 1):
            closing.setdefault(tuple(words[first:]), []).append(name)
    found: dict[str, Name] = {}
    for name in names:
        owners = closing.get(name.words, ()) if name.entry is None else ()
        before = [o for o in owners if o.mentions[0].start < name.mentions[0].start]
        if before and all(one_person(before[0].words, o.words, cues) for o in before[1:]):
            found[name.key] = before[0]
    return found


def fathers_surname(words: Sequence[str], cues: NameCues) -> str | None:
    """The first of two surnames, by which a bearer of both is called: the "Ortega" of "Luis Ortega
    Vidal"."""
    bare = [word for word in words if word not in cues.suffixes]
    if len(bare) < 3 or bare[-2] in cues.particles or len(bare[-2]) < 3:
        return None
    return bare[-2]


def bears_patronymic(surname: str, cues: NameCues) -> bool:
    """Whether a surname is a parent's name, whose bearers go by their first."""
    return bool(cues.patronymics) and fold(surname).endswith(tuple(cues.patronymics))


def _any_relative(reading: AnnotatedText, name: Name) -> bool:
    return any(is_relative(reading, found) for found in name.mentions)


def is_relative(reading: AnnotatedText, found: FoundName) -> bool:
    """Whether the text tells somebody as another one's relative: "his wife, X", "X, her son"."""
    kin = reading.cues.kin
    before = reading.text[max(0, found.start - _KIN) : found.start].split()[-2:]
    if any(word.strip(",").lower() in kin for word in before):
        return True
    after = reading.text[found.end : found.end + _KIN]
    if not after.startswith(", "):
        return False
    owner, _, relative = after[2:].partition(" ")
    return owner.lower() in reading.cues.owners and relative.split(",")[0].strip(".") in kin


def _told_apart(reading: AnnotatedText, full: Name, short: Name) -> bool:
    """Whether a sentence has the short name before the full one: a text does not name one person
    so, except in a headline that the parser joins to the sentence behind it."""
    sentences = reading.annotation.sentences
    for found in full.mentions:
        index = bisect_right(sentences, (found.start, len(reading.text))) - 1
        if index < 0 or reading.is_titled(found.start):
            continue
        opening = sentences[index][0]
        opening = max(opening, reading.text.rfind("\n", 0, found.start) + 1)
        if any(opening <= other.start < found.start for other in short.mentions):
            return True
    return False


def _given_before(reading: AnnotatedText, full: Name, short: Name) -> bool:
    """Whether the full name stands before the short one, and nothing introduces the short one as
    somebody new: "identified as Khaled", "Khaled, a baker", "Khaled, 34"."""
    if full.mentions[0].start > short.mentions[0].start:
        return False
    cues = reading.cues
    for found in short.mentions:
        before = reading.two_words_before(found.start)
        after = reading.text[found.end : found.end + _APPOSED]
        behind = after[1:].split(maxsplit=1)[0].lower() if after[:2] == ", " else ""
        if behind in cues.articles or behind in cues.introductions or behind[:1].isdigit():
            return False
        if any(word.strip(",.").lower() in cues.introductions for word in before):
            return False
    return True


def without_namesakes(reading: AnnotatedText, names: Sequence[Name]) -> list[Name]:
    """The names; a well-known single name loses its knowledge entry where the text gives the name
    to somebody else in full first ("Michelle Obama", then "Obama"), unless it has named the entry
    otherwise before ("Ford Motor Company", then "Ford")."""
    cues = reading.cues
    people: dict[str, list[Name]] = {}
    for name in names:
        last = surname(name.words, cues) if name.type == "PERSON" else None
        if last:
            people.setdefault(last, []).append(name)
    return [
        replace(name, entry=None) if _is_strangers(name, names, people, cues) else name
        for name in names
    ]


def _is_strangers(
    name: Name, names: Sequence[Name], people: Mapping[str, Sequence[Name]], cues: NameCues
) -> bool:
    if name.entry is None or is_full(name.words, cues) or name.words[-1] not in people:
        return False
    rivals = people[name.words[-1]]
    if any(rival.entry == name.entry for rival in rivals):
        return False
    given = min(rival.mentions[0].start for rival in rivals)
    told = [
        other.mentions[0].start
        for other in names
        if other.entry == name.entry and other.key != name.key
    ]
    return given < name.mentions[0].start and (not told or given < min(told))
