"""`parallax brief`: what the outlets of a story share and how they differ, to read in a minute."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.assembly import open_collection, open_encoder
from app.cli.compare import comparison_answer, write_page
from app.serving import read_settings
from app.terminal.formats import BriefFormat

if TYPE_CHECKING:
    from app.domain.answer import Comparison
    from app.store.engine.sessions import ReadSession


def brief(
    number: Annotated[int, typer.Argument(metavar="ID", help="The story.", min=1)],
    format_: Annotated[
        BriefFormat, typer.Option("--format", help="How it is printed.")
    ] = BriefFormat.text,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file for HTML; standard output without it."),
    ] = None,
) -> None:
    """Show the brief of a story: what its outlets share, where they differ, what one alone reports.

    Of more than eight outlets it is about the eight with the most words. As HTML it is one file to
    keep, with the texts of its evidence.
    """
    from app.services.brief import story_brief
    from app.services.vectors import Vectors

    if output and format_ is not BriefFormat.html:
        raise typer.BadParameter("--output is for --format html: the others are printed")
    settings = read_settings()
    with (
        open_collection(settings) as store,
        open_encoder(settings) as encoder,
        store.read() as session,
    ):
        comparison = story_brief(
            session,
            number,
            max_side_articles=settings.max_side_articles,
            max_pairs=settings.max_sentence_pairs,
            vectors=Vectors(store, encoder) if encoder else None,
        )
        if format_ is BriefFormat.html:
            write_page(_page(session, number, comparison), output)
            return
    _print(comparison, format_)


def _page(session: "ReadSession", number: int, comparison: "Comparison") -> str:
    from app.pages.comparison.quoted import evidence
    from app.pages.kept import brief_file
    from app.services import query, stories

    places = {(each.article, each.revision) for each in evidence(comparison)}
    return brief_file(stories.story(session, number), comparison, query.texts(session, places)).page


def _print(comparison: "Comparison", how: BriefFormat) -> None:
    from app.compare.brief.rendering import markdown_page, text_page

    if how is BriefFormat.json or comparison.brief is None:
        print(comparison_answer(comparison).model_dump_json(exclude_unset=True))
        return
    rendered = markdown_page if how is BriefFormat.markdown else text_page
    print(rendered(comparison, comparison.brief), end="")
