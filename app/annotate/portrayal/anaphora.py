"""Noun phrases that mean a group named shortly before: 'the extremist group'."""

from collections.abc import Iterator, Sequence

from app.annotate.portrayal.tree import MentionTokens, Tree
from app.domain.annotation import Mention
from app.domain.portrayal import Label

_BACK = 2  # sentences back to the name
_NAMES = 40  # names back


def meant(tree: Tree, near: Sequence[Label]) -> Iterator[tuple[MentionTokens, int, int]]:
    """Each name with the first and last token of a phrase that means it.

    The phrase is definite, has a modifier and no name in it, and its noun is one for armed or
    organised groups. It means the one name of the last sentences that other labels of the text tell
    to be such a group's; where there are two, nothing, unless one abbreviates the other.
    """
    groups = _groups(tree, near)
    if not groups:
        return
    known = [name for name in tree.names if name.mention.text in groups]
    position = 0
    for noun in range(tree.size):
        if not (tree.pos[noun] == "NOUN" and tree.lemmas[noun] in tree.words.anaphors):
            continue
        while position < len(known) and known[position].last < noun:
            position += 1
        first, last = tree.left(noun), tree.end(noun, tree.size)
        if first == last or not _definite(tree, noun) or _named(tree, first, last, noun):
            continue
        candidates = []
        for index in range(position - 1, max(-1, position - 1 - _NAMES), -1):
            name = known[index]
            if tree.sentence(noun) - tree.sentence(name.root) > _BACK:
                break
            candidates.append(name)
        if candidates and _one([name.mention for name in candidates]):
            yield candidates[0], first, last


def _groups(tree: Tree, near: Sequence[Label]) -> frozenset[str]:
    """The surfaces of the names that some label of the text calls a group."""
    starts = {name.mention.start: name.mention for name in tree.names}
    found = set()
    for label in near:
        mention = starts[label.mention]
        if label.kind not in ("head", "apposition") or mention.type != "ORG":
            continue
        words = label.text.lower().split()
        if any(tree.words.holds(tree.words.groupish, word) for word in words):
            found.add(mention.text)
    return frozenset(found)


def _definite(tree: Tree, noun: int) -> bool:
    determiners = tree.of(noun, "determiner")
    return (
        any(tree.word(token) in tree.words.the for token in determiners)
        and not tree.of(noun, "preposition")
        and not tree.of(noun, "apposition")
        and not tree.of(noun, "relative")
        and not tree.of(noun, "adnominal")
        and not tree.is_(noun, "apposition")
        and not tree.is_(noun, "premodifier")
        and not tree.is_(noun, "predicate")
        and not tree.of(noun, "copula")
    )


def _named(tree: Tree, first: int, last: int, noun: int) -> bool:
    return any(token in tree.owner for token in range(first, last + 1)) or any(
        token in tree.owner for token in tree.children(noun)
    )


def _one(mentions: Sequence[Mention]) -> bool:
    """Whether all of them name one thing: they read alike, or one has the other's initials."""
    surfaces = sorted({mention.text for mention in mentions}, key=len)
    if len(surfaces) == 1:
        return True
    initials = "".join(word[0] for word in surfaces[-1].split() if word[0].isupper())
    return len(surfaces) == 2 and surfaces[0].replace(".", "") == initials
