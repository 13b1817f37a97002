"""Comparisons of what is stored, by outlet or article, and of texts that are stored nowhere."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import datetime

from app import __version__
from app.compare.comparison import compare
from app.compare.method import load_methods as load_methods
from app.compare.method import needs_of
from app.compare.statements import PAIRS
from app.domain.answer import SECTIONS, Comparison, Section
from app.domain.comparison import (
    ArticleFindings,
    ArticleRef,
    ComparedArticle,
    ComparedText,
    EvidenceSource,
    Filters,
    LeftOut,
    Side,
    TextToCompare,
)
from app.domain.language_tags import NO_TAG, primary_language
from app.domain.limits import EVIDENCE, MAX_EVIDENCE, MAX_TOP, TOP
from app.domain.text import check_characters
from app.errors import InvalidInput, TooLarge
from app.services.revisions import NO_REVISIONS, BothSources, NamedRevisions
from app.services.sides import (
    MAX_SIDES,
    MIN_SIDES,
    ArticleFilter,
    OnSide,
    RequestedSide,
    SideRequest,
    sides,
)
from app.services.texts import Analyse, text_sides
from app.services.vectors import Encoder, Vectors, read_vectors
from app.store.engine.sessions import ReadSession
from app.store.queries.comparison import comparison_findings
from app.store.queries.evidence import StoredEvidence
from app.store.records import SideArticle


def compare_stored(
    session: ReadSession,
    *,
    sources: Sequence[str] = (),
    articles: Sequence[ArticleRef] = (),
    asked: Sequence[SideRequest] = (),
    others: str | None = None,
    story: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    sections: Collection[str] = (),
    evidence: int = EVIDENCE,
    top: int = TOP,
    unclear: bool = False,
    max_side_articles: int = 2_000,
    max_pairs: int = PAIRS,
    vectors: Vectors | None = None,
    revisions: NamedRevisions = NO_REVISIONS,
) -> Comparison:
    """What two to eight sides share and what sets them apart.

    `sources` are names or slugs of outlets; a side is what its outlet published from `since` and
    before `until`, and of that what is in `story`. A story alone is compared between all its
    outlets, and with `others` that outlet with all the rest, articles without an outlet among them.
    `articles` are each a side of the key `article:ID`, or `article:ID@REVISION` where a revision is
    named, which `revisions` then has; corrections of single mentions do not reach it. Sides that
    are `asked` are groups of outlets or of articles, or periods. What is not analysed, or could not
    be, is left out with its reason, even where a side is empty for it. No section asked for means
    all. An item has at most `evidence` spots a side (0 to 50), a list `top` items (1 to 500);
    `unclear` lists the sentences of which `statements` can say neither that they are shared nor
    that they are one side's alone. Of very large sides `statements` weighs at most `max_pairs`
    pairs of sentences.

    Raises InvalidInput, with the parameter at fault, for fewer than two sides or more than eight,
    one named twice, an article on two sides, sides named in two ways, an unknown one, a side
    without articles in the period or the story, or with more than `max_side_articles`.
    """
    wanted = _checked(sections, evidence, top)
    requested = sides(
        session,
        sources=sources,
        articles=articles,
        asked=asked,
        others=others,
        within=ArticleFilter(since, until, story),
        limit=max_side_articles,
        revisions=revisions,
    )
    encoder = vectors.encoder if vectors else None
    read = comparison_findings(
        session,
        [each.number for each in _standing(requested) if each.article.analysed and each.number > 0],
        needs_of(wanted),
        encoder.version if encoder else None,
    )
    weighed = read_vectors(wanted)
    if vectors and weighed:
        read = vectors.complete(session, read)
    source: EvidenceSource = StoredEvidence(session)
    if revisions.found:
        named, memory = revisions.read(session, encoder if weighed else None)
        read, source = [*read, *named], BothSources(source, memory)
    by_number = {each.article: each for each in read}
    return revisions.placed(
        compare(
            [_side(each, by_number) for each in requested],
            source,
            filters=Filters(story, since, until),
            articles=[_article(each, side) for side in requested for _, each in side.articles],
            left_out=_left_out(requested, by_number),
            sections=wanted,
            evidence=evidence,
            top=top,
            unclear=unclear,
            pairs=max_pairs,
            versions=_versions((each.pipeline for each in read), wanted, encoder),
        )
    )


def compare_texts(
    texts: Sequence[TextToCompare],
    analyse: Analyse,
    *,
    sections: Collection[str] = (),
    evidence: int = EVIDENCE,
    top: int = TOP,
    unclear: bool = False,
    max_chars: int = 1_000_000,
    max_pairs: int = PAIRS,
    encoder: Encoder | None = None,
) -> Comparison:
    """What two to eight texts share and what sets them apart. Nothing is cleaned, stored or looked
    up.

    In the answer `article` is the place of a text, from 0; entity ids hold within it; its
    `articles` are `ComparedText`, which the offsets count into. A text in a
    language without a pipeline is left out, with the reason.

    Raises InvalidInput for fewer than two texts or more than eight, a source that is blank or not
    the only one of its name, a blank text, and characters that no text may hold; TooLarge for a
    text of more than `max_chars` code points; what `analyse` and the encoder raise.
    """
    wanted = _checked(sections, evidence, top)
    _check_texts(texts, max_chars)
    brought = text_sides(texts, analyse, encoder if read_vectors(wanted) else None)
    return compare(
        brought.sides,
        brought.source,
        articles=[
            ComparedText(
                article=n,
                title=text.title,
                source=text.source,
                url=None,
                published_at=text.published.instant if text.published else None,
                side=text.source,
                revision=1,
                language=analysis.language,
                body_start=read.body_start,
                text=read.text,
            )
            for n, (text, read, analysis) in enumerate(
                zip(texts, brought.inputs, brought.analyses, strict=True)
            )
        ],
        left_out=brought.left_out,
        sections=wanted,
        evidence=evidence,
        top=top,
        unclear=unclear,
        pairs=max_pairs,
        versions=_versions(
            (each.pipeline for each in brought.analyses if each.annotation is not None),
            wanted,
            encoder,
        ),
    )


def _standing(requested: Sequence[RequestedSide]) -> list[OnSide]:
    return [each for side in requested for each in side.articles]


def _article(each: SideArticle, side: RequestedSide) -> ComparedArticle:
    return ComparedArticle(
        each.id, each.title, each.source, each.url, each.published_at, side.key, each.revision
    )


def _side(requested: RequestedSide, read: Mapping[int, ArticleFindings]) -> Side:
    found = (read[each.number] for each in requested.articles if each.number in read)
    return Side(
        requested.key, requested.name, tuple(found), since=requested.since, until=requested.until
    )


def _left_out(requested: Sequence[RequestedSide], read: Container[int]) -> list[LeftOut]:
    return [
        LeftOut(each.article.id, side.key, _why(each.article))
        for side in requested
        for each in side.articles
        if each.number not in read
    ]


def _why(article: SideArticle) -> str:
    match article.state:
        case "pending":
            return "its analysis is still pending"
        case "failed":
            return f"its analysis failed: {article.reason or 'no reason is known'}"
        case _:
            return article.reason or "it has no analysis"


def _check_texts(texts: Sequence[TextToCompare], max_chars: int) -> None:
    if not MIN_SIDES <= len(texts) <= MAX_SIDES:
        raise InvalidInput(
            f"A comparison has two to eight sides, not {len(texts)}: send so many articles."
        ).at("#/articles")
    seen: set[str] = set()
    for number, text in enumerate(texts):
        row = f"#/articles/{number}"
        for name, value in (("source", text.source), ("title", text.title), ("text", text.text)):
            try:
                check_characters(value or "")
            except InvalidInput as error:
                raise InvalidInput(f"{name}: {error.detail}.").at(f"{row}/{name}") from None
        if not text.source.strip():
            raise InvalidInput("source is blank: name the side.").at(f"{row}/source")
        if text.source in seen:
            raise InvalidInput(
                f"Each source names a side, and {text.source!r} names two: each must differ."
            ).at(f"{row}/source")
        seen.add(text.source)
        if not text.text.strip():
            raise InvalidInput("text is blank: there is nothing to compare.").at(f"{row}/text")
        if text.language and primary_language(text.language) is None:
            raise InvalidInput(f"language {text.language[:40]!r} {NO_TAG}.").at(f"{row}/language")
        if len(text.text) > max_chars:
            raise TooLarge(
                f"A text of {len(text.text):,} characters is longer than the limit of "
                f"{max_chars:,}."
            ).at(f"{row}/text")


def _checked(sections: Collection[str], evidence: int, top: int) -> tuple[Section, ...]:
    """The sections to answer with, in the order of the design."""
    for section in sections:
        if section not in SECTIONS:
            raise InvalidInput(
                f"There is no section {section!r}; there are {' and '.join(SECTIONS)}."
            ).at("?section")
    if not 0 <= evidence <= MAX_EVIDENCE:
        raise InvalidInput(f"evidence is from 0 to {MAX_EVIDENCE} spots an item.").at("?evidence")
    if not 1 <= top <= MAX_TOP:
        raise InvalidInput(f"top is from 1 to {MAX_TOP} items a list.").at("?top")
    return tuple(section for section in SECTIONS if section in sections or not sections)


def _versions(
    pipelines: Iterable[str], sections: Sequence[Section], encoder: Encoder | None
) -> dict[str, str]:
    versions = {"parallax": __version__, "pipeline": " | ".join(sorted(set(pipelines))) or "none"}
    if read_vectors(sections):
        versions["vectors"] = encoder.version if encoder else "none"
    return versions
