"""JSON documents out of a stream of text, one value at a time in bounded memory."""

import json
from collections.abc import Callable, Iterator

from app.domain.json_text import DECODER, NotJson, awaited, explained, place
from app.errors import TooLarge

_SPACE = " \t\r\n"
_CHUNK = 65_536


class JsonStream:
    """Reads through `read(size)`, which gives up to `size` characters and "" at the end. No
    single value may be longer than `limit` characters."""

    def __init__(self, read: Callable[[int], str], limit: int) -> None:
        self._read = read
        self._limit = limit
        self._buffer = ""
        self._at = 0
        self._ended = False
        # Of the first character of the buffer, and of one further on that was asked for last.
        self._line, self._column = 1, 1
        self._known = (0, 1, 1)
        self._taken = 0
        self.blank = True

    @property
    def line(self) -> int:
        """The line, counted from 1, that the next value stands in."""
        return self._place()[0]

    def documents(self, wrapper: str) -> Iterator[tuple[int, object]]:
        """Line and value of each document: the elements of an array, those of the array that
        stands under the name `wrapper` in an object, else the object or value itself. Several
        texts may stand one after the other.

        `blank` tells afterwards that there was nothing at all. Raises NotJson and TooLarge.
        """
        while opening := self._peek():
            self.blank = False
            if opening == "[":
                yield from self._elements()
            elif opening == "{":
                yield from self._members(wrapper)
            else:
                yield self.line, self._value()

    def _elements(self) -> Iterator[tuple[int, object]]:
        self._expect("[")
        if self._peek() == "]":
            self._expect("]")
            return
        while True:
            self._peek()
            yield self.line, self._value()
            if self._peek() != ",":
                self._expect("]", "',' or ']'")
                return
            self._expect(",")

    def _members(self, wrapper: str) -> Iterator[tuple[int, object]]:
        line, opened = self.line, self._position()
        members: dict[str, object] = {}
        wrapped = False
        self._expect("{")
        while self._peek() != "}":
            if members or wrapped:
                self._expect(",", "',' or '}'")
            if self._peek() != '"':
                raise self._awaited("a name in double quotes")
            name = str(self._value())
            self._peek()
            self._expect(":")
            if name == wrapper and self._peek() == "[":
                wrapped = True
                yield from self._elements()
            else:
                self._peek()
                members[name] = self._value()
            if not wrapped and self._position() - opened > self._limit:
                raise TooLarge(f"the object at line {line} is longer than {self._limit} characters")
        self._expect("}")
        if not wrapped:
            yield line, members

    def _value(self) -> object:
        while True:
            try:
                value, end = DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                if self._ended:
                    raise self._explained() from None
            except (ValueError, RecursionError):
                raise self._explained() from None
            else:
                # A number at the very end of what was read may go on in what was not.
                if end < len(self._buffer) or self._ended or isinstance(value, str | dict | list):
                    self._at = end
                    return value
            if len(self._buffer) - self._at > self._limit:
                raise TooLarge(f"line {self.line}: a value is longer than {self._limit} characters")
            self._more()

    def _peek(self) -> str:
        """The next character that is no white space, "" at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._more()

    def _expect(self, character: str, what: str = "") -> None:
        if self._buffer[self._at : self._at + 1] != character:
            raise self._awaited(what or repr(character))
        self._at += 1

    def _more(self) -> None:
        self._line, self._column = self._place()
        self._taken += self._at
        # Twice as much each time, so that a long value is not parsed over and over.
        rest = self._buffer[self._at :]
        piece = self._read(max(_CHUNK, len(rest)))
        self._ended = not piece
        self._buffer, self._at = rest + piece, 0
        self._known = (0, self._line, self._column)

    def _position(self) -> int:
        return self._taken + self._at

    def _place(self) -> tuple[int, int]:
        # Counted on from the last place: from the start of the buffer, a long value before many
        # short ones would be gone through for each of them.
        before, line, column = self._known
        found = place(self._buffer, self._at, since=before, line=line, column=column)
        self._known = (self._at, *found)
        return found

    def _awaited(self, what: str) -> NotJson:
        return NotJson(awaited(what, self._buffer, self._at), *self._place())

    def _explained(self) -> NotJson:
        return explained(self._buffer, self._at, line=self._line, column=self._column)
