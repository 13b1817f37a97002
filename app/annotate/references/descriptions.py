"""Definite descriptions to the name that the text has told to be that: 'the president'."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.annotate.references.people import NO_PLACE, Scene

_REACH = 6  # sentences back to the name
_FAR = 300  # tokens
_BEFORE = 6  # tokens of a phrase before its noun
_MODIFIERS = frozenset(["amod", "compound", "nmod"])
# With these a description says more than who is meant, or what is said of somebody else.
_RESTRICTING = frozenset(["prep", "relcl", "acl", "appos", "poss", "conj"])
_NO_PLACE = NO_PLACE | {"conj"}
_BODIES = frozenset(["ORG"])


@dataclass(frozen=True, slots=True)
class Told:
    """That a text calls a cluster by a noun: where, and in which words."""

    at: int
    number: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Calling:
    """What a noun means from an offset on: the one cluster called so up to there (None where there
    are two), and the words that came with it."""

    at: int
    number: int | None
    words: frozenset[str]


def described(scene: Scene) -> Iterator[tuple[int, int, int]]:
    """The descriptions that mean a cluster: first token, noun, number of the cluster.

    The text has called exactly one name by that noun before, and has said of it whatever modifies
    the noun; nobody nameless has been called so since, and nobody named since may be meant.
    """
    callings = _callings(scene)
    if not callings:
        return
    nameless: dict[str, int] = {}
    latest: dict[int, int] = {}
    for noun, pos in enumerate(scene.pos):
        if pos != "NOUN" or noun in scene.owner:
            continue
        lemma = scene.lemmas[noun].lower()
        kind = scene.words.kind(lemma)
        if kind not in callings or scene.tags[noun] not in scene.words.singular_tags:
            continue
        first = _opening(scene, noun)
        if first is None:
            if scene.deps[noun] not in _NO_PLACE:
                nameless[kind] = noun
            continue
        calling = _calling(callings[kind], scene.starts[first])
        if calling is None or scene.restricted(noun, _RESTRICTING):
            continue
        number, said = calling
        last = scene.last_of(number, noun)
        if (
            last is None
            or scene.sentence(noun) - scene.sentence(last) > _REACH
            or nameless.get(kind, -1) > last
            or scene.deps[noun] in _NO_PLACE
            or _rivalled(scene, number, max(last, latest.get(number, last)), first)
        ):
            continue
        if all(scene.word(token) in said for token in range(first + 1, noun)):
            latest[number] = noun
            yield first, noun, number


def _calling(callings: Sequence[Calling], at: int) -> tuple[int, frozenset[str]] | None:
    """The one cluster that was called so before an offset, and in which words."""
    index = bisect_left(callings, at, key=lambda calling: calling.at) - 1
    if index < 0:
        return None
    number = callings[index].number
    return None if number is None else (number, callings[index].words)


def _callings(scene: Scene) -> dict[str, list[Calling]]:
    """What each noun means, in the order of the text."""
    found: dict[str, list[Calling]] = {}
    for noun, every in _told(scene).items():
        every.sort(key=lambda each: (each.at, each.number))
        said: frozenset[str] = frozenset()
        callings = found.setdefault(noun, [])
        for each in every:
            if each.number != every[0].number:
                callings.append(Calling(each.at, None, said))
                break
            if not each.words <= said:
                said |= each.words
                callings.append(Calling(each.at, each.number, said))
    return found


def _rivalled(scene: Scene, number: int, last: int, first: int) -> bool:
    """Whether somebody else is named between the last word for somebody and a description, who may
    be meant as well: the text has not told what they are."""
    kind = scene.clusters[number].type
    if first - last > _FAR:
        return True
    for start in scene.starts[last + 1 : first]:
        other = scene.mention_owner.get(start, number)
        if (
            other != number
            and scene.clusters[other].type == kind
            and (kind != "PERSON" or other not in scene.labels)
        ):
            return True
    return False


def _told(scene: Scene) -> dict[str, list[Told]]:
    """What is told of each cluster, by the noun."""
    words = scene.words
    told: dict[str, list[Told]] = {}
    for number, labels in scene.labels.items():
        kind = scene.clusters[number].type
        nouns = words.people - words.kin if kind == "PERSON" else words.groups
        if kind != "PERSON" and kind not in _BODIES:
            continue
        for label in labels:
            parts = label.text.lower().replace("-", " ").split()
            head = _head(parts, words.linkers)
            if head in nouns and words.past.isdisjoint(parts):
                told.setdefault(words.kind(head), []).append(
                    Told(label.start, number, frozenset(parts))
                )
        if kind in _BODIES:
            for mention in scene.clusters[number].mentions:
                parts = mention.text.lower().split()
                for noun in nouns.intersection(parts):
                    told.setdefault(words.kind(noun), []).append(
                        Told(mention.start, number, frozenset(parts))
                    )
    return told


def _head(parts: Sequence[str], linkers: frozenset[str]) -> str:
    for index, part in enumerate(parts):
        if part.endswith(","):
            return part.rstrip(",")
        if part in linkers:
            return parts[max(0, index - 1)]
    return parts[-1] if parts else ""


def _opening(scene: Scene, noun: int) -> int | None:
    """The article of a phrase with nothing but modifiers between it and its noun."""
    for token in range(noun - 1, max(-1, noun - 1 - _BEFORE), -1):
        if scene.heads[token] != noun and scene.deps[token] not in _MODIFIERS:
            return None
        if scene.deps[token] == "det":
            return token if scene.word(token) in scene.words.the else None
        if scene.deps[token] not in _MODIFIERS:
            return None
    return None
