"""`parallax knowledge ...`: files of well-known names, from a terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.annotation import TYPES
from app.terminal.choices import among
from app.terminal.parts import parts_of
from app.terminal.plain import Plain

if TYPE_CHECKING:
    from rich.progress import Progress

    from app.settings import Settings

WRONG = 1


commands = Plain(
    help="Files of well-known names: import large ones, check your own.",
    no_args_is_help=True,
)


@commands.command("import")
def import_file(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(
            help="A Wikidata dump (JSON), or JSON Lines; .gz and .bz2 too.", show_default=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; beside the collection if absent."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="Take names in this language; may repeat. All that have a model."),
    ] = None,
    type_: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            callback=among(TYPES),
            help="Take things of this type; may repeat. All if absent.",
        ),
    ] = None,
    sitelinks: Annotated[
        int, typer.Option(help="Leave out what fewer Wikipedias have an article on.", min=0)
    ] = 1,
) -> None:
    """Make an indexed file of a large source, for PARALLAX_KNOWLEDGE to name."""
    from app.services import knowledge
    from app.store.engine.connections import database_path

    given = parts_of(context).settings()
    database = database_path(given.database_url)
    target = output or (
        database.with_name(f"{database.stem}-knowledge.db") if database else Path("knowledge.db")
    )
    selection = knowledge.Selection(
        languages=tuple(language or sorted(given.models, key=_default_first(given))),
        types=tuple(type_ or TYPES),
        sitelinks=sitelinks,
    )
    with _bar() as bar:
        task = bar.add_task("Reading", total=None)
        written = knowledge.import_knowledge(
            source,
            target,
            selection,
            lambda read, size: bar.update(task, completed=read, total=size),
        )
    typer.echo(f"{target}: {written.entries:,} entries with {written.names:,} names.")
    typer.echo(f"Articles use it with PARALLAX_KNOWLEDGE={target}")


@commands.command()
def check(
    source: Annotated[
        Path, typer.Argument(help="A JSON Lines file of entries.", show_default=False)
    ],
) -> None:
    """Name the lines of a knowledge file that are wrong; exit code 1 if there are any."""
    from app.services import knowledge

    wrong = 0
    for fault in knowledge.faults(source):
        wrong += 1
        typer.echo(f"{source}, line {fault.line}: {fault.detail}")
    if wrong:
        typer.echo(f"{wrong:,} lines are wrong.", err=True)
        raise typer.Exit(WRONG)
    typer.echo(f"{source}: every line is an entry.")


def _default_first(settings: "Settings") -> Callable[[str], tuple[bool, str]]:
    return lambda language: (language != settings.default_language, language)


def _bar() -> "Progress":
    """A bar in bytes on standard error; invisible where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
