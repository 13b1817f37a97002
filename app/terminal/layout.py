"""How tables for people look."""

from collections.abc import Collection, Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text


def table(*columns: str, title: str | None = None) -> Table:
    """An empty table; a column whose name ends in `>` is set flush right."""
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        right = column.endswith(">")
        made.add_column(
            escape(column.removesuffix(">")),
            justify="right" if right else "left",
            header_style="dim",
            overflow="fold",
        )
    return made


_WORDS = 8  # in a cell


def in_short(words: Sequence[str]) -> str:
    """The first eight words of a cell, and how many more there are."""
    more = [f"and {len(words) - _WORDS} more"] if len(words) > _WORDS else []
    return ", ".join([*words[:_WORDS], *more])


def counted(word: str, count: int, *, only: bool) -> str:
    """A word with its count above one, in bold where one side `only` has it."""
    text = escape(word) + (f" {count:,}" if count > 1 else "")
    return f"[bold]{text}[/bold]" if only else text


def one_origin(origins: int, sides: Collection[str]) -> str:
    """A remark where several sides carry one text: as evidence they count once; else nothing."""
    return " (one origin)" if origins == 1 and len(sides) > 1 else ""


def cut_off(more: int, note: str | None, what: str) -> list[Text]:
    """What ends a section: how many of `what` were cut off, and the section's note."""
    remarks = [f"{more:,} {what} more; --top shows further ones."] if more else []
    if note:
        remarks.append(f"{what.capitalize()}: {note}")
    return [Text(remark) for remark in remarks]
