"""Files of rows (NDJSON, JSON, CSV) into Rows, one after the other in bounded memory."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO

from app.domain.article import Submission
from app.domain.json_text import NotJson, read_json
from app.errors import BadRequest, InvalidInput, ParallaxError, TooLarge, UnreadableDocument
from app.intake.documents import decode
from app.intake.jsonstream import JsonStream
from app.intake.rows import CONTENT, FIELDS, Row
from app.intake.textstream import TextStream, rejoined

type Take = Callable[[Mapping[str, object]], Submission]

# A manifest's rows may name a file in place of their content.
FILE = "file"
_COLUMNS = (*FIELDS, FILE)
_DELIMITERS = ",;\t|"


def ndjson_rows(name: str | None, file: BinaryIO, take: Take, limit: int) -> Iterator[Row]:
    """A Row for each line that is not blank. A line that is no JSON object, not UTF-8 or longer
    than `limit` characters gives a Row with its error, and the next lines go on."""
    try:
        stream = TextStream(file)
    except UnreadableDocument as error:
        yield Row(1, name, None, error)
        return
    number = 0
    while True:
        number += 1
        try:
            line = _whole_line(stream, number, limit)
            if not line:
                return
            if line.strip():
                yield Row(number, name, take(_mapping(number, _line_value(line, number))), None)
        except ParallaxError as error:
            yield Row(number, name, None, error)


def json_rows(name: str | None, file: BinaryIO, take: Take, limit: int) -> Iterator[Row]:
    """A Row for each object of an array, of the array `articles` in an object, or for one object
    or several in a row. What follows broken JSON is not read: the last Row says where it broke."""
    line = 0
    try:
        stream = JsonStream(TextStream(file).read, limit)
        for line, value in stream.documents("articles"):
            yield _row(line, name, value, take)
        if stream.blank:
            yield Row(1, name, None, UnreadableDocument("this is empty; JSON holds at least []"))
    except NotJson as broken:
        what = f"line {broken.line} is not valid JSON: {broken.in_line}"
        yield Row(broken.line, name, None, BadRequest(f"{what}; nothing after it was read"))
    except ParallaxError as error:
        yield Row(line + 1, name, None, type(error)(f"{error.detail}; nothing after it was read"))


def csv_rows(name: str | None, file: BinaryIO, take: Take, limit: int) -> Iterator[Row]:
    """A Row for each record under a header that names fields of a row; the delimiter (comma,
    semicolon, tab or bar) is the one that parts the header into them. An empty cell is absent,
    `authors` are parted by semicolons. What follows a broken quotation is not read, since where
    the next record opens cannot be told."""
    opened = 1
    try:
        lines = _csv_lines(file, limit)
        delimiter, header = csv_header(next(lines, ""))
        # The limit is the csv module's own, for all of the process; every reader sets the same.
        csv.field_size_limit(limit)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        opened = 2
        for cells in reader:
            if cells:
                yield _record_row(opened, name, header, cells, take)
            opened = reader.line_num + 2
    except csv.Error as broken:
        what = f"is not valid CSV ({broken})"
        if "field larger" in str(broken):
            what = f"has a field of more than {limit} characters, or a quotation never closed"
        error = InvalidInput(f"the record at line {opened} {what}; nothing after it was read")
        yield Row(opened, name, None, error)
    except ParallaxError as error:
        yield Row(opened, name, None, error)


def csv_header(line: str) -> tuple[str, tuple[str, ...]]:
    """The delimiter of a header line, and the fields that its columns name.

    Raises InvalidInput where it names a field twice, none that holds content, or one that is
    unknown.
    """
    splits = [(delimiter, _cells(line, delimiter)) for delimiter in _DELIMITERS]
    delimiter, names = max(splits, key=lambda split: sum(n in _COLUMNS for n in split[1]))
    unknown = [repr(n[:40]) for n in names if n not in _COLUMNS]
    if len(unknown) == len(names):
        raise InvalidInput(f"the first line of a CSV names its columns: {', '.join(FIELDS)}")
    check_columns(names, "the header")
    return delimiter, names


def check_columns(names: Sequence[str], what: str) -> None:
    """Raises InvalidInput, which says `what` names them, where columns hold a name twice, one that
    is no field of a row, or none that holds content."""
    unknown = [repr(n[:40]) for n in names if n not in _COLUMNS]
    if unknown:
        named = ", ".join(unknown[:5])
        raise InvalidInput(f"{what} names {named}; known columns are {', '.join(FIELDS)}")
    if len(set(names)) != len(names):
        raise InvalidInput(f"{what} names a column twice")
    if not any(n in names for n in (*CONTENT, FILE)):
        raise InvalidInput(f"{what} names none of the columns text, html and url")


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().casefold() for cell in cells)


def _csv_lines(file: BinaryIO, limit: int) -> Iterator[str]:
    """The lines with their ends. A file of at most `limit` bytes may be in any encoding that can
    be told; a longer one streams, and is UTF-8. Of one that breaks off, the lines that are whole
    come before the error."""
    head, damage = _read_ahead(file, limit + 1)
    stream: io.StringIO | TextStream
    if damage or len(head) <= limit:
        stream = io.StringIO(decode(head), newline="")
    else:
        stream = TextStream(rejoined(head, file), newline="")
    while line := stream.readline(limit + 1):
        if len(line) > limit:
            raise TooLarge(
                f"a line has more than {limit} characters; it was not read, nor the rest"
            )
        if damage is None or line.endswith(("\n", "\r")):
            yield line
    if damage:
        raise damage


def _read_ahead(file: BinaryIO, size: int) -> tuple[bytes, ParallaxError | None]:
    """The first `size` bytes of a file, or those before what cannot be read, with the error."""
    head = bytearray()
    more = getattr(file, "read1", file.read)
    try:
        while len(head) < size and (piece := more(size - len(head))):
            head += piece
    except ParallaxError as error:
        return bytes(head), error
    return bytes(head), None


def _record_row(
    line: int, name: str | None, header: tuple[str, ...], cells: list[str], take: Take
) -> Row:
    if len(cells) != len(header):
        detail = f"the record at line {line} has {len(cells)} fields, the header {len(header)}"
        return Row(line, name, None, InvalidInput(detail))
    record: dict[str, object] = {n: c for n, c in zip(header, cells, strict=True) if c.strip()}
    authors = record.get("authors")
    if isinstance(authors, str):
        record["authors"] = authors.split(";")
    return _row(line, name, record, take)


def _row(line: int, name: str | None, value: object, take: Take) -> Row:
    try:
        return Row(line, name, take(_mapping(line, value)), None)
    except ParallaxError as error:
        return Row(line, name, None, error)


def _mapping(line: int, value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise InvalidInput(f"line {line} holds no JSON object, which a row is")


def _whole_line(stream: TextStream, number: int, limit: int) -> str:
    line = stream.readline(limit + 1)
    if len(line) <= limit or line.endswith("\n"):
        return line
    while line and not line.endswith("\n"):
        try:
            line = stream.readline(limit)
        except UnreadableDocument:
            # The line is refused already; what else is wrong with it changes nothing.
            line = " "
    raise TooLarge(f"line {number} has more than {limit} characters")


def _line_value(line: str, number: int) -> object:
    try:
        # White space before a row may be of any kind; JSON knows four.
        return read_json(line.strip().rjust(len(line.rstrip())))
    except NotJson as broken:
        raise BadRequest(f"line {number} is not valid JSON: {broken.in_line}") from None
