"""The command `parallax`: the same services as the API, for a terminal and for scripts.

Exit codes: 0 all done, 1 failed, 2 wrong usage, 3 done in part (standard error names the rest).

Each command imports what it needs when it runs: `--version` and `--help` wait for none of it.
"""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import __version__
from app.cli.agents import mcp
from app.cli.annotate import annotate
from app.cli.assembly import open_collection, open_store, working
from app.cli.brief import brief
from app.cli.compare import compare_sides
from app.domain.article import Article, Source
from app.domain.entity import Entity
from app.domain.feed import PolledFeed
from app.domain.page import ArticleFilter, Page, PageRequest
from app.domain.story import Story
from app.serving import read_settings, serve
from app.terminal import correct, export, feeds, knowledge, lists, retain, show
from app.terminal.completion import completion
from app.terminal.parts import Parts
from app.terminal.plain import Plain

if TYPE_CHECKING:
    from app.store.engine.sessions import Store

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
FAILED, PARTLY = 1, 3

parallax = Plain(
    name="parallax",
    help="What outlets share, what only one of them says, and in which words.",
    epilog="Settings are environment variables PARALLAX_*; the README lists them. "
    "Exit codes: 0 all done, 1 failed, 2 wrong usage, 3 done in part.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"parallax {__version__}")
        raise typer.Exit


@parallax.callback()
def _root(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hands the commands their parts; its being there lets `parallax` alone print them."""
    context.obj = Parts(
        read_settings,
        open_collection,
        open_store,
        _article_list,
        _entity_list,
        _story_list,
        _source_list,
        _feed_list,
    )


parallax.command()(serve)


@parallax.command()
def ingest(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH_OR_URL...",
            help="Files (.txt .md .html .json .ndjson .csv .parquet .warc .xml, also .gz or .zst), "
            "folders (with a manifest "
            "articles.jsonl or without), web pages, feeds; - for standard input.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="The outlet of articles that do not name theirs.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of articles that do not name theirs.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Load the sample corpus too.")] = False,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Do nothing when there are articles already.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Take articles in and analyse them; what is there already is left as it is."""
    from app.intake.fetch import Fetcher
    from app.services import collection
    from app.services.brought import Versions
    from app.terminal.progress import progress_bar

    settings = read_settings()
    wanted = [*(inputs or ()), *([str(SAMPLE)] if sample else ())]
    if not wanted:
        raise typer.BadParameter("name a file, a folder, an address or - (or use --sample)")
    with open_store(settings) as store:
        if if_empty and _holds_articles(store):
            typer.echo("The collection holds articles already: nothing is loaded.", err=True)
            return
        fetcher = Fetcher.from_settings(settings)
        with working(store, settings, fetcher) as (runner, pool), progress_bar() as bar:
            collected = collection.collect(
                store,
                wanted,
                settings,
                fetcher,
                stdin=sys.stdin.buffer,
                defaults=collection.Defaults(source, language),
                work=runner,
                show=bar.far,
                report=lambda failure: bar.say(f"{failure.place}: {failure.detail}"),
                version_of=Versions(pool.analyse),
            )
    if as_json:
        typer.echo(json.dumps(asdict(collected), ensure_ascii=False))
    else:
        typer.echo(collected.sentence())
    if collected.failed:
        raise typer.Exit(PARTLY if collected.taken else FAILED)


parallax.command()(annotate)
parallax.command("compare")(compare_sides)
parallax.command()(brief)


@parallax.command()
def reannotate(as_json: JsonOption = False) -> None:
    """Analyse anew what an older version analysed, and tell what that changed.

    All names are resolved anew and all stories grouped anew. Corrections hold as before. Broken
    off, the next call goes on where this one was.
    """
    from app.intake.fetch import Fetcher
    from app.jobs.pool import analyser_pool
    from app.jobs.runner import Runner
    from app.services import reannotation
    from app.services.name_rebuild import reresolve
    from app.services.story_rebuild import regroup
    from app.terminal.progress import progress_bar
    from app.terminal.tables import change_line

    settings = read_settings()
    total = changed = failed = 0
    with open_collection(settings) as store, analyser_pool(settings) as pool:
        current = reannotation.current_versions(store, pool.analyse)
        with Runner(store, pool, settings, Fetcher.from_settings(settings)) as runner:
            for each in reannotation.reannotate(store, current, runner):
                total += 1
                changed += each.changed
                failed += each.failed
                if as_json:
                    typer.echo(json.dumps(asdict(each), ensure_ascii=False))
                elif each.changed:
                    typer.echo(change_line(each))
        with progress_bar() as bar:
            renamed = reresolve(store, partial(bar.show, "Joining names"))
            moved = regroup(store, partial(bar.show, "Grouping stories"))
    if as_json:
        typer.echo(
            json.dumps({"names_of_another_entity": renamed, "articles_in_another_story": moved})
        )
    else:
        typer.echo(
            f"{total:,} articles analysed again, {changed:,} of them changed; {renamed:,} names "
            f"are another entity's now, {moved:,} articles in another story."
        )
    if failed:
        raise typer.Exit(FAILED if failed == total else PARTLY)


@parallax.command()
def backup(
    target: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
) -> None:
    """Copy the database to a file, consistent also while the service is running."""
    from app.store.backup import backup as write_backup
    from app.store.engine.schema import require_collection

    settings = read_settings()
    require_collection(settings.database_url)
    write_backup(settings.database_url, target)
    typer.echo(f"{target}: {target.stat().st_size:,} bytes.")


@parallax.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `backup` wrote.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="An empty database, or the restore to go on with.")
    ],
) -> None:
    """Make a collection of a backup again, on SQLite or PostgreSQL, and compare the two.

    TO is sqlite:///FILE or postgresql://USER@HOST/DATABASE; where it holds anything else, or a
    service or worker is at work on it, nothing is changed. Broken off, the same command goes on
    where it was. A backup of an older version is brought up to date, the file itself is not.
    """
    from app.jobs.lock import nobody_at_work
    from app.store.backup import restore as restore_backup
    from app.terminal.progress import progress_bar

    with nobody_at_work(target), progress_bar() as bar:
        restored = restore_backup(source, target, bar.show)
    typer.echo(restored.sentence())


@parallax.command()
def worker(
    concurrency: Annotated[
        int, typer.Option(help="Analyser processes, about 500 MB each.", min=1, max=64)
    ] = 1,
) -> None:
    """Analyse what waits in the collection, and answer no requests.

    On PostgreSQL any number of workers, on any number of hosts, share the work with each other and
    with `parallax serve`; what one had in hand that was killed is taken up within half a minute. On
    an SQLite file it works while no other process does. Ends on SIGTERM or Ctrl-C.
    """
    import signal
    import threading
    from contextlib import ExitStack

    from app.jobs.encoding import EncoderProcess
    from app.jobs.pool import analyser_pool
    from app.main import at_work

    given = {"workers": concurrency, "articles": None}
    settings = read_settings(serving=True).model_copy(update=given)
    ending = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ending.set())
    with analyser_pool(settings) as pool, ExitStack() as parts:
        encoder = parts.enter_context(EncoderProcess()) if settings.vectors else None
        at_work(parts, settings, pool, encoder)
        ending.wait()


@parallax.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A collection: its address.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="An empty database, or the copy to go on with.")
    ],
) -> None:
    """Copy a collection into another database, SQLite or PostgreSQL, and compare the two.

    An address is sqlite:///FILE or postgresql://USER@HOST/DATABASE. Broken off, the same command
    goes on where it was. Counts and hashes of every table are compared at the end.
    """
    from app.store.copying import copy_collection
    from app.store.engine.connections import parse_url
    from app.store.engine.schema import require_collection, upgrade
    from app.store.engine.sessions import Store
    from app.terminal.progress import progress_bar

    if parse_url(source) == parse_url(target):
        raise typer.BadParameter("FROM and TO are the same database")
    require_collection(source)
    upgrade(target)
    with Store(source) as old, Store(target) as new, progress_bar() as bar:
        copied = copy_collection(old, new, bar.show)
    typer.echo(copied.sentence())


parallax.command()(lists.sources)
parallax.command()(lists.articles)
parallax.command()(show.show)
parallax.command()(lists.entities)
parallax.command()(lists.stories)
parallax.command()(show.story)
parallax.command()(export.export)
parallax.command()(completion)
parallax.command()(mcp)
parallax.command()(retain.retain)
parallax.add_typer(correct.commands, name="correct")
parallax.add_typer(feeds.commands, name="feeds")
parallax.add_typer(knowledge.commands, name="knowledge")


def _article_list(page: Page[Article]) -> str:
    from app.web.schemas.articles import Article as Answer
    from app.web.schemas.articles import ArticleList

    return ArticleList.of(page, Answer.of).model_dump_json()


def _entity_list(page: Page[Entity]) -> str:
    from app.web.schemas.entities import Entity as Answer
    from app.web.schemas.entities import EntityList

    return EntityList.of(page, Answer.model_validate).model_dump_json()


def _source_list(page: Page[Source]) -> str:
    from app.web.schemas.sources import Source as Answer
    from app.web.schemas.sources import SourceList

    return SourceList.of(page, Answer.model_validate).model_dump_json()


def _feed_list(page: Page[PolledFeed]) -> str:
    from app.web.schemas.feeds import Feed as Answer
    from app.web.schemas.feeds import FeedList

    return FeedList.of(page, Answer.model_validate).model_dump_json()


def _story_list(page: Page[Story]) -> str:
    from app.web.schemas.stories import Story as Answer
    from app.web.schemas.stories import StoryList

    return StoryList.of(page, Answer.model_validate).model_dump_json()


def _holds_articles(store: "Store") -> bool:
    from app.services import query

    with store.read() as session:
        return bool(query.articles(session, ArticleFilter(), PageRequest(limit=1)).items)
