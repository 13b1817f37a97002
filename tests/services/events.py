"""A collection of articles that are told apart by the words they are about."""

from collections.abc import Sequence

from app.domain.annotation import Analysis
from app.domain.article import Published, Submission
from app.domain.page import ArticleFilter, PageRequest, StoryFilter
from app.domain.story import NO_PROFILE, UNIT, Profile, Story
from app.services import query, stories
from app.services.ingest import accept
from app.settings import Settings
from app.store.engine.sessions import Store
from tests.services.pending import analyse_pending

ALL = PageRequest(limit=200, exact=True)

FLOOD = "flood dam valley @verin"
TRIAL = "trial judge verdict @karo"
VOTE = "vote seat ballot @parliament"


def about(words: str) -> Profile:
    """A profile of these words, each of the same weight; names are marked."""
    keys = tuple(words.split())
    return Profile(keys, (round(UNIT / len(keys) ** 0.5),) * len(keys)) if keys else NO_PROFILE


def send(
    store: Store, words: str, name: str, *, source: str = "Star", day: str | None = "2024-03-01"
) -> int:
    """Takes an article about these words in; its id, which `name` leads to again."""
    made = accept(
        store,
        Submission(
            text=words,
            source=source,
            external_id=name,
            published=Published.parse(day) if day else None,
        ),
        Settings(),
    )
    assert made.id is not None
    return made.id


def analyse(store: Store, at_once: int = 100) -> None:
    """Analyses whatever is pending."""
    analyse_pending(
        store,
        lambda each: Analysis("p1", None, (), (), "en", profile=about(each.text.strip())),
        at_once,
    )


def tell(store: Store, words: str, name: str, **more: str | None) -> int:
    """Takes an article in and analyses it; its id."""
    made = send(store, words, name, **more)  # type: ignore[arg-type]
    analyse(store)
    return made


def story_of(store: Store, article: int) -> int | None:
    """The story of an article."""
    with store.read() as s:
        return query.article(s, article).article.story


def grouped(store: Store) -> set[frozenset[str | None]]:
    """The stories, as the names of their articles."""
    with store.read() as s:
        found: dict[int | None, set[str | None]] = {}
        for each in query.articles(s, ArticleFilter(), ALL).items:
            found.setdefault(each.story, set()).add(each.external_id)
    return {frozenset(each) for story, each in found.items() if story is not None}


def listed(store: Store, least: int = 1) -> Sequence[Story]:
    """The stories of so many articles at least."""
    with store.read() as s:
        return stories.stories(s, StoryFilter(min_articles=least), ALL).items


def quiet(_done: int, _total: int) -> None:
    """Shows nothing."""
