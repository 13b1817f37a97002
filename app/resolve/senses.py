"""Mentions that read alike and name two things, told apart by what stands beside each."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.names import name_key
from app.resolve.annotated_text import AnnotatedText
from app.resolve.defined import named_definitions
from app.resolve.found import FoundName
from app.resolve.persons import is_full, is_relative, sex_of, surname
from app.resolve.surroundings import kind_of_noun, noun_said_of, stands_behind, words_before

_OFFICE = 3  # words of a name between an office and the state: "Gov. Ann B. Lee of New York"


def tell_apart(reading: AnnotatedText, names: Sequence[FoundName]) -> tuple[FoundName, ...]:
    """The names, those with a sense that one sense per discourse would make one: a short form that
    the text defines twice, "Mr X" beside a woman of the name, a company beside the place that it
    is called after, a state beside its city."""
    senses: dict[int, str] = {}
    entries: dict[int, str | None] = {}
    senses |= dict(_short_forms(reading, names))
    senses |= dict(_sexes(reading, names))
    senses |= dict.fromkeys(_in_law(reading, names), "law")
    known = {name.start: reading.knowledge.entries[name.entry] for name in names if name.entry}
    for start, sense in _places_of_companies(reading, names):
        senses[start] = sense
        if start in known and (known[start].type == "ORG") != (sense == "company"):
            entries[start] = None
    for start in _rivers(reading, names):
        senses[start], entries[start] = "river", None
    for start, entry in _states(reading, names):
        senses[start] = entries[start] = entry
    return tuple(
        replace(
            name,
            sense=senses[name.start],
            entry=entries.get(name.start, name.entry),
            type=_type_of(name, senses[name.start]),
        )
        if name.start in senses
        else name
        for name in names
    )


def _type_of(name: FoundName, sense: str) -> str:
    if sense == "company":
        return "ORG"
    if sense == "river":
        return "LOC"
    return "LOC" if sense == "place" and name.type != "GPE" else name.type


def meanings(reading: AnnotatedText) -> Mapping[str, Sequence[tuple[int, str]]]:
    """By the key of each short form that the text defines as two things and more: where it does
    and the key of the long form, in order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for definition in named_definitions(reading):
        short = name_key(reading.text[slice(*definition.short)])
        long = name_key(reading.text[slice(*definition.long)])
        found.setdefault(short, []).append((definition.long[0], long))
    return {short: told for short, told in found.items() if len({long for _, long in told}) > 1}


def _short_forms(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[tuple[int, str]]:
    """Each such short form as the definition before it has it, the first ones as the first."""
    told = meanings(reading)
    if not told:
        return
    for name in names:
        defined = told.get(name_key(reading.text[name.start : name.end]))
        if defined:
            at = max(0, bisect_left(defined, (name.start, "")) - 1)
            yield name.start, defined[at][1]


def _sexes(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[tuple[int, str]]:
    """ "Mr X" and "Mrs X" where the text has somebody of the other sex with the surname in full, or
    tells them as a relative of who has it ("her husband, Mr X")."""
    cues = reading.cues
    told: dict[str, set[str | None]] = {}
    for name in names:
        words = name_key(reading.text[name.start : name.end]).split()
        if name.type == "PERSON" and is_full(words, cues):
            last = surname(words, cues)
            if last:
                told.setdefault(last, set()).add(sex_of(words, cues))
    if not told:
        return
    titled: dict[tuple[str, str], list[FoundName]] = {}
    for name in names:
        key = name_key(reading.text[name.start : name.end])
        sex = _sex_of_title(reading, name) if key in told else None
        if sex is not None:
            titled.setdefault((key, sex), []).append(name)
    for (key, sex), found in titled.items():
        if told[key] - {None, sex} or any(is_relative(reading, name) for name in found):
            yield from ((name.start, sex) for name in found)


def _sex_of_title(reading: AnnotatedText, name: FoundName) -> str | None:
    before = words_before(reading, name.start)[-1:]
    title = before[0].lower() if before else ""
    if title in reading.cues.male_honorifics:
        return "male"
    return "female" if title in reading.cues.female_honorifics else None


def _in_law(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[int]:
    """Where a surname stands in the name of a doctrine ("the Miranda ruling") before anybody has it
    in full."""
    cues, words = reading.cues, reading.words
    borne: set[str] = set()
    for name in names:
        own = name_key(reading.text[name.start : name.end]).split()
        if name.type != "PERSON" or name.entry is not None:
            continue
        if len(own) > 1:
            borne.add(own[-1])
            continue
        after = bisect_left(words.starts, name.end)
        noun = words.texts[after].lower() if after < len(words.texts) else ""
        gap = reading.text[name.end : words.starts[after]] if noun else ""
        if noun in cues.law_nouns and gap == " " and own[0] not in borne:
            yield name.start


def _places_of_companies(
    reading: AnnotatedText, names: Sequence[FoundName]
) -> Iterator[tuple[int, str]]:
    """Where a name stands as a place's ("in X", "the X reached") and where as an organisation's
    ("X, the retailer,"), if the text has both."""
    by_key: dict[str, list[FoundName]] = {}
    for name in names:
        by_key.setdefault(name_key(reading.text[name.start : name.end]), []).append(name)
    for found in by_key.values():
        if len(found) == 1:
            continue
        said = [kind_of_noun(reading, noun_said_of(reading, name.end)) for name in found]
        if "ORG" not in said:
            continue
        # "The Acme, a union," has the article as an organisation, and in French all do.
        telling = reading.cues.heads == "last" and not any(
            kind == "ORG" and _has_article(reading, name)
            for name, kind in zip(found, said, strict=True)
        )
        places = [
            kind != "ORG"
            and (_is_located(reading, name) or (telling and _is_a_feature(reading, name)))
            for name, kind in zip(found, said, strict=True)
        ]
        if any(places):
            for name, place in zip(found, places, strict=True):
                yield name.start, "place" if place else "company"


def _rivers(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[int]:
    """Where a country or state has an article and stands as water does, which is the river that it
    is called after: "along the Niger", "the banks of the Ohio"."""
    cues, words = reading.cues, reading.words
    if not cues.waterside:
        return
    for name in names:
        known = reading.knowledge.entries[name.entry] if name.entry else None
        if known is None or known.type != "GPE" or _has_own_article(reading, name, known.name):
            continue
        before = words_before(reading, name.start)
        if len(before) < 2 or before[-1].lower() not in cues.definite_articles:
            continue
        after = bisect_left(words.starts, name.end)
        following = words.starts[after : after + 1]
        # "The Niger government" is the country's.
        joined = bool(following) and reading.text[name.end : following[0]] == " "
        if joined and reading.pos(following[0]) in ("NOUN", "PROPN", "ADJ"):
            continue
        if before[0].lower() in cues.waterside or _has_banks(reading, name.start, before):
            yield name.start


def _has_own_article(reading: AnnotatedText, name: FoundName, title: str) -> bool:
    """Whether the article is of the name ("the Gambia", "the United States")."""
    return title.split()[0].lower() in reading.cues.articles or title.endswith("s")


def _has_banks(reading: AnnotatedText, start: int, before: Sequence[str]) -> bool:
    """Whether "the banks of the" stands before a name."""
    if before[0] not in reading.cues.genitives:
        return False
    opening = reading.text[:start].rfind(before[0], 0, start - len(before[1]) - 1)
    noun = words_before(reading, opening)[-1:]
    return bool(noun) and noun[0].lower() in reading.cues.banks


def _has_article(reading: AnnotatedText, name: FoundName) -> bool:
    before = words_before(reading, name.start)
    return bool(before) and before[-1].lower() in reading.cues.articles


def _is_located(reading: AnnotatedText, name: FoundName) -> bool:
    """Whether a name stands behind a preposition of place, a known place behind any of a way."""
    if stands_behind(reading, name.start, reading.cues.place_prepositions):
        return True
    known = reading.knowledge.entries[name.entry].type if name.entry else None
    return known in ("GPE", "LOC") and stands_behind(
        reading, name.start, reading.cues.path_prepositions
    )


def _is_a_feature(reading: AnnotatedText, name: FoundName) -> bool:
    """Whether a name has an article as rivers and deserts have: "the Amazon reached". "The Amazon
    warehouse" is the company's."""
    if not _has_article(reading, name):
        return False
    after = bisect_left(reading.words.starts, name.end)
    following = reading.words.starts[after : after + 1]
    return (
        not following
        or reading.text[name.end : following[0]] != " "
        or reading.pos(following[0]) not in ("NOUN", "PROPN")
    )


def _states(reading: AnnotatedText, names: Sequence[FoundName]) -> Iterator[tuple[int, str]]:
    """Where a city's name means the state: "upstate X", "the X legislature", "Gov. Lee of X"."""
    cues = reading.cues
    people = {name.end: name for name in names if name.type == "PERSON"}
    cities = {name.start for name in names if name.type == "GPE"}
    ends = {name.end for name in names if name.start in cities}
    for name in names:
        state = cues.states_of_cities.get(name.entry or "")
        # The name in full is the city's: "New York City".
        if state is None or state not in reading.knowledge.entries or _is_full(reading, name):
            continue
        before = words_before(reading, name.start)
        last = before[-1] if before else ""
        after = bisect_left(reading.words.starts, name.end)
        behind = [word.lower() for word in reading.words.texts[after : after + 2]]
        behind = behind[1:] if behind[:1] == ["s"] else behind[:1]
        closed = bool(behind) and behind[0] in cues.state_closings
        opened = last.lower() in cues.state_openings or (
            last in cues.genitives and before[0].lower() in cues.state_openings
        )
        # "Buffalo, New York".
        town = reading.text[name.start - 2 : name.start] == ", " and name.start - 2 in ends
        governed = last in cues.genitives and _is_held(reading, name.start, last, people)
        if closed or opened or town or governed:
            yield name.start, state


def _is_full(reading: AnnotatedText, name: FoundName) -> bool:
    entry = reading.knowledge.entries[name.entry or ""]
    return name_key(reading.text[name.start : name.end]) == name_key(entry.name)


def _is_held(
    reading: AnnotatedText, start: int, genitive: str, people: Mapping[int, FoundName]
) -> bool:
    """Whether "of X" stands behind an office or who holds it: "Gov. Ann Lee of X"."""
    end = start - len(genitive) - 2
    holder = people.get(end)
    before = words_before(reading, holder.start if holder else end + 1)[-1:]
    return bool(before) and before[0].lower() in reading.cues.state_offices
