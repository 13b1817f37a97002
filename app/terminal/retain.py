"""The command that deletes what is older than it is to be kept."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from app.terminal.parts import parts_of

_DAYS = {"d": 1, "w": 7, "y": 365}


def _age(value: str) -> timedelta:
    found = re.fullmatch(r"([1-9]\d{0,4})([dwy])", value.strip().lower())
    if found is None:
        raise typer.BadParameter(f"{value!r} is no age: 365d, 52w or 1y (365 days) are")
    return timedelta(days=int(found[1]) * _DAYS[found[2]])


def retain(
    context: typer.Context,
    older_than: Annotated[
        timedelta,
        typer.Option(
            parser=_age,
            metavar="AGE",
            help="Delete what was published so long ago, or came in then where it is undated: "
            "365d, 52w, 1y.",
        ),
    ],
    source: Annotated[
        list[str] | None, typer.Option(help="Only of this outlet (slug or name); repeatable.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Delete nothing, tell what would go.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Delete articles that are older than they are to be kept, with all that was found in them.

    The same as deleting each by hand: counts follow, no feed or import brings them back. The
    service may run meanwhile. PARALLAX_RETENTION_DAYS has the service do it by itself.
    """
    from app.services.retention import Retention, delete_expired, expired
    from app.terminal.progress import progress_bar

    what = Retention(datetime.now(UTC) - older_than, tuple(source or ()))
    with parts_of(context).collection() as store:
        going = expired(store, what)
        gone = 0
        if not dry_run:
            with progress_bar() as bar:
                gone = delete_expired(
                    store, what, lambda done: bar.show("Deleting", done, going.articles)
                )
    if as_json:
        typer.echo(json.dumps({**asdict(going), "deleted": gone}, ensure_ascii=False))
        return
    outlets = ", ".join(f"{name or 'no outlet'} {n:,}" for name, n in going.sources.items())
    done = f"{going.articles:,} would be deleted" if dry_run else f"{gone:,} deleted"
    since = f"{what.before:%Y-%m-%d %H:%M} UTC"
    typer.echo(f"Articles from before {since}: {done}{f' ({outlets})' if outlets else ''}.")
