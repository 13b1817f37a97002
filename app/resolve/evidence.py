"""What the text around a name says about what it names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.datelines import BEHIND_PLACE
from app.resolve.annotated_text import AnnotatedText
from app.resolve.gazetteer import gazetteer
from app.resolve.names import Name, kind_of
from app.resolve.persons import is_peer
from app.resolve.surroundings import (
    gives_age,
    is_behind,
    is_subject,
    kind_of_noun,
    noun_before_comma,
    noun_said_of,
    personal_subjects,
    stands_behind,
    words_before,
)

# The model's own mentions of a name weigh this much together; its majority has most of it.
MODEL = 2.0
_SURE, _STRONG, _GOOD, _FAIR, _SLIGHT = 6.0, 3.0, 2.5, 2.0, 1.0
# More places of one name hardly say more.
_MENTIONS = 5
_LONGEST_PERSON = 4  # words of a person's name
_BEHIND = 80  # characters behind a name that may tell what it is
_ABOARD_WITHIN = 80  # characters from a ship's name to 'on board'


@dataclass(frozen=True, slots=True)
class TextClues:
    """What the other names of a text, and its sentences, tell of each of its names."""

    # The names of several words by the first one: "acme" [Acme Motors].
    openings: Mapping[str, Sequence[Name]]
    # The last words of people's full names: "stone".
    surnames: frozenset[str]
    # The first words of those, and the first of two surnames: "ada".
    given: frozenset[str]
    # Where a name starts that is surely a state, region or city.
    places: frozenset[int]
    # Where a subject ends that must be a person: "she" takes it up, or only people "marry".
    people: frozenset[int]

    @classmethod
    def of(cls, reading: AnnotatedText, names: Sequence[Name]) -> "TextClues":
        """The clues that a text and its names give."""
        entries = reading.knowledge.entries
        openings: dict[str, list[Name]] = {}
        people = [
            name
            for name in names
            if name.type == "PERSON"
            and len(name.words) > 1
            and not is_peer(name.words, reading.cues)
        ]
        for name in names:
            if len(name.words) > 1:
                openings.setdefault(name.words[0], []).append(name)
        return cls(
            openings,
            frozenset(name.words[-1] for name in people),
            frozenset(
                word
                for name in people
                for word in (name.words[0], *name.words[1:-1][-1:])
                if len(word) > 2
            ),
            frozenset(
                found.start
                for name in names
                if name.entry is not None and entries[name.entry].type == "GPE"
                for found in name.mentions
            ),
            frozenset(personal_subjects(reading)),
        )


type Witness = Callable[[AnnotatedText, TextClues, Name], Iterator[tuple[str, float]]]


def own_words(reading: AnnotatedText, clues: TextClues, name: Name) -> Iterator[tuple[str, float]]:
    """What the name's own words say: "Aswan Dam", "Rustavi Radio", "Lake Chad", "Jenny X"."""
    cues, words = reading.cues, name.words
    if len(words) < 2:
        return
    head = words[0] if cues.heads == "first" else words[-1]
    if is_peer(words, cues):
        yield "PERSON", _STRONG
    elif any(word in cues.case_marks for word in words[1:-1]):
        yield "LAW", _SURE
    elif head in cues.org_words:
        yield "ORG", _STRONG
    elif head in cues.landform_surnames and _is_borne(reading, clues, name):
        yield "PERSON", _STRONG
    elif head in cues.place_words:
        yield cues.place_words[head], _STRONG
    elif words[0] in cues.first_names and len(words) <= _LONGEST_PERSON:
        yield "PERSON", _GOOD
    elif words[0] in cues.place_words and words[1] in cues.genitives:
        yield cues.place_words[words[0]], _STRONG
    elif words[0] in cues.event_openings and words[1] in cues.genitives:
        yield "EVENT", _STRONG
    elif cues.place_words.get(words[0]) == "LOC":
        yield "LOC", _FAIR
    elif words[0] in cues.directions and name.type == "PERSON":
        yield "GPE", _GOOD
    elif any(word in cues.org_words for word in words[1:-1]) and any(
        word in cues.genitives for word in words
    ):
        yield "ORG", _FAIR


def _is_borne(reading: AnnotatedText, clues: TextClues, name: Name) -> bool:
    """Whether a first name and a landform are a person's name ("Anna Field"): the model says so or
    the text does what it does with people, and nowhere with places ("in Anna Field")."""
    cues = reading.cues
    if len(name.words) != 2 or not cues.is_given(name.words[0]):
        return False
    for found in name.mentions[:_MENTIONS]:
        last = words_before(reading, found.start)[-1:]
        if last and last[0].lower() in cues.articles | cues.place_prepositions | cues.genitives:
            return False
    return any(
        found.end in clues.people
        or kind_of_noun(reading, noun_said_of(reading, found.end)) == "PERSON"
        or (found.type == "PERSON" and is_subject(reading, found.end))
        for found in name.mentions[:_MENTIONS]
    )


def neighbours(reading: AnnotatedText, clues: TextClues, name: Name) -> Iterator[tuple[str, float]]:
    """What stands next to it: titles, "the village of", "singer", "in", ", Texas"."""
    cues = reading.cues
    seen: set[tuple[str, float]] = set()
    located = 0
    for found in name.mentions[:_MENTIONS]:
        before = words_before(reading, found.start)
        after = reading.text[found.end : found.end + _BEHIND]
        last = before[-1] if before else ""
        if last.lower() in cues.honorifics and last[0].isupper():
            seen.add(("PERSON", _STRONG))
        elif last in cues.person_nouns:
            seen.add(("PERSON", _FAIR))
        elif last in cues.org_nouns:
            seen.add(("ORG", _SLIGHT))
        elif last in cues.genitives and len(before) > 1 and before[-2] in cues.place_nouns:
            seen.add(("GPE", _STRONG))
        elif stands_behind(reading, found.start, cues.place_prepositions):
            located += 1
        if after[:1] == ",":
            kind = kind_of_noun(reading, noun_before_comma(reading, found.start))
            if kind:
                seen.add((kind, _STRONG))
            if found.end + 2 in clues.places and after[1] == " " and last not in cues.genitives:
                seen.add(("GPE", _FAIR))
        if is_behind(reading, found.end, cues.surroundings):
            seen.add(("GPE", _GOOD))
        if reading.text[found.start - 1 : found.start] == "\n" and BEHIND_PLACE.match(after):
            seen.add(("GPE", _STRONG))
        if after.startswith(tuple(cues.who)) or gives_age(after):
            seen.add(("PERSON", _FAIR))
    if located:
        often = 2 * located >= min(len(name.mentions), _MENTIONS) and name.type != "ORG"
        seen.add(("GPE", _GOOD if often else _SLIGHT))
    yield from sorted(seen)


def predicates(reading: AnnotatedText, clues: TextClues, name: Name) -> Iterator[tuple[str, float]]:
    """What the text says that it is: "X is a village", "X, a Danish retailer,"."""
    for found in name.mentions[:_MENTIONS]:
        kind = kind_of_noun(reading, noun_said_of(reading, found.end))
        if kind:
            yield kind, _STRONG
            return
        if found.end in clues.people:
            yield "PERSON", _GOOD
            return


def local_names(
    reading: AnnotatedText, clues: TextClues, name: Name
) -> Iterator[tuple[str, float]]:
    """What other names of the text say: if the police, a school and a court all open with a word,
    it is the name of a place."""
    if len(name.words) != 1:
        return
    local = sum(
        any(word in reading.cues.local_words for word in other.words[1:])
        for other in clues.openings.get(name.key, ())
    )
    if local:
        yield "GPE", _FAIR if local > 1 else _SLIGHT


def namesakes(reading: AnnotatedText, clues: TextClues, name: Name) -> Iterator[tuple[str, float]]:
    """What full names of the text say: the last word of a person's name is a person, the first of a
    company's ("Acme Motors") the company."""
    if len(name.words) != 1:
        return
    cues = reading.cues
    if name.key in clues.surnames:
        yield "PERSON", _FAIR
    elif name.key in clues.given and not gazetteer().named(name.key):
        yield "PERSON", _GOOD
    elif any(
        other.type == "ORG"
        and any(
            word in cues.company_words or word in cues.company_forms for word in other.words[1:]
        )
        for other in clues.openings.get(name.key, ())
    ):
        yield "ORG", _GOOD


def vessels(reading: AnnotatedText, clues: TextClues, name: Name) -> Iterator[tuple[str, float]]:
    """What shows that a name is a ship's: "the ferry X", "a sister ship, the X", "the X's hull",
    "the X, with 212 on board"."""
    cues, text = reading.cues, reading.text
    if not cues.vessel_nouns:
        return
    for found in name.mentions[:_MENTIONS]:
        before = [word.lower() for word in reading.two_words_before(found.start)]
        article = bool(before) and before[-1] in cues.articles
        noun = before[-2:-1] if article else before[-1:]
        if noun and noun[0].rstrip(",") in cues.vessel_nouns:
            yield "PRODUCT", _SURE
            return
        if not article:
            continue
        rest = text[found.end : found.end + _ABOARD_WITHIN].split(".")[0]
        words = rest.split(maxsplit=2)
        if (
            words[:1] in (["'s"], ["’s"])
            and words[1:2]
            and words[1].strip(",") in cues.vessel_parts
        ):
            yield "PRODUCT", _SURE
            return
        if rest[:1] == "," and any(f" {phrase}" in rest for phrase in cues.aboard):
            yield "PRODUCT", _SURE
            return


def cities(reading: AnnotatedText, clues: TextClues, name: Name) -> Iterator[tuple[str, float]]:
    """What the gazetteer says of a name that stands where places do."""
    if not gazetteer().named(name.key):
        return
    for found in name.mentions[:_MENTIONS]:
        before = words_before(reading, found.start)
        last = before[-1].lower() if before else ""
        located = last in reading.cues.place_prepositions or last in reading.cues.path_prepositions
        # What the model calls a place, it does not say which, is the city of the name.
        located = located or name.type in reading.cues.coarse_types
        if located or (found.end + 2 in clues.places and reading.text[found.end] == ","):
            yield "GPE", _FAIR
            return


WITNESSES: Mapping[str, Witness] = {
    "own words": own_words,
    "neighbours": neighbours,
    "predicates": predicates,
    "local names": local_names,
    "namesakes": namesakes,
    "vessels": vessels,
    "cities": cities,
}


def weigh(
    reading: AnnotatedText, names: Sequence[Name], witnesses: Sequence[Witness]
) -> dict[str, dict[str, float]]:
    """For each name without a knowledge entry, by key: the weight of what speaks for each type."""
    weights: dict[str, dict[str, float]] = {}
    clues = TextClues.of(reading, names)
    for name in names:
        if name.entry is not None:
            continue
        votes: dict[str, float] = {}
        for found in name.mentions:
            votes[found.type] = votes.get(found.type, 0.0) + MODEL / len(name.mentions)
        for witness in witnesses:
            for type_, weight in witness(reading, clues, name):
                near = next((t for t in votes if kind_of(t) == kind_of(type_)), type_)
                if near in reading.cues.coarse_types and near in votes:
                    # The witness tells what kind of place it is, the model does not.
                    votes[type_] = votes.pop(near)
                    near = type_
                votes[near] = votes.get(near, 0.0) + weight
        weights[name.key] = votes
    return weights
