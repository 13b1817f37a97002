"""`parallax compare`: outlets, articles or files side by side."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from app.cli.assembly import open_collection, open_encoder
from app.domain.annotation import Analysis, AnalysisInput
from app.domain.answer import SECTIONS, Comparison
from app.domain.article import Published
from app.domain.comparison import ArticleRef, ComparedText
from app.domain.limits import EVIDENCE, TOP
from app.errors import InvalidInput
from app.serving import read_settings
from app.terminal.choices import among
from app.terminal.formats import ComparisonFormat

if TYPE_CHECKING:
    from pydantic import BaseModel

    from app.settings import Settings
    from app.store.engine.sessions import ReadSession

    # From an article and its revision to what that reads.
    type Text = Callable[[int, int], str]

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE", help="Two to eight files, compared without storing."),
]
Sources = Annotated[
    list[str] | None, typer.Option(help="A stored outlet (slug or name); name two to eight.")
]
Groups = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY:SOURCE,...@FROM..TO",
        help="Several outlets, or a period, as one side; * for any source.",
    ),
]
Others = Annotated[
    str | None, typer.Option(help="An outlet of the story, set against all the rest of it.")
]
Articles = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID[@REVISION]",
        help="A stored article, or one revision of it (7@1); name two to eight.",
    ),
]
Story = Annotated[
    int | None, typer.Option(help="Only articles of this story (id); alone: all its outlets.")
]
Sections = Annotated[
    list[str] | None,
    typer.Option(callback=among(SECTIONS), help=f"Only this section: {', '.join(SECTIONS)}."),
]
Unclear = Annotated[
    bool, typer.Option("--unclear", help="List sentences neither shared nor one side's alone.")
]


def compare_sides(
    files: Files = None,
    source: Sources = None,
    article: Articles = None,
    side: Groups = None,
    others: Others = None,
    story: Story = None,
    since: Annotated[
        str | None, typer.Option(help="First day, or instant, of the articles.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="First day, or instant, after them.")] = None,
    section: Sections = None,
    top: Annotated[int, typer.Option(help="Items in each list.")] = TOP,
    evidence: Annotated[int, typer.Option(help="Places shown for each item.")] = EVIDENCE,
    unclear: Unclear = False,
    format_: Annotated[
        ComparisonFormat, typer.Option("--format", help="How it is printed.")
    ] = ComparisonFormat.table,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file for HTML; standard output without it."),
    ] = None,
) -> None:
    """Set two to eight outlets, articles or files side by side.

    Evidence stands in the words around it, with the title of its article and its place there:
    ARTICLE:START-END, characters of the stored text.
    """
    _check_sides(files or [], source or [], article or [], side or [], others=others, story=story)
    settings = read_settings()
    how = ComparisonFormat.json if as_json else format_
    if how is ComparisonFormat.brief:
        if section:
            raise typer.BadParameter("--format brief shows the brief alone: leave out --section")
        section = ["brief"]
    if output and how is not ComparisonFormat.html:
        raise typer.BadParameter("--output is for --format html: the others are printed")
    shown = _Shown(sections=section or [], evidence=evidence, top=top, unclear=unclear)
    if files:
        if story or since or until:
            raise typer.BadParameter("files cannot be compared with what is stored")
        compared = _compared_files(files, settings, shown)
        _print(compared, how, _texts_of(compared), output)
    else:
        from app.services.compare import compare_stored
        from app.services.revisions import named_revisions
        from app.services.sides import SideRequest
        from app.services.vectors import Vectors

        articles = [_article(each) for each in article or []]
        with open_collection(settings) as store:
            revisions = named_revisions(store, articles, partial(_analysed, settings))
            with open_encoder(settings) as encoder, store.read() as session:
                compared = compare_stored(
                    session,
                    sources=source or [],
                    articles=articles,
                    asked=[SideRequest.parse(each) for each in side or []],
                    others=others,
                    story=story,
                    since=_instant("--since", since),
                    until=_instant("--until", until),
                    **shown,
                    max_side_articles=settings.max_side_articles,
                    max_pairs=settings.max_sentence_pairs,
                    vectors=Vectors(store, encoder) if encoder else None,
                    revisions=revisions,
                )
                _print(compared, how, _stored_texts(session), output)


class _Shown(TypedDict):
    """What a comparison is to show."""

    sections: list[str]
    evidence: int
    top: int
    unclear: bool


def _compared_files(files: list[str], settings: "Settings", shown: _Shown) -> Comparison:
    from app.jobs.pool import analyser_pool
    from app.services import collection
    from app.services.compare import compare_texts

    texts = collection.texts_to_compare(files, settings, stdin=sys.stdin.buffer)
    with analyser_pool(settings) as pool, open_encoder(settings) as encoder:
        return compare_texts(
            texts,
            pool.analyse,
            **shown,
            max_chars=settings.max_text_chars,
            max_pairs=settings.max_sentence_pairs,
            encoder=encoder,
        )


def _analysed(settings: "Settings", texts: list[AnalysisInput]) -> list[Analysis]:
    from app.jobs.pool import analyser_pool

    with analyser_pool(settings) as pool:
        return pool.analyse(texts)


def _article(value: str) -> ArticleRef:
    try:
        return ArticleRef.parse(value)
    except InvalidInput as error:
        raise typer.BadParameter(f"--article: {error.detail}") from None


def _check_sides(*named: Sequence[object], others: str | None, story: int | None) -> None:
    """Raises BadParameter unless sides of one kind are named, two to eight of them, or a story."""
    from app.services.sides import MAX_SIDES, MIN_SIDES

    kinds = [each for each in (*named, others) if each]
    if len(kinds) > 1:
        raise typer.BadParameter(
            "name the sides in one way: by files, --source, --article, --side or --others"
        )
    if others or (not kinds and story is not None):
        return
    sides = max(map(len, named))
    if not MIN_SIDES <= sides <= MAX_SIDES:
        raise typer.BadParameter(
            f"a comparison has two to eight sides, not {sides}: name two files, or --source, "
            "--article or --side twice, or a --story"
        )


def _print(compared: Comparison, how: ComparisonFormat, text: "Text", output: Path | None) -> None:
    if how is ComparisonFormat.html:
        write_page(_page(compared, text), output)
        return
    from app.terminal.comparison import print_comparison

    print_comparison(compared, how, comparison_answer, text)


def _page(compared: Comparison, text: "Text") -> str:
    from app.pages.comparison.quoted import evidence
    from app.pages.kept import comparison_file

    cited = {(each.article, each.revision) for each in evidence(compared)}
    return comparison_file(compared, {place: text(*place) for place in cited}).page


def write_page(page: str, output: Path | None) -> None:
    """Writes a page to a file, or prints it. Raises InvalidInput for a file that cannot be
    written."""
    if output is None:
        print(page, end="")
        return
    try:
        output.write_text(page, "utf-8")
    except OSError as error:
        raise InvalidInput(f"{output} cannot be written: {error.strerror}.") from None


def _stored_texts(session: "ReadSession") -> "Text":
    from app.services import query

    @cache
    def text(article: int, revision: int) -> str:
        return query.texts(session, [(article, revision)])[article, revision]

    return text


def _texts_of(compared: Comparison) -> "Text":
    texts = {
        each.article: each.text for each in compared.articles if isinstance(each, ComparedText)
    }
    return lambda article, _: texts[article]


def comparison_answer(comparison: Comparison) -> "BaseModel":
    """What the API answers for a comparison."""
    from app.web.schemas.comparison import Comparison as Answer

    return Answer.of(comparison)


def _instant(option: str, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return Published.parse(value).instant
    except InvalidInput as error:
        raise typer.BadParameter(f"{option}: {error.detail}") from None
