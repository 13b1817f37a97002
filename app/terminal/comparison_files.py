"""A comparison as Markdown to read, and as tidy CSV to compute with."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from app.domain.answer import SECTIONS
from app.domain.cells import safe
from app.domain.markdown import escaped

COLUMNS = ("section", "item", "side", "measure", "value", "article", "start", "end", "text")

# The fields that may name an item of a list: the first that it has does.
_NAMES = ("name", "term", "verb", "text", "noun", "value", "change", "verdict", "what")
_PLACE = frozenset({"article", "start", "end"})


def markdown(view: Group) -> Iterator[str]:
    """The lines of a view: its tables under their titles, its remarks as paragraphs."""
    for part in view.renderables:
        yield from _markdown(part)


def _markdown(part: RenderableType) -> Iterator[str]:
    if isinstance(part, Table):
        if part.title:
            yield f"## {escaped(_plain(part.title))}"
            yield ""
        if part.row_count:
            yield _row([escaped(_plain(column.header)) for column in part.columns])
            yield _row(["--:" if c.justify == "right" else "---" for c in part.columns])
            for cells in zip(*(list(column.cells) for column in part.columns), strict=True):
                yield _row([escaped(_plain(cell)) for cell in cells])
        else:
            yield "None."
    else:
        yield escaped(_plain(part))
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(cell: object) -> str:
    return cell.plain if isinstance(cell, Text) else Text.from_markup(str(cell)).plain


def write_csv(answer: Mapping[str, object], sides: Sequence[str], file: TextIO) -> None:
    """Writes a row for each value that an answer of the API gives of an item, and one for each spot
    of evidence; `item` is the path of the item in its section (`shared/Palmyra`)."""
    writer = csv.DictWriter(file, fieldnames=COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for section in SECTIONS:
        if section in answer:
            writer.writerows(map(safe, _tidy(answer[section], section, (), "", frozenset(sides))))


def _tidy(
    value: object, section: str, way: tuple[str, ...], side: str, sides: frozenset[str]
) -> Iterator[dict[str, object]]:
    here = {"section": section, "item": "/".join(way[:-1]), "side": side}
    match value:
        case Mapping() if value.keys() >= _PLACE:
            here["item"] = "/".join(way)
            spot = {
                name: value[name] for name in ("article", "start", "end", "text") if name in value
            }
            yield here | {"measure": "evidence"} | spot
            rest = {k: v for k, v in value.items() if k not in (*_PLACE, "text", "revision")}
            if rest:
                yield from _tidy(rest, section, way, side, sides)
        case Mapping():
            for key, each in value.items():
                if key in sides:
                    yield from _tidy(each, section, way, key, sides)
                elif key in ("sides", "items"):
                    yield from _tidy(each, section, way, side, sides)
                else:
                    yield from _tidy(each, section, (*way, key), side, sides)
        case list():
            for number, each in enumerate(value):
                if isinstance(each, Mapping):
                    evidence = each.keys() >= _PLACE
                    inner = way[:-1] if evidence and way[-1:] == ("evidence",) else way
                    name = () if evidence else (_name(each, number),)
                    yield from _tidy(each, section, (*inner, *name), side, sides)
                else:
                    yield from _tidy(each, section, (*way, str(number)), side, sides)
        case _:
            if value is not None:
                yield here | {"measure": way[-1] if way else section, "value": value}


def _name(item: Mapping[str, object], number: int) -> str:
    return next((str(item[name]) for name in _NAMES if item.get(name) is not None), str(number + 1))
