"""`parallax feeds ...`: the feeds that a service polls, from a terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.page import FeedFilter, PageRequest
from app.terminal.parts import parts_of
from app.terminal.plain import Plain

if TYPE_CHECKING:
    from rich.table import Table

    from app.domain.feed import PolledFeed

FAILED, PARTLY = 1, 3
FeedId = Annotated[int, typer.Argument(metavar="ID", help="The feed.", show_default=False)]
Limit = Annotated[int, typer.Option(help="How many.", min=1, max=200)]

commands = Plain(
    help="The feeds that `parallax serve` and `parallax worker` poll.", no_args_is_help=True
)


@commands.command("list")
def list_feeds(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Option(help="Only of this outlet, slug or name; may repeat.")
    ] = None,
    limit: Limit = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """List feeds: how each stands, when it was polled and will be, and its last error."""
    from rich.console import Console

    from app.services import feeds

    with parts_of(context).collection() as store, store.read() as session:
        page = feeds.feeds(session, FeedFilter(tuple(source or ())), PageRequest(limit=limit))
    if as_json:
        typer.echo(parts_of(context).feed_list(page))
        return
    Console().print(_table(page.items))
    if page.total.value > len(page.items):
        typer.echo(f"{len(page.items)} of {page.total.value:,} feeds; --limit shows more.")


@commands.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the feed.")],
    source: Annotated[
        str | None, typer.Option(help="The outlet of its articles; its title names it else.")
    ] = None,
    interval: Annotated[
        int | None, typer.Option(help="Seconds between two polls.", min=60, max=30 * 86_400)
    ] = None,
) -> None:
    """Add a feed, which is polled from now on."""
    from app.services import feeds

    parts = parts_of(context)
    settings = parts.settings()
    with parts.store(settings) as store:
        made, new = feeds.create(store, settings, url, source, interval)
    typer.echo(f"feed {made.id}: {made.url}" if new else f"feed {made.id} is there already")


@commands.command()
def remove(context: typer.Context, feed: FeedId) -> None:
    """Remove a feed; the articles that came from it stay."""
    from app.services import feeds

    with parts_of(context).collection() as store:
        feeds.remove(store, feed)
    typer.echo(f"feed {feed} is removed")


@commands.command("import")
def import_feeds(
    context: typer.Context,
    file: Annotated[
        typer.FileBinaryRead,
        typer.Argument(metavar="FILE", help="An OPML file; - for standard input."),
    ],
) -> None:
    """Add the feeds of an OPML file, which feed readers write."""
    from app.intake.opml import read_opml
    from app.services import feeds

    outlines = read_opml(file.read())
    parts = parts_of(context)
    settings = parts.settings()
    with parts.store(settings) as store:
        taken = feeds.take_opml(store, settings, outlines)
    for each in taken.failed:
        typer.echo(f"{each.pointer}: {each.detail}", err=True)
    typer.echo(f"{taken.created:,} new, {taken.existing:,} there already.")
    if taken.failed:
        raise typer.Exit(PARTLY if taken.created or taken.existing else FAILED)


@commands.command("export")
def export_feeds(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; standard output without it.")
    ] = None,
) -> None:
    """Write all feeds as OPML."""
    from app.intake.opml import written_opml
    from app.services import feeds

    with parts_of(context).collection() as store, store.read() as session:
        content = written_opml(feeds.outlines(session), "Feeds of Parallax")
    if output is None:
        sys.stdout.write(content.decode())
    else:
        output.write_bytes(content)


def _table(found: "tuple[PolledFeed, ...]") -> "Table":
    from rich.markup import escape

    from app.terminal.layout import table

    shown = table("id>", "outlet", "state", "polled", "next", "new>", "address", "last error")
    for each in found:
        shown.add_row(
            str(each.id),
            escape(each.source.name if each.source else "-"),
            each.state,
            f"{each.last_poll_at:%Y-%m-%d %H:%M}" if each.last_poll_at else "-",
            f"{each.next_poll_at:%Y-%m-%d %H:%M}" if each.next_poll_at else "-",
            f"{each.created:,}",
            escape(each.url),
            escape(each.last_error or "-"),
        )
    return shown
