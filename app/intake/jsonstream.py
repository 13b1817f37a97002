"""JSON documents out of a stream of text, one value at a time in bounded memory."""

import json
from collections.abc import Callable, Iterator
from typing import NoReturn

from app.errors import TooLarge

_SPACE = " \t\r\n"
_CHUNK = 65_536


class BrokenJson(Exception):
    """`reason` is the parser's sentence, `line` where it stands in the stream."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(f"line {line} is not valid JSON: {reason}")
        self.reason = reason
        self.line = line


def parse(text: str) -> object:
    """The value of one JSON text. Raises BrokenJson, NaN, Infinity and endless nesting included."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise BrokenJson("it nests too deep") from None
    except json.JSONDecodeError as error:
        raise BrokenJson(f"{error.msg} at character {error.pos + 1}") from None
    except ValueError as error:
        raise BrokenJson(str(error)) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


class JsonStream:
    """Reads through `read(size)`, which gives up to `size` characters and "" at the end. No
    single value may be longer than `limit` characters."""

    def __init__(self, read: Callable[[int], str], limit: int) -> None:
        self._read = read
        self._limit = limit
        self._buffer = ""
        self._at = 0
        self._ended = False
        self._lines_before = 1
        self._taken = 0
        self.blank = True

    @property
    def line(self) -> int:
        """The line, counted from 1, that the next value stands in."""
        return self._lines_before + self._buffer.count("\n", 0, self._at)

    def documents(self, wrapper: str) -> Iterator[tuple[int, object]]:
        """Line and value of each document: the elements of an array, those of the array that
        stands under the name `wrapper` in an object, else the object or value itself. Several
        texts may stand one after the other.

        `blank` tells afterwards that there was nothing at all. Raises BrokenJson and TooLarge.
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
                self._expect("]")
                return
            self._expect(",")

    def _members(self, wrapper: str) -> Iterator[tuple[int, object]]:
        line, opened = self.line, self._position()
        members: dict[str, object] = {}
        wrapped = False
        self._expect("{")
        while self._peek() != "}":
            if members or wrapped:
                self._expect(",")
            if self._peek() != '"':
                self._refuse("a name in quotation marks is due")
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
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except RecursionError:
                self._refuse("it nests too deep")
            except json.JSONDecodeError as error:
                reason, place = error.msg, error.pos
            except ValueError as error:
                self._refuse(str(error))
            else:
                # A number at the very end of what was read may go on in what was not.
                if end < len(self._buffer) or self._ended or isinstance(value, str | dict | list):
                    self._at = end
                    return value
                reason, place = "", end
            if self._ended:
                self._refuse(reason, place)
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

    def _expect(self, character: str) -> None:
        if self._buffer[self._at : self._at + 1] != character:
            self._refuse(f"{character!r} is due")
        self._at += 1

    def _more(self) -> None:
        self._lines_before += self._buffer.count("\n", 0, self._at)
        self._taken += self._at
        # Twice as much each time, so that a long value is not parsed over and over.
        rest = self._buffer[self._at :]
        piece = self._read(max(_CHUNK, len(rest)))
        self._ended = not piece
        self._buffer, self._at = rest + piece, 0

    def _position(self) -> int:
        return self._taken + self._at

    def _refuse(self, reason: str, place: int | None = None) -> NoReturn:
        at = self._at if place is None else place
        line = self._lines_before + self._buffer.count("\n", 0, at)
        if at >= len(self._buffer) and self._ended:
            reason = f"{reason}, where it ends" if reason else "it ends too early"
        raise BrokenJson(reason, line)
