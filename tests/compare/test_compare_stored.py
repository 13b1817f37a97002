"""Comparisons of what is stored: real tables, small analyses written by hand."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.annotation import Analysis, Annotation, Cluster, Mention, Term, Tokens
from app.domain.article import Document, Published, Submission
from app.domain.comparison import ArticleRef, TextToCompare
from app.domain.source_name import source_slug
from app.errors import InvalidInput
from app.intake.clean import clean
from app.services.analysis_writing import Analysed, record
from app.services.compare import compare_stored, compare_texts
from app.store.articles.queue import mark_failed
from app.store.articles.write import add_articles
from app.store.engine.schema import upgrade
from app.store.engine.sessions import ReadSession, Store, WriteSession

TEXTS = (
    ("Post", "2016-03-24", "Palmyra falls", "Soldiers entered Palmyra on foot.\n\nHoms waited."),
    ("Post", "2016-03-26", "Homs waits", "Nobody in Homs slept. Soldiers sang."),
    ("Times", "2016-03-25", "Army advances", "Palmyra was quiet.\n\nDamascus was not."),
    ("Echo", None, "Undated", "Palmyra again."),
)


def analysed(text: str) -> Analysis:
    """Capitalised words as names, all others as terms."""
    names: dict[str, list[Mention]] = {}
    words: dict[str, list[tuple[int, int]]] = {}
    for match in re.finditer(r"\w+", text):
        if match.group()[0].isupper():
            names.setdefault(match.group(), []).append(Mention(*match.span(), match.group(), "GPE"))
        else:
            words.setdefault(match.group(), []).append(match.span())
    return Analysis(
        "small 1",
        Annotation("small 1", "en", Tokens((), (), (), (), (), (), ()), (), ()),
        tuple(Cluster(name, "GPE", tuple(found), None, ()) for name, found in names.items()),
        tuple(Term(word, tuple(spans)) for word, spans in words.items()),
        "en",
    )


def document(source: str, day: str | None, title: str, text: str) -> Document:
    published = Published.parse(day) if day else None
    given = Submission(text=text, title=title, source=source, published=published)
    return clean(given, max_chars=10_000)


def add(session: WriteSession, made: Document) -> int:
    slug = source_slug(made.source) if made.source else None
    (accepted,) = add_articles(session, [(made, slug)], revive=True)
    assert accepted.id is not None
    return accepted.id


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles 1 to 4, analysed; 5, of the source Late, is not."""
    path = tmp_path_factory.mktemp("compare") / "parallax.db"
    upgrade(f"sqlite:///{path}")
    with Store(f"sqlite:///{path}") as store, store.write() as session:
        for each in TEXTS:
            made = document(*each)
            number = add(session, made)
            record(session, [Analysed(number, 1, analysed(made.text))])
        add(session, document("Late", "2016-03-27", "Too late", "Palmyra waits."))
    return path


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it that a test may change."""
    path = shutil.copy(filled, tmp_path / "parallax.db")
    with Store(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> Iterator[ReadSession]:
    with store.read() as opened:
        yield opened


def test_sources_are_sides_with_all_their_articles(session: ReadSession) -> None:
    comparison = compare_stored(session, sources=["post", "times"])
    assert [(each.key, each.name, each.articles) for each in comparison.sides] == [
        ("post", "Post", 2),
        ("times", "Times", 1),
    ]
    assert comparison.left_out == ()
    assert comparison.entities is not None
    (palmyra,) = comparison.entities.shared
    post, times = palmyra.sides["post"], palmyra.sides["times"]
    assert (post.mentions, post.articles, post.headline, post.lead) == (2, 1, 1, 1)
    assert (times.mentions, times.articles, times.headline, times.lead) == (1, 1, 0, 1)
    assert [item.name for item in comparison.entities.only["post"]] == [
        "Homs",
        "Soldiers",
        "Nobody",
    ]
    assert comparison.versions["pipeline"] == "small 1"


def test_every_spot_is_the_slice_of_the_stored_text(session: ReadSession) -> None:
    comparison = compare_stored(session, articles=[ArticleRef(1), ArticleRef(2), ArticleRef(3)])
    texts = {number: document(*each).text for number, each in enumerate(TEXTS, 1)}
    assert comparison.entities is not None
    lists = (comparison.entities.shared, *comparison.entities.only.values())
    spots = [
        spot
        for items in lists
        for item in items
        for side in item.sides.values()
        for spot in side.evidence
    ]
    assert len(spots) == sum(
        side.mentions for items in lists for item in items for side in item.sides.values()
    )
    assert all(texts[spot.article][spot.start : spot.end] == spot.text for spot in spots)


def test_the_stored_and_the_sent_text_are_counted_alike(session: ReadSession) -> None:
    stored = compare_stored(session, articles=[ArticleRef(1), ArticleRef(3)])
    documents = [document(*TEXTS[0]), document(*TEXTS[2])]
    sent = compare_texts(
        [
            TextToCompare(f"article:{number}", each.text[each.body_start :], each.title)
            for number, each in zip((1, 3), documents, strict=True)
        ],
        lambda inputs: [analysed(each.text) for each in inputs],
    )
    assert stored.entities is not None
    assert sent.entities is not None
    assert sent.entities.distance == stored.entities.distance
    assert sent.terms == stored.terms
    for ours, theirs in zip(stored.entities.shared, sent.entities.shared, strict=True):
        assert ours.name == theirs.name
        for side, found in ours.sides.items():
            other = theirs.sides[side]
            assert (found.mentions, found.share, found.salience) == (
                other.mentions,
                other.share,
                other.salience,
            )
            assert [spot.start for spot in found.evidence] == [
                spot.start for spot in other.evidence
            ]


def test_term_evidence_comes_from_the_stored_text(store: Store) -> None:
    with store.write() as session:
        for source, word in (("Ruins", "ruin "), ("Ferries", "ferry ")):
            made = document(source, None, "Title", "The " + word * 12 + "and the sea.")
            record(session, [Analysed(add(session, made), 1, analysed(made.text))])
    with store.read() as reading:
        comparison = compare_stored(
            reading, sources=["ruins", "ferries"], sections=["terms"], evidence=2
        )
    assert comparison.entities is None
    assert comparison.terms is not None
    assert {item.term: item.towards for item in comparison.terms.items} == {
        "ferry": "ferries",
        "ruin": "ruins",
    }
    ruin = next(item for item in comparison.terms.items if item.term == "ruin")
    assert [(spot.start, spot.text) for spot in ruin.evidence["ruins"]] == [
        (11, "ruin"),
        (16, "ruin"),
    ]
    assert ruin.counts == {"ruins": 12, "ferries": 0}


def test_a_period_takes_since_and_leaves_until_and_what_has_no_date(session: ReadSession) -> None:
    comparison = compare_stored(
        session,
        sources=["post", "times"],
        since=datetime(2016, 3, 24, tzinfo=UTC),
        until=datetime(2016, 3, 26, tzinfo=UTC),
    )
    assert [each.articles for each in comparison.sides] == [1, 1]
    with pytest.raises(InvalidInput, match="Echo has no articles in this period"):
        compare_stored(session, sources=["post", "echo"], since=datetime(2016, 1, 1, tzinfo=UTC))


def test_articles_are_sides_named_by_outlet_and_title_where_outlets_repeat(
    session: ReadSession,
) -> None:
    comparison = compare_stored(session, articles=[ArticleRef(1), ArticleRef(2), ArticleRef(3)])
    assert [(each.key, each.name) for each in comparison.sides] == [
        ("article:1", "Post: Palmyra falls"),
        ("article:2", "Post: Homs waits"),
        ("article:3", "Times"),
    ]


def test_a_pending_article_is_left_out_with_its_reason(session: ReadSession) -> None:
    comparison = compare_stored(session, sources=["post", "late"])
    assert comparison.sides[1].articles == 0
    (left_out,) = comparison.left_out
    assert (left_out.article, left_out.side) == (5, "late")
    assert left_out.reason == "its analysis is still pending"
    assert comparison.entities is not None
    assert comparison.entities.distance is None


def test_a_failed_article_is_left_out_with_its_reason(store: Store) -> None:
    with store.write() as session:
        mark_failed(session, 5, 1, "the worker died twice")
    with store.read() as reading:
        (left_out,) = compare_stored(reading, articles=[ArticleRef(1), ArticleRef(5)]).left_out
    assert left_out.reason == "its analysis failed: the worker died twice"


def test_a_revised_article_is_left_out_until_it_is_analysed_again(store: Store) -> None:
    source, _, title, text = TEXTS[0]
    address = "https://post.example/palmyra"
    first = clean(Submission(text=text, title=title, source=source, url=address), max_chars=10_000)
    second = clean(
        Submission(text=text + " More.", title=title, source=source, url=address), max_chars=10_000
    )
    with store.write() as session:
        number = add(session, first)
        record(session, [Analysed(number, 1, analysed(first.text))])
        assert add(session, second) == number
    with store.read() as reading:
        (left_out,) = compare_stored(reading, articles=[ArticleRef(number), ArticleRef(3)]).left_out
    assert left_out.article == number
    with store.write() as session:
        record(session, [Analysed(number, 2, analysed(second.text))])
    with store.read() as reading:
        comparison = compare_stored(reading, articles=[ArticleRef(number), ArticleRef(3)])
    assert comparison.left_out == ()
    assert comparison.entities is not None
    assert {
        spot.revision for spot in comparison.entities.shared[0].sides[f"article:{number}"].evidence
    } == {2}


@pytest.mark.parametrize(
    ("sources", "articles", "pointer", "says"),
    [
        ([], [], "?source", "two to eight sides, not 0"),
        (["post"], [], "?source", "two to eight sides, not 1"),
        ([], [1], "?article", "two to eight sides, not 1"),
        ([str(number) for number in range(9)], [], "?source", "two to eight sides, not 9"),
        (["post", "times"], [1, 2], "?article", "leave out all but one"),
        (["post", "post"], [], "?source", "post is named twice"),
        ([], [3, 1, 3], "?article", "3 is named twice"),
        (["post", "herald"], [], "?source", "there is no source 'herald'"),
        ([], [1, 99], "?article", "There is no article 99"),
    ],
)
def test_sides_that_cannot_be_are_refused(
    session: ReadSession,
    sources: Sequence[str],
    articles: Sequence[int],
    pointer: str,
    says: str,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        compare_stored(session, sources=sources, articles=[ArticleRef(each) for each in articles])
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert says in refused.value.detail


def test_a_side_over_the_limit_is_told_to_narrow_the_period(session: ReadSession) -> None:
    with pytest.raises(InvalidInput, match=r"more than 1 articles here.*since and until"):
        compare_stored(session, sources=["post", "times"], max_side_articles=1)


def test_a_period_with_articles_is_refused(session: ReadSession) -> None:
    with pytest.raises(InvalidInput) as refused:
        compare_stored(
            session, articles=[ArticleRef(1), ArticleRef(2)], until=datetime(2016, 4, 1, tzinfo=UTC)
        )
    assert refused.value.errors[0].pointer == "?until"
