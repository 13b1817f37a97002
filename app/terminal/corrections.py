"""Corrections in words and as a table."""

from collections.abc import Iterable

from rich.markup import escape
from rich.table import Table

from app.domain.logged import LoggedCorrection
from app.domain.source_correction import SourceCorrection
from app.domain.story_correction import StoryCorrection


def sentence(done: LoggedCorrection) -> str:
    """What a correction says, with its id."""
    if isinstance(done, StoryCorrection):
        if done.kind == "merge_stories":
            return f"correction {done.id}: story {done.story} is part of story {done.other}"
        moved = [str(n) for each in done.placed if each.story == done.other for n in each.articles]
        return (
            f"correction {done.id}: of story {done.story} the articles {', '.join(moved)} are "
            f"story {done.other}"
        )
    if isinstance(done, SourceCorrection):
        return f"correction {done.id}: {_of_outlet(done)}"
    names = ", ".join(repr(alias) for alias in done.aliases)
    places = ", ".join(f"{m.text!r} ({m.article}:{m.start}-{m.end})" for m in done.mentions)
    said = {
        "merge": f"entity {done.entity} is part of entity {done.other}",
        "split_aliases": f"{names} of entity {done.entity} are entity {done.other}",
        "split_mentions": f"{places} of entity {done.entity} are entity {done.other}",
        "drop_alias": f"{names} is no name of entity {done.entity}",
        "add_alias": f"{names} is a name of entity {done.entity}",
        "reject_mention": f"{places} does not name entity {done.entity}",
        "retype": f"entity {done.entity} is of type {done.type}",
        "rename": f"entity {done.entity} is called {done.name!r}",
        "pin": f"entity {done.entity} stays {done.name!r}, {done.type}",
    }
    resting = "".join(
        f"; {each.text!r} not placed in revision {each.revision} of article {each.article}: "
        f"{each.reason}"
        for each in done.unplaced
    )
    return f"correction {done.id}: {said[done.kind]}{resting}"


def _of_outlet(done: SourceCorrection) -> str:
    values = ", ".join(done.values) or "none"
    match done.kind:
        case "merge_sources":
            return f"outlet {done.slug} is part of {done.to}"
        case "rename_source":
            return f"outlet {done.slug} is called {values!r}"
        case _:
            return f"outlet {done.slug} has {done.kind.removeprefix('set_')}: {values}"


def correction_table(corrections: Iterable[LoggedCorrection]) -> Table:
    """One row a correction: when, what, by whom and why, and when it was undone."""
    table = Table(box=None, pad_edge=False)
    for column in ("when", "what", "by", "reason", "undone"):
        table.add_column(column, header_style="dim", overflow="fold")
    for each in corrections:
        table.add_row(
            f"{each.created_at:%Y-%m-%d %H:%M}",
            escape(sentence(each)),
            escape(each.author or "-"),
            escape(each.reason or "-"),
            f"{each.undone_at:%Y-%m-%d %H:%M}" if each.undone_at else "-",
        )
    return table
