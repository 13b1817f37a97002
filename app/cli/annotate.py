"""`parallax annotate`: texts in, what is found in them out, no database."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from app.serving import read_settings

FAILED, PARTLY = 1, 3


def annotate(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files and folders as `ingest` reads them, also of an object store (s3://...); "
            "with --out.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(help="The folder (or s3://...) to write Parquet to, which `ingest` takes."),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(help="The address of a Ray cluster; by default this machine.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Analysers; by default one for each core.", min=1, max=10_000)
    ] = None,
    block: Annotated[
        int, typer.Option(help="Documents of a file: what a lost worker costs.", min=1, max=100_000)
    ] = 1_000,
    source: Annotated[
        str | None, typer.Option(help="The outlet of articles that do not name theirs.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of articles that do not name theirs.")
    ] = None,
    across: Annotated[
        bool, typer.Option("--across", help="Let entity ids hold over the whole standard input.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Find names, quotes, figures and dates in texts, without a database.

    With --out: annotate files on the cores of this machine or of a Ray cluster, into Parquet that
    `parallax ingest` stores without annotating again (needs parallax[ray]). Broken off, the same
    command goes on where it was.

    Without: JSON Lines in and out. Reads {"id", "text", "title"?, "source"?, "published_at"?,
    "language"?} from standard input and writes {"id", "mentions", "references", "quotes",
    "figures", "dates"} for each, with offsets (code points) into the text as it was given.
    """
    if out is None:
        if inputs:
            raise typer.BadParameter("files are annotated into a folder: name it with --out")
        _stream(across)
        return
    if not inputs or across:
        what = "--across is for standard input" if across else "name the files to annotate"
        raise typer.BadParameter(what)
    _files(inputs, out, _Cluster(cluster, workers), block, (source, language), as_json)


@dataclass(frozen=True, slots=True)
class _Cluster:
    address: str | None
    workers: int | None


@dataclass(slots=True)
class _Counts:
    """What became of a run: documents annotated now, there already, failed, passed over."""

    annotated: int = 0
    there: int = 0
    failed: int = 0
    passed: int = 0
    files: int = 0

    def sentence(self) -> str:
        parts = [f"{self.annotated:,} annotated, in {self.files:,} files"]
        for count, what in (
            (self.there, "there already"),
            (self.passed, "passed over (no pages, or not answered with 200)"),
            (self.failed, "failed"),
        ):
            if count:
                parts.append(f"{count:,} {what}")
        return f"{', '.join(parts)}."


def _files(
    inputs: Sequence[str],
    out: str,
    asked: _Cluster,
    block: int,
    defaults: tuple[str | None, str | None],
    as_json: bool,
) -> None:
    from app.intake.places import places
    from app.jobs import cluster
    from app.jobs.blocks import Order
    from app.services.following import Far
    from app.terminal.progress import progress_bar

    settings = read_settings()
    found = [place for each in inputs for place in places(each)]
    size = max(1, sum(place.size for place in found))
    counts, read = _Counts(), 0
    with cluster.cluster(asked.address, asked.workers) as workers, progress_bar() as bar:
        order = Order(out, block, *defaults)
        for done in cluster.annotate_files(found, order, settings, workers):
            counts.annotated += done.documents - done.failed
            counts.failed += done.failed
            counts.there += done.there
            counts.passed += done.passed
            counts.files += bool(done.documents)
            read += done.size
            for error in done.errors:
                bar.say(error)
            if done.failed > len(done.errors):
                bar.say(f"{done.name}: {done.failed - len(done.errors):,} more, in its `error`")
            through = counts.annotated + counts.failed + counts.there
            bar.far(Far("Annotating", through, through, read / size))
    typer.echo(json.dumps(asdict(counts)) if as_json else counts.sentence())
    if counts.failed:
        raise typer.Exit(PARTLY if counts.annotated or counts.there else FAILED)


def _stream(across: bool) -> None:
    from app.jobs.pool import analyser_pool
    from app.services import annotation_stream

    settings = read_settings()
    failed = total = 0
    with analyser_pool(settings) as pool:
        rows = annotation_stream.read_rows(sys.stdin.buffer, settings.max_text_chars)
        for found in annotation_stream.annotate(rows, pool.submit, across=across):
            total += 1
            if found.row.unknown:
                keys = ", ".join(found.row.unknown)
                typer.echo(f"line {found.row.line}: warning: not read: {keys}", err=True)
            if found.error:
                failed += 1
                typer.echo(f"line {found.row.line}: {found.error.detail}", err=True)
            print(json.dumps(annotation_stream.answer(found), ensure_ascii=False))
    if failed:
        raise typer.Exit(FAILED if failed == total else PARTLY)
