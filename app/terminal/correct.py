"""`parallax correct ...`: corrections by people, from a terminal."""

import getpass
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.annotation import TYPES
from app.domain.page import CorrectionFilter, PageRequest
from app.terminal.choices import among
from app.terminal.parts import parts_of
from app.terminal.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.logged import LoggedCorrection
    from app.services.corrector import Corrector
    from app.services.entity_changes import EntityChanges

EntityId = Annotated[int, typer.Argument(help="The id of the entity.", show_default=False)]
SourceSlug = Annotated[str, typer.Argument(help="The slug of the outlet.", show_default=False)]
StoryId = Annotated[int, typer.Argument(help="The id of the story.", show_default=False)]
NewName = Annotated[str | None, typer.Option(help="What the new entity is called.")]
Reason = Annotated[str | None, typer.Option("--reason", "-r", help="Why; it stands in the log.")]
Author = Annotated[
    str | None, typer.Option(help="Who corrects; your user name if absent.", show_default=False)
]

commands = Plain(
    help="Correct what names stand for, what is one story and one outlet; see and undo it.",
    no_args_is_help=True,
)


@commands.command()
def merge(
    context: typer.Context,
    entity: EntityId,
    into: Annotated[int, typer.Option(help="The entity that it is part of.")],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Make an entity part of another."""
    from app.services import correct

    with parts_of(context).collection() as store:
        _tell(correct.merge(store, entity, into, _by(author, reason)))


@commands.command()
def split(
    context: typer.Context,
    entity: EntityId,
    alias: Annotated[
        list[str] | None, typer.Option(help="A name that is another entity's; may repeat.")
    ] = None,
    mention: Annotated[
        list[int] | None, typer.Option(help="A mention (id) of another entity; may repeat.")
    ] = None,
    name: NewName = None,
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Make a new entity of some names, or of single mentions."""
    from app.services import correct

    if bool(alias) == bool(mention):
        raise typer.BadParameter("give either --alias or --mention")
    by = _by(author, reason)
    with parts_of(context).collection() as store:
        if alias:
            done = correct.split_aliases(store, entity, alias, by, name=name)
        else:
            done = correct.split_mentions(store, entity, mention or [], by, name=name)
    _tell(done)


@commands.command()
def retype(
    context: typer.Context,
    entity: EntityId,
    type_: Annotated[
        str, typer.Argument(metavar="TYPE", callback=among(TYPES), help="PERSON, ORG, GPE, ...")
    ],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Say what an entity is."""
    from app.services.entity_changes import EntityChanges

    _change(context, entity, EntityChanges(type=type_), _by(author, reason))


@commands.command()
def rename(
    context: typer.Context,
    entity: EntityId,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Say what an entity is called."""
    from app.services.entity_changes import EntityChanges

    _change(context, entity, EntityChanges(name=name), _by(author, reason))


@commands.command()
def alias(
    context: typer.Context,
    entity: EntityId,
    add: Annotated[str | None, typer.Option(help="A name of it, wherever it stands.")] = None,
    drop: Annotated[str | None, typer.Option(help="A name that is not its.")] = None,
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Give an entity a name, or take one away."""
    from app.services.entity_changes import EntityChanges

    if add is None and drop is None:
        raise typer.BadParameter("give --add or --drop")
    _change(
        context,
        entity,
        EntityChanges(add_alias=add, drop_aliases=() if drop is None else (drop,)),
        _by(author, reason),
    )


@commands.command()
def reject(
    context: typer.Context,
    entity: EntityId,
    mention: Annotated[int, typer.Argument(help="The id of the mention.")],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Say that a mention does not name an entity."""
    from app.services.entity_changes import EntityChanges

    _change(context, entity, EntityChanges(reject_mentions=(mention,)), _by(author, reason))


@commands.command()
def pin(
    context: typer.Context, entity: EntityId, reason: Reason = None, author: Author = None
) -> None:
    """Keep an entity's name and type as they are, whatever is found later."""
    from app.services.entity_changes import EntityChanges

    _change(context, entity, EntityChanges(pin=True), _by(author, reason))


@commands.command("merge-story")
def merge_story(
    context: typer.Context,
    story: StoryId,
    into: Annotated[int, typer.Option(help="The story that it is part of.")],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Make a story part of another."""
    from app.services import correct_stories

    with parts_of(context).collection() as store:
        _tell(correct_stories.merge(store, story, into, _by(author, reason)))


@commands.command("split-story")
def split_story(
    context: typer.Context,
    story: StoryId,
    article: Annotated[
        list[int], typer.Option(help="An article (id) of another story; may repeat.")
    ],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Make a new story of some articles of one."""
    from app.services import correct_stories

    with parts_of(context).collection() as store:
        _tell(correct_stories.split(store, story, article, _by(author, reason)))


@commands.command("merge-source")
def merge_source(
    context: typer.Context,
    source: SourceSlug,
    into: Annotated[str, typer.Option(help="The outlet (slug) that it is part of.")],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Make an outlet part of another."""
    from app.services import correct_sources

    with parts_of(context).collection() as store:
        _tell(correct_sources.merge(store, source, into, _by(author, reason)))


@commands.command("source")
def change_source(
    context: typer.Context,
    source: SourceSlug,
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    domain: Annotated[
        list[str] | None, typer.Option(help="A domain that is its; may repeat. All others go.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Where it is: DE, GB, ...")] = None,
    language: Annotated[str | None, typer.Option(help="What it writes in: de, en, ...")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="A tag of yours; may repeat. All others go.")
    ] = None,
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Rename an outlet, or say which domains, country, language and tags it has."""
    from app.services import correct_sources

    changes = correct_sources.SourceChanges(name, domain, country, language, tag)
    if changes == correct_sources.SourceChanges():
        raise typer.BadParameter("give --name, --domain, --country, --language or --tag")
    with parts_of(context).collection() as store:
        _tell_all(correct_sources.change_source(store, source, changes, _by(author, reason)))


@commands.command()
def undo(
    context: typer.Context,
    correction: Annotated[int, typer.Argument(help="The id of the correction.")],
    reason: Reason = None,
    author: Author = None,
) -> None:
    """Undo a correction, in any order."""
    from app.services import correct

    with parts_of(context).collection() as store:
        done = correct.undo(store, correction, _by(author, reason))
    _tell(done, "Undone: ")


@commands.command("log")
def show_log(
    context: typer.Context,
    entity: Annotated[int | None, typer.Option(help="Only about this entity.")] = None,
    story: Annotated[int | None, typer.Option(help="Only about this story.")] = None,
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=200)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Show what was corrected, the newest first."""
    from rich.console import Console

    from app.services import query
    from app.terminal.corrections import correction_table

    with parts_of(context).collection() as store, store.read() as session:
        where = CorrectionFilter(entity=entity, story=story)
        page = query.corrections(session, where, PageRequest(limit=limit))
    if as_json:
        for each in page.items:
            typer.echo(json.dumps(asdict(each), ensure_ascii=False, default=str))
        return
    Console().print(correction_table(page.items))


def _change(context: typer.Context, entity: int, changes: "EntityChanges", by: "Corrector") -> None:
    """Makes these changes of an entity, and prints the corrections that they are."""
    from app.services.correct import change_entity

    with parts_of(context).collection() as store:
        _tell_all(change_entity(store, entity, changes, by))


def _tell_all(made: "Sequence[LoggedCorrection]") -> None:
    for each in made:
        _tell(each)
    if not made:
        typer.echo("It is so already: nothing changed.")


def _tell(done: "LoggedCorrection", opening: str = "") -> None:
    from app.terminal.corrections import sentence

    typer.echo(f"{opening}{sentence(done)}")


def _by(author: str | None, reason: str | None) -> "Corrector":
    from app.services.corrector import Corrector

    return Corrector(author or _user(), reason)


def _user() -> str | None:
    try:
        return getpass.getuser()
    except OSError:
        # A container may run under a number that has no name.
        return None
