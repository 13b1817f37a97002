"""Definite descriptions to the name that the text has told to be that: 'the president'."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.annotate.references.people import OF_ANOTHER, PeopleParse

_REACH = 6  # sentences back to the name
_FAR = 300  # tokens
_BEFORE = 6  # tokens of a phrase before its noun
_MODIFIERS = frozenset(["amod", "compound", "nmod"])
# With these a description says more than who is meant, or what is said of somebody else.
_RESTRICTING = frozenset(["prep", "relcl", "acl", "appos", "poss", "conj"])
_OF_ANOTHER = OF_ANOTHER | {"conj"}
_BODIES = frozenset(["ORG"])
_NOUNS = frozenset(["NOUN", "PROPN"])


@dataclass(frozen=True, slots=True)
class Description:
    """A place where the text says what a cluster is: 'Smith, the Danish president'."""

    # The character at which it starts.
    at: int
    # Of the cluster.
    number: int
    # 'danish', 'president'
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class NounMeaning:
    """What a noun means from an offset on, by what the text has said up to there."""

    at: int
    # Of the one cluster that was called so; None where there are two.
    number: int | None
    # All words that came with the noun.
    words: frozenset[str]


def described(parse: PeopleParse) -> Iterator[tuple[int, int, int]]:
    """The descriptions that mean a cluster: first token, noun, number of the cluster.

    Before it, the text has called exactly one name by that noun, and by each word that modifies the
    noun. Since then it has called nobody nameless so, and has named nobody else who could be meant.
    """
    meanings = _meanings(parse)
    if not meanings:
        return
    nameless: dict[str, int] = {}
    latest: dict[int, int] = {}
    for noun, pos in enumerate(parse.pos):
        # The tagger takes titles for names even in small letters: 'the bishop said'.
        if pos not in _NOUNS or noun in parse.owner:
            continue
        small = pos == "PROPN"
        if small and not parse.surface(noun).islower():
            continue
        lemma = parse.lemmas[noun].lower()
        kind = parse.words.kind(lemma)
        if kind not in meanings or not (small or parse.tags[noun] in parse.words.singular_tags):
            continue
        first = _opening(parse, noun)
        if first is None:
            if parse.deps[noun] not in _OF_ANOTHER:
                nameless[kind] = noun
            continue
        meaning = _meaning_at(meanings[kind], parse.starts[first])
        if meaning is None or parse.restricted(noun, _RESTRICTING):
            continue
        number, said = meaning
        last = parse.last_of(number, noun)
        if (
            last is None
            or parse.sentence(noun) - parse.sentence(last) > _REACH
            or nameless.get(kind, -1) > last
            or parse.deps[noun] in _OF_ANOTHER
            or _rivalled(parse, number, max(last, latest.get(number, last)), first)
        ):
            continue
        if all(parse.word(token) in said for token in range(first + 1, noun)):
            latest[number] = noun
            yield first, noun, number


def _meaning_at(meanings: Sequence[NounMeaning], at: int) -> tuple[int, frozenset[str]] | None:
    """The one cluster that was called so before an offset, and in which words."""
    index = bisect_left(meanings, at, key=lambda meaning: meaning.at) - 1
    if index < 0:
        return None
    number = meanings[index].number
    return None if number is None else (number, meanings[index].words)


def _meanings(parse: PeopleParse) -> dict[str, list[NounMeaning]]:
    """What each noun means, in the order of the text."""
    found: dict[str, list[NounMeaning]] = {}
    for noun, every in _descriptions(parse).items():
        every.sort(key=lambda each: (each.at, each.number))
        said: frozenset[str] = frozenset()
        meanings = found.setdefault(noun, [])
        for each in every:
            if each.number != every[0].number:
                meanings.append(NounMeaning(each.at, None, said))
                break
            if not each.words <= said:
                said |= each.words
                meanings.append(NounMeaning(each.at, each.number, said))
    return found


def _rivalled(parse: PeopleParse, number: int, last: int, first: int) -> bool:
    """Whether, between the last word for a cluster and a description, the text names somebody else
    without saying what they are: they may be meant as well."""
    kind = parse.clusters[number].type
    if first - last > _FAR:
        return True
    for start in parse.starts[last + 1 : first]:
        other = parse.mention_owner.get(start, number)
        if (
            other != number
            and parse.clusters[other].type == kind
            and (kind != "PERSON" or other not in parse.labels)
        ):
            return True
    return False


def _descriptions(parse: PeopleParse) -> dict[str, list[Description]]:
    """What is told of each cluster, by the noun."""
    words = parse.words
    descriptions: dict[str, list[Description]] = {}
    for number, labels in parse.labels.items():
        kind = parse.clusters[number].type
        nouns = words.people - words.kin if kind == "PERSON" else words.groups
        if kind != "PERSON" and kind not in _BODIES:
            continue
        for label in labels:
            parts = label.text.lower().replace("-", " ").split()
            head = _head(parts, words.linkers)
            if head in nouns and words.past.isdisjoint(parts):
                descriptions.setdefault(words.kind(head), []).append(
                    Description(label.start, number, frozenset(parts))
                )
        if kind in _BODIES:
            for mention in parse.clusters[number].mentions:
                parts = mention.text.lower().split()
                for noun in nouns.intersection(parts):
                    descriptions.setdefault(words.kind(noun), []).append(
                        Description(mention.start, number, frozenset(parts))
                    )
    return descriptions


def _head(parts: Sequence[str], linkers: frozenset[str]) -> str:
    for index, part in enumerate(parts):
        if part.endswith(","):
            return part.rstrip(",")
        if part in linkers:
            return parts[max(0, index - 1)]
    return parts[-1] if parts else ""


def _opening(parse: PeopleParse, noun: int) -> int | None:
    """The article of a phrase that has nothing but modifiers between it and its noun; None for any
    other phrase."""
    for token in range(noun - 1, max(-1, noun - 1 - _BEFORE), -1):
        if parse.heads[token] != noun and parse.deps[token] not in _MODIFIERS:
            return None
        if parse.deps[token] == "det":
            return token if parse.word(token) in parse.words.the else None
        if parse.deps[token] not in _MODIFIERS:
            return None
    return None
