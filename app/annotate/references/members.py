"""A party's member to the politician whom the text has named: 'the Ohio Democrat'."""

import re
from collections.abc import Iterator

from app.annotate.references.people import OF_ANOTHER, PeopleParse

_NOUNS = frozenset(["NOUN", "PROPN", "ADJ"])
_REACH = 6  # sentences back to the name
_OFFICE = 24  # characters before a name in which an office ends
_BETWEEN = 6  # tokens between the article and the noun
# Behind a name: ", D-Ohio", "(R-Texas)".
_TAG = re.compile(r"(?:, | \()([A-Z])[A-Za-z]{0,2}[-‐‑–]")


def members(parse: PeopleParse) -> Iterator[tuple[int, int, int]]:
    """The definite descriptions that mean a politician by the party: first token, noun, number of
    the cluster. It is the one whom the text names with an office in the sentences before; of two
    whose party and place it tells, the one that fits."""
    words = parse.words
    if not words.members:
        return
    offices: dict[int, bool] = {}
    for noun, pos in enumerate(parse.pos):
        if pos not in _NOUNS or parse.word(noun) not in words.members or noun in parse.owner:
            continue
        first = _opening(parse, noun)
        if first is None or parse.deps[noun] in OF_ANOTHER:
            continue
        places = {parse.owner[token] for token in range(first, noun) if token in parse.owner}
        last: dict[int, int] = {}
        for appearance in parse.appearances:
            number = appearance.person
            if appearance.token >= first:
                break
            if number not in offices:
                offices[number] = _holds_office(parse, number)
            if offices[number] and parse.sentence(noun) - appearance.sentence <= _REACH:
                last[number] = appearance.token
        fitting = [n for n in last if _fits(parse, n, parse.word(noun), places)]
        if len(fitting) == 1:
            yield first, noun, fitting[0]


def _opening(parse: PeopleParse, noun: int) -> int | None:
    """The article of a phrase, None where none opens it."""
    for token in range(noun - 1, max(-1, noun - 1 - _BETWEEN), -1):
        if parse.word(token) in parse.words.the:
            return token
        if parse.pos[token] not in ("PROPN", "ADJ", "NUM", "NOUN") and parse.word(token) != "-":
            return None
    return None


def _holds_office(parse: PeopleParse, number: int) -> bool:
    """Whether the text gives somebody an office or a party."""
    for label in parse.labels.get(number, ()):
        if not parse.words.offices.isdisjoint(label.text.lower().replace(".", "").split()):
            return True
    return any(
        _TAG.match(parse.text, mention.end)
        or not parse.words.offices.isdisjoint(
            word.strip(".,")
            for word in parse.text[max(0, mention.start - _OFFICE) : mention.start]
            .lower()
            .split()[-1:]
        )
        for mention in parse.clusters[number].mentions
    )


def _fits(parse: PeopleParse, number: int, member: str, places: set[int]) -> bool:
    """Whether nothing that the text tells of somebody's party and state speaks against it."""
    for mention in parse.clusters[number].mentions:
        tag = _TAG.match(parse.text, mention.end)
        if tag is None:
            continue
        state = parse.mention_owner.get(tag.end())
        return member.startswith(tag.group(1).lower()) and (
            not places or state is None or state in places
        )
    return True
