"""Labels of a language in which a noun stands before its modifiers and before its name: 'le
président russe X', 'le groupe djihadiste X', 'le régime de X', 'X, la maire de Y'."""

from collections.abc import Iterator

from app.annotate.portrayal.tree import MentionTokens, Tree
from app.domain.portrayal import LabelKind

_MODIFIED = 3  # articles and adjectives before the noun of an apposition, at most
_LEAD = 8  # tokens from a title to its name

type Phrase = tuple[int, int, LabelKind]


def phrases(tree: Tree, name: MentionTokens) -> Iterator[Phrase]:
    """First token, last token and kind of each label that stands beside a name."""
    yield from _before(tree, name)
    yield from _head(tree, name)
    yield from _modifiers(tree, name.last + 1, tree.size, name)
    yield from _behind(tree, name)


def _before(tree: Tree, name: MentionTokens) -> Iterator[Phrase]:
    """The title of a person with its modifiers, or the noun for a group or place."""
    noun = _noun_before(tree, name)
    if noun is None or name.mention.type == "NORP":
        return
    if name.mention.type != "PERSON":
        yield tree.left(noun), name.first - 1, "apposition"
        return
    first = noun
    while first > 0 and tree.word(first - 1) in tree.words.relational:
        first -= 1
    if any(tree.pos[token] == "ADP" for token in range(noun + 1, name.first)):
        yield first, name.first - 1, "title"
        return
    last = noun
    while last + 1 < name.first and tree.word(last + 1) in tree.words.relational:
        last += 1
    if first < last or not tree.words.holds(tree.words.courtesy, tree.word(last)):
        yield first, last, "title"
    for token in (*range(tree.left(noun), first), *range(last + 1, name.first)):
        if _modifies(tree, token):
            yield token, token, "modifier"


def _noun_before(tree: Tree, name: MentionTokens) -> int | None:
    """The noun of a phrase that ends right before a name and describes it."""
    words = tree.words
    person = name.mention.type == "PERSON"
    wanted = words.people | words.titles if person else words.groups | words.places
    for token in range(name.first - 1, max(-1, name.first - 1 - _LEAD), -1):
        if token not in tree.owner and tree.noun(token, wanted):
            return token
        inside = tree.pos[token] in ("ADJ", "NOUN", "PROPN")
        link = tree.word(token) in words.of or tree.pos[token] == "DET"
        if not inside and (not link or token == name.first - 1):
            return None
        if not person and tree.pos[token] != "ADJ":
            return None
    return None


def _head(tree: Tree, name: MentionTokens) -> Iterator[Phrase]:
    """The name with the noun that it modifies: 'régime syrien', 'armée de X'."""
    head = tree.heads[name.root]
    if (
        head < name.first
        and head not in tree.owner
        and tree.noun(head, tree.words.heads)
        and tree.linked(head, name)
    ):
        yield head, name.last, "head"


def _modifiers(tree: Tree, first: int, stop: int, name: MentionTokens) -> Iterator[Phrase]:
    """The adjectives right behind a name that depend on it: 'la Syrie voisine'."""
    for token in range(first, stop):
        people = token in tree.owner and tree.owner[token].mention.type == "NORP"
        if not name.first <= tree.heads[token] <= name.last or not (
            people or (tree.pos[token] == "ADJ" and tree.is_(token, "premodifier"))
        ):
            return
        if people or _modifies(tree, token):
            yield token, token, "modifier"


def _modifies(tree: Tree, token: int) -> bool:
    return (
        tree.tagged(token, "adjective")
        and tree.word(token) not in tree.words.plain_modifiers
        and (token not in tree.owner or tree.owner[token].mention.type == "NORP")
    )


def _behind(tree: Tree, name: MentionTokens) -> Iterator[Phrase]:
    """An apposition behind a person's name, told by its commas, since the parse often misses it: an
    article, a noun for a person, and a mark at its end."""
    comma = name.last + 1
    if name.mention.type != "PERSON" or comma >= tree.size or tree.word(comma) != ",":
        return
    noun = comma + 1
    while noun < min(tree.size, comma + 1 + _MODIFIED) and (
        tree.word(noun) in tree.words.articles or tree.pos[noun] == "ADJ"
    ):
        noun += 1
    if noun >= tree.size or noun in tree.owner:
        return
    if not tree.noun(noun, tree.words.people | tree.words.titles):
        return
    last = tree.right(noun)
    closed = last + 1 >= tree.size or tree.pos[last + 1] == "PUNCT" or tree.relative(last + 1)
    if closed:
        yield tree.left(noun, comma + 1), last, "apposition"
