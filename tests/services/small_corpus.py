"""A collection whose names are told apart by their looks, and all that it says of itself."""

import re
from collections.abc import Sequence
from pathlib import Path

import orjson

from app.domain.annotation import Analysis, Cluster, Mention, Term
from app.domain.article import Article, Published, Submission
from app.domain.page import ArticleFilter, EntityFilter, MentionFilter, PageRequest
from app.services import compare, query
from app.services.ingest import accept
from app.settings import Settings
from app.store.articles.queue import mark_pending
from app.store.engine.schema import upgrade
from app.store.engine.sessions import ReadSession, Store
from app.store.records import PendingArticle
from tests.databases import new_url
from tests.services.pending import analyse_pending
from tests.undated import undated

# Each line is one thing with all its names.
THINGS = (
    ("Alpha", "Alphina", "Alfo"),
    ("Beta", "Betula", "Bett"),
    ("Gamma", "Gammon", "Gamo"),
    ("Delta", "Deltoid", "Delto"),
)
NAMES = tuple(name for thing in THINGS for name in thing)
EVERYTHING = " and ".join(name for thing in THINGS for name in thing)
ALL = PageRequest(limit=200, exact=True)


def new_store(folder: Path) -> Store:
    """An empty store, made by the real migrations."""
    url = new_url(folder, "store")
    upgrade(url)
    return Store(url)


def tell(
    store: Store,
    text: str,
    source: str = "Star",
    day: str = "2016-03-24",
    external_id: str | None = None,
) -> int:
    """Takes an article in and analyses it; its id."""
    submission = Submission(
        text=text, source=source, published=Published.parse(day), external_id=external_id
    )
    made = accept(store, submission, Settings())
    analyse(store)
    assert made.id is not None
    return made.id


def analyse(store: Store, at_once: int = 100, *, pipeline: str = "p1", without: str = "") -> None:
    """Analyses whatever is pending, so many articles in one transaction; `without` a thing."""
    analyse_pending(store, lambda each: _analysis(each, pipeline, without), at_once)


def analyse_again(store: Store, at_once: int = 100) -> None:
    """Analyses every article anew."""
    with store.write() as s:
        mark_pending(s, [a.id for a in _articles(s)])
    analyse(store, at_once)


def _analysis(article: PendingArticle, pipeline: str, without: str) -> Analysis:
    clusters = [
        Cluster(names[0], "ORG", mentions, None, ())
        for names in THINGS
        if names[0] != without and (mentions := _mentions(article.text, names))
    ]
    words = sorted(set(re.findall(r"[a-z]+", article.text)))
    terms = tuple(
        Term(word, tuple(m.span() for m in re.finditer(rf"\b{word}\b", article.text)))
        for word in words
    )
    return Analysis(pipeline, None, tuple(clusters), terms, "en")


def _mentions(text: str, names: Sequence[str]) -> tuple[Mention, ...]:
    pattern = rf"\b({'|'.join(names)})\b"
    return tuple(Mention(m.start(), m.end(), m[0], "ORG") for m in re.finditer(pattern, text))


def told(store: Store) -> str:
    """All that the collection says: its lists, counts and a comparison. Ids of mentions are left
    out, which an analysis makes anew."""
    with store.read() as s:
        said: dict[str, object] = {"articles": [_in_article(s, a.id) for a in _articles(s)]}
        entities = query.entities(s, EntityFilter(), ALL).items
        said["entities"] = entities
        for each in entities:
            said[f"entity {each.id}"] = (
                query.entity(s, each.id).first_seen,
                [
                    (m.mention.article, m.mention.start, m.mention.type, m.context)
                    for m in query.entity_mentions(s, each.id, MentionFilter(), ALL).items
                ],
                query.neighbours(s, each.id, ALL),
                query.coverage(s, each.id, ALL),
            )
        for slug in [source.slug for source in query.sources(s, ALL).items]:
            said[f"source {slug}"] = query.entities(s, EntityFilter(sources=(slug,)), ALL)
        said["typed"] = query.entities(s, EntityFilter(types=("PERSON",)), ALL)
        said["found"] = query.entities(s, EntityFilter(q="alph"), ALL)
        said["comparison"] = compare.compare_stored(
            s, sources=["star", "globe"], evidence=5, top=50, max_side_articles=1_000
        )
    return undated(orjson.dumps(said, option=orjson.OPT_INDENT_2).decode())


def owners(store: Store) -> list[tuple[int, str, int | None]]:
    """Article, surface and entity of every mention, in the order of the texts."""
    with store.read() as s:
        return [
            (m.article, m.text, m.entity)
            for a in _articles(s)
            for m in query.mentions(s, a.id, MentionFilter(), ALL).items
        ]


def _articles(s: ReadSession) -> list[Article]:
    return list(query.articles(s, ArticleFilter(), ALL).items)


def _in_article(s: ReadSession, article: int) -> list[object]:
    return [
        (m.article, m.revision, m.start, m.end, m.text, m.type, m.entity)
        for m in query.mentions(s, article, MentionFilter(), ALL).items
    ]
