"""A copy of a collection that is kept by its changes alone."""

import re
from collections import defaultdict
from typing import Any

from app.domain.annotation import Analysis, Cluster, Mention
from app.domain.article import Published, Submission
from app.domain.page import ArticleFilter, EntityFilter, MentionFilter, PageRequest
from app.errors import NotFound
from app.services import query, stories
from app.services.changes import changes
from app.services.ingest import accept
from app.settings import Settings
from app.store.engine.sessions import ReadSession, Store
from app.store.records import PendingArticle
from tests.services.events import about
from tests.services.pending import analyse_pending

ALL = PageRequest(limit=200, exact=True)
THINGS = ("Alpha", "Beta", "Gamma", "Delta")


def send(store: Store, text: str, name: str, *, source: str, day: str) -> int:
    """Takes an article in; its id, which `name` leads to again."""
    made = accept(
        store,
        Submission(text=text, source=source, external_id=name, published=Published.parse(day)),
        Settings(),
    )
    assert made.id is not None
    return made.id


def analyse(store: Store) -> None:
    """Analyses whatever is pending: what it names is what it is about."""
    analyse_pending(store, _analysis, 3)


def _analysis(article: PendingArticle) -> Analysis:
    words = sorted(set(article.text.lower().split()))
    profile = about(" ".join(words))
    return Analysis("p1", None, _clusters(article.text), (), "en", profile=profile)


def _clusters(text: str) -> tuple[Cluster, ...]:
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for each in re.finditer("|".join(THINGS), text):
        found[each[0]].append(Mention(each.start(), each.end(), each[0], "ORG"))
    return tuple(Cluster(name, "ORG", tuple(own), None, ()) for name, own in found.items())


class Mirror:
    """What a client has that asks `/v1/changes` and fetches what they name."""

    def __init__(self) -> None:
        self.cursor: str | None = None
        self.held: dict[tuple[str, int | str], Any] = {}
        self.kinds: list[tuple[str, int, str]] = []

    def follow(self, store: Store) -> None:
        """Takes over all that changed since the last time."""
        self.kinds = []
        more = True
        while more:
            with store.read() as s:
                page = changes(s, self.cursor, 7)
                for each in page.items:
                    self.kinds.append((each.type, each.id, each.kind))
                    key = (each.type, each.slug or each.id)
                    if each.kind == "deleted":
                        self.held.pop(key, None)
                    elif each.type == "source":
                        self.held[key] = True
                    elif (found := _shown(s, each.type, each.id)) is not None:
                        self.held[key] = found
            self.cursor, more = str(page.last), page.more


def everything(store: Store) -> dict[tuple[str, int | str], Any]:
    """All articles, entities, stories and outlets, also those that have lost all they had."""
    held: dict[tuple[str, int | str], Any] = {}
    with store.read() as s:
        for each in query.articles(s, ArticleFilter(), ALL).items:
            held["article", each.id] = _shown(s, "article", each.id)
        for type_ in ("entity", "story"):
            number = 1
            while (found := _shown(s, type_, number)) is not None:
                held[type_, number] = found
                number += 1
        listed = {entity.id for entity in query.entities(s, EntityFilter(), ALL).items}
        assert listed <= {number for type_, number in held if type_ == "entity"}
        for outlet in query.sources(s, ALL).items:
            held["source", outlet.slug] = True
    return held


def _shown(s: ReadSession, type_: str, number: int) -> Any:
    """All that single things show; None for what is not there."""
    try:
        if type_ == "article":
            mentions = query.mentions(s, number, MentionFilter(), ALL)
            return query.article(s, number), mentions.items, query.revisions(s, number, ALL)
        if type_ == "entity":
            return query.entity(s, number)
        return stories.story(s, number)
    except NotFound:
        return None
