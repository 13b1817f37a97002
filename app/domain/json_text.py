"""JSON texts (RFC 8259), and in words of our own what is wrong with one that is none: those of a
library change from version to version."""

import json
import re
from typing import Any, NoReturn

# Digits of a whole number; Python itself reads 4,300 at most.
LONGEST_NUMBER = 400
# Arrays and objects in one another; how many Python bears depends on its version and the thread.
DEEPEST = 200

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+')
_SCALAR = re.compile(r"true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]+")
_WORD = re.compile(r"[\w.+-]{1,20}")
_CLOSING = {"[": "]", "{": "}"}


class NotJson(Exception):
    """`reason` says what is wrong, `line` and `column` (in characters, both from 1) where."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(f"{reason} at line {line}, column {column}")
        self.reason = reason
        self.line = line
        self.column = column

    @property
    def in_line(self) -> str:
        """The sentence for one whose line is named already."""
        return f"{self.reason} at column {self.column}"


def read_json(text: str) -> Any:
    """The value of one JSON text.

    Raises NotJson for what is none (NaN and Infinity are none), for what nests deeper than Python
    bears, and for whole numbers of more than `LONGEST_NUMBER` digits.
    """
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError):
        raise explained(text) from None


def decoded(raw: bytes) -> str:
    """The text of UTF-8 bytes. Raises NotJson."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        reason = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        before = raw[: error.start].decode()
        raise NotJson(reason, *place(before, len(before))) from None


def refused(raw: bytes) -> NotJson:
    """What to raise where a faster reader refused this JSON text."""
    try:
        read_json(decoded(raw))
    except NotJson as error:
        return error
    # JSON as such, which says nothing of how large a number is or how deep it nests.
    return NotJson("it holds a number, a character or a depth that cannot be read", 1, 1)


def explained(text: str, start: int = 0, *, line: int = 1, column: int = 1) -> NotJson:
    """What to raise where `DECODER` failed on the value at `start`; `line` and `column` are those
    of the text's first character."""
    reason, at = _fault(text, start)
    return NotJson(reason, *place(text, at, line=line, column=column))


def awaited(what: str, text: str, at: int) -> str:
    """The reason where this is due at the index, and the text ends or goes on otherwise."""
    if at >= len(text):
        return f"it ends where {what} is due"
    word = _WORD.match(text, at)
    return f"{what} is due, not {(word[0] if word else text[at])!r}"


def place(text: str, at: int, *, since: int = 0, line: int = 1, column: int = 1) -> tuple[int, int]:
    """Line and column of an index; `line` and `column` are those of the index `since`, which is not
    behind it."""
    breaks = text.count("\n", since, at)
    return line + breaks, at - text.rfind("\n", since, at) if breaks else column + at - since


def refuse_constant(name: str) -> NoReturn:
    """Raises ValueError: what a decoder does with NaN and Infinity."""
    raise ValueError(name)


def _whole_number(digits: str) -> int:
    if len(digits.lstrip("-")) > LONGEST_NUMBER:
        raise ValueError(digits)
    return int(digits)


DECODER = json.JSONDecoder(parse_constant=refuse_constant, parse_int=_whole_number)


def _fault(text: str, at: int) -> tuple[str, int]:
    """What keeps the text from being one JSON value from here on, and where it stands."""
    open_: list[str] = []
    # What may come next: a value, or with "]" the end of an empty array too; a name, or with "}"
    # the end of an empty object too; ":" after a name; "," or the end after a value.
    due = "value"
    while True:
        at = _after_space(text, at)
        here = text[at : at + 1]
        if due == "," and not open_:
            return ("nothing more may follow the value", at)
        if not here:
            return (awaited(_named(due, open_), text, at), at)
        if here in "]}" and due in (",", here):
            if here != _CLOSING[open_[-1]]:
                return (f"{here!r} does not close {open_[-1]!r}", at)
            open_.pop()
            at, due = at + 1, ","
        elif due in ",:":
            if here != due:
                return (awaited(_named(due, open_), text, at), at)
            at, due = at + 1, "value" if due == ":" or open_[-1] == "[" else "name"
        elif here == '"':
            end = _STRING.match(text, at).end()  # type: ignore[union-attr] # the mark is there
            if text[end : end + 1] != '"':
                return _in_string(text, at, end)
            at, due = end + 1, ":" if due in ("name", "}") else ","
        elif due in ("name", "}"):
            return (awaited("a name in double quotes", text, at), at)
        elif here in "[{":
            if len(open_) == DEEPEST:
                return (f"it is nested more than {DEEPEST} deep", at)
            open_.append(here)
            at, due = at + 1, _CLOSING[here]
        else:
            scalar = _SCALAR.match(text, at)
            whole = _WHOLE.fullmatch(scalar[0]) if scalar else None
            if scalar is None:
                return (awaited("a value", text, at), at)
            if whole and len(whole[0].lstrip("-")) > LONGEST_NUMBER:
                digits = len(whole[0].lstrip("-"))
                return (f"a number of {digits:,} digits (at most {LONGEST_NUMBER}) stands", at)
            at, due = scalar.end(), ","


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _named(due: str, open_: list[str]) -> str:
    if due == ",":
        return f"',' or {_CLOSING[open_[-1]]!r}"
    return {":": "':'", "name": "a name", "}": "a name or '}'", "]": "a value or ']'"}.get(
        due, "a value"
    )


def _in_string(text: str, opened: int, at: int) -> tuple[str, int]:
    """Why the string does not go on at this index."""
    here = text[at : at + 1]
    if not here:
        return ("a string is never closed that opens", opened)
    if here == "\n":
        return ("a string is not closed in its line; it opens", opened)
    if here == "\\":
        letter = text[at + 1 : at + 2]
        hexadecimal = " without four hexadecimal digits" if letter == "u" else ""
        return (f"a string holds \\{letter}{hexadecimal}, which is no escape,", at)
    return (f"a string holds the control character U+{ord(here):04X} unescaped", at)
