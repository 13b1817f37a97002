"""The language of `q`: words, "phrases", pre*, title: and source:, AND, OR, NOT, parentheses.

    either  = all ("OR" all)*
    all     = one ("AND"? one)*           so that AND binds before OR
    one     = ("NOT" | "-") one | FIELD operand | operand
    operand = WORD | "PHRASE" | "(" either ")"

Reading takes time linear in the length of the text. Whatever is not understood is refused with its
place; punctuation that stands alone says nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.errors import InvalidInput

MAX_PARTS = 50
MAX_DEPTH = 20

type Field = Literal["title", "source"]
FIELDS: tuple[Field, ...] = ("title", "source")

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_TOKEN = re.compile(
    r"""(?P<blank>\s+)
      | (?P<open>\() | (?P<close>\))
      | (?P<field>[^\W\d_]\w*):(?!/)
      | "(?P<phrase>[^"]*)"
      | (?P<unclosed>")
      | (?P<minus>-)(?=[\w"(])
      | (?P<word>[^\s()"]+)""",
    re.VERBOSE,
)
# What other search engines take for an operator, and this one does not know.
_FOREIGN = re.compile(r"[|^~{}\[\]\\<>=]|&&|^[+!/]")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that follow one another, at the character `at` of the query; with
    `open_end` the last may go on."""

    text: str
    at: int
    field: Field | None = None
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Not[Leaf]:
    """What must not be."""

    node: "Node[Leaf]"


@dataclass(frozen=True, slots=True)
class And[Leaf]:
    """What must be all together."""

    nodes: tuple["Node[Leaf]", ...]


@dataclass(frozen=True, slots=True)
class Or[Leaf]:
    """Of what one must be."""

    nodes: tuple["Node[Leaf]", ...]


type Node[Leaf] = Leaf | Not[Leaf] | And[Leaf] | Or[Leaf]


def with_leaves[Old, New](node: Node[Old], change: Callable[[Old], New]) -> Node[New]:
    """The same query with other leaves."""
    match node:
        case Not():
            return Not(with_leaves(node.node, change))
        case And():
            return And(tuple(with_leaves(each, change) for each in node.nodes))
        case Or():
            return Or(tuple(with_leaves(each, change) for each in node.nodes))
        case _:
            return change(node)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def refused(at: int, says: str) -> InvalidInput:
    """The error at a character (counted from 0) of the query."""
    return InvalidInput(f"character {at} of the query: {says}").at("?q")


def parse_query(q: str) -> Node[Words]:
    """The query that a person typed.

    Raises InvalidInput at `?q`, naming the character, for what is not understood.
    """
    return _Parser(q).parse()


def _tokens(q: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(q.translate(_QUOTES)):
        kind = found.lastgroup or ""
        if kind == "blank":
            continue
        if kind == "unclosed":
            raise refused(found.start(), 'the quotation mark that opens here has no closing "')
        if kind == "phrase":
            yield _phrase(found["phrase"], found.start(), found.end())
        elif kind == "word":
            yield from _word(found[0], found.start(), q[found.end() : found.end() + 1])
        else:
            yield _Token(kind, found[kind], found.start(), found.end())


def _word(text: str, start: int, following: str) -> Iterator[_Token]:
    end = start + len(text)
    if text in ("AND", "OR", "NOT"):
        yield _Token(text, text, start, end)
        return
    if foreign := _FOREIGN.search(text):
        raise refused(
            start + foreign.start(),
            f"{foreign[0]!r} means nothing in a query: put the words around it between "
            "quotation marks to look for them, or write AND, OR, NOT",
        )
    if text == "NEAR" and following == "(":
        raise refused(start, 'there is no NEAR: "quotation marks" hold words that follow on')
    kind = _ending("word", text, start)
    if not _LETTER.search(text):
        return
    if text.startswith("-"):
        raise refused(start, "- stands directly before a word, a phrase or a group")
    yield _Token(kind, text.removesuffix("*"), start, end)


def _phrase(text: str, start: int, end: int) -> _Token:
    kind = _ending("phrase", text, start + 1)
    if not _LETTER.search(text):
        raise refused(start, "this phrase holds no letter or digit")
    return _Token(kind, text.removesuffix("*"), start, end)


def _ending(kind: str, text: str, start: int) -> str:
    star = text.find("*")
    if star < 0:
        return kind
    if star != len(text) - 1 or not _LETTER.match(text[star - 1 : star]):
        raise refused(start + star, "* stands only at the end of a word, for all that begin so")
    return f"{kind}*"


class _Parser:
    def __init__(self, q: str) -> None:
        self._tokens = list(_tokens(q))
        self._next = 0
        self._end = len(q)
        self._parts = 0
        self._depth = 0

    def parse(self) -> Node[Words]:
        if not self._tokens:
            raise InvalidInput("the query holds no word to look for").at("?q")
        node = self._either(None)
        if token := self._peek():
            raise refused(token.start, "this parenthesis closes none that was opened")
        return node

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, *kinds: str) -> _Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self._next += 1
        return token

    def _either(self, field: Field | None) -> Node[Words]:
        nodes = [self._all(field)]
        while self._take("OR"):
            nodes.append(self._all(field))
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def _all(self, field: Field | None) -> Node[Words]:
        nodes = [self._one(field)]
        while (token := self._peek()) is not None and token.kind not in ("OR", "close"):
            self._take("AND")
            nodes.append(self._one(field))
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _one(self, field: Field | None) -> Node[Words]:
        negated = False
        while self._take("NOT", "minus"):
            negated = not negated
        node = self._fielded(field)
        return Not(node) if negated else node

    def _fielded(self, field: Field | None) -> Node[Words]:
        if (token := self._take("field")) is None:
            return self._operand(field)
        name, after = token.text.lower(), self._peek()
        adjacent = after is not None and after.start == token.end
        known = next((each for each in FIELDS if each == name), None)
        if known is None:
            if not adjacent:  # "Palmyra: what comes next" is no field but punctuation
                return self._part(Words(token.text, token.start, field))
            raise refused(
                token.start,
                f"there is no field {token.text[:40]}: (there are title: and source:); "
                "words with a colon stand between quotation marks",
            )
        if field is not None:
            raise refused(token.start, f"{name}: stands inside {field}: already")
        if after is None or not adjacent or after.kind in ("minus", "field"):
            raise refused(token.end, f"a word or phrase has to follow {name}: directly")
        return self._operand(known)

    def _operand(self, field: Field | None) -> Node[Words]:
        if token := self._take("word", "word*", "phrase", "phrase*"):
            open_end = token.kind.endswith("*")
            if open_end and field == "source":
                raise refused(token.end - 1, "source: takes the whole name or slug of an outlet")
            return self._part(Words(token.text, token.start, field, open_end))
        if opening := self._take("open"):
            return self._group(opening, field)
        raise self._missing()

    def _part(self, part: Words) -> Words:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise refused(part.at, f"the query holds more than {MAX_PARTS} words and phrases")
        return part

    def _group(self, opening: _Token, field: Field | None) -> Node[Words]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise refused(opening.start, f"parentheses stand {MAX_DEPTH} deep at most")
        node = self._either(field)
        if not self._take("close"):
            raise refused(opening.start, "this parenthesis is never closed")
        self._depth -= 1
        return node

    def _missing(self) -> InvalidInput:
        if self._next == 0:
            return refused(self._tokens[0].start, "a word or phrase has to stand before this")
        before = self._tokens[self._next - 1]
        says = {"open": "(", "minus": "-"}.get(before.kind, before.text)
        return refused(before.start, f"a word or phrase has to follow {says}")
