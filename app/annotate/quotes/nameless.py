"""Speakers whom the text does not name: the words that it has for them."""

import re
from collections.abc import Mapping

from app.annotate.parse import Parse
from app.annotate.quotes.language import QuoteCues
from app.domain.annotation import Mention
from app.domain.spans import Spans
from app.domain.text import Span

_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_OF_A_PHRASE = frozenset(
    ["det", "amod", "compound", "nummod", "poss", "advmod", "punct", "npadvmod"]
)
_AGE = re.compile(r"\d+")


def spoken_of(
    parse: Parse,
    cues: QuoteCues,
    pronoun: Mapping[str, str],
    sentences: range,
    before: int,
    mentions: Spans[Mention],
) -> list[Span]:
    """The subjects of some sentences (by number), before a character, that are nouns for people
    whom a pronoun can stand for, none of them part of a name: 'one resident'."""
    found = []
    last_sentence = parse.openings[sentences.stop : sentences.stop + 1] or [parse.size]
    for token in range(
        parse.openings[sentences.start], min(last_sentence[0], parse.token_at(before))
    ):
        if parse.pos[token] != "NOUN" or parse.deps[token] not in _SUBJECTS:
            continue
        if not _is_person(parse.lemmas[token].lower(), cues):
            continue
        if not _agrees(parse, cues, pronoun, token):
            continue
        first = token
        for child in parse.children(token):
            if child < first and parse.deps[child] in _OF_A_PHRASE:
                first = min(first, parse.edges(child)[0])
        last = token
        if any(mentions.at(parse.starts[each]) for each in range(first, last + 1)):
            continue
        found.append(Span(parse.starts[first], parse.ends[last]))
    return found


def _is_person(noun: str, cues: QuoteCues) -> bool:
    return (
        noun in cues.people
        or noun in cues.genders
        or (noun.endswith(cues.person_endings) and noun not in cues.not_people)
    )


def _agrees(parse: Parse, cues: QuoteCues, pronoun: Mapping[str, str], noun: int) -> bool:
    if (parse.tags[noun] in cues.plural_tags) != (pronoun.get("number") == "pl"):
        return False
    gender = cues.genders.get(parse.lemmas[noun].lower())
    return gender is None or pronoun.get("gender", gender) == gender


def of_age(
    text: str, name: Span, mentions: Spans[Mention], cues: QuoteCues
) -> tuple[Span, bool] | None:
    """Whom 'the 43-year-old' stands for, and whether that is a name: the one person with that age
    beside the name, or the words with which it came in; None for other words, and for two."""
    age = _AGE.search(text, name.start, name.end)
    if age is None or not cues.age:
        return None
    if re.fullmatch(cues.age, text[name.start : name.end], re.IGNORECASE) is None:
        return None
    beside = re.compile(rf",? \(?(?:aged )?{age.group()}\b")
    people = [
        mention
        for mention in mentions.starting(0, name.start)
        if mention.type == "PERSON" and beside.match(text, mention.end)
    ]
    if people:
        same = len({mention.text for mention in people}) == 1
        return (Span(people[0].start, people[0].end), True) if same else None
    told = cues.aged.format(age=age.group())
    phrases = list(re.finditer(told, text[: name.start], re.IGNORECASE)) if told else []
    return (Span(phrases[0].start(), phrases[0].end()), False) if len(phrases) == 1 else None
