"""Counts stay true whatever happens to articles, and in whatever order."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from app.domain.article import Published
from app.domain.page import MentionFilter, PageRequest
from app.services import query
from app.store.analyses.write import store_analysis
from app.store.articles.queue import mark_pending, pending
from app.store.articles.write import change_article, delete_article, stored_document
from app.store.tables import article, entity
from tests.store.desk import add, document, found, new_store, slug
from tests.store.recount import assert_counts_hold

WORDS = ("Assad", "Putin", "Obama", "IS", "spoke", "left")
SOURCES = st.sampled_from([None, "Daily Star", "Evening Post"])
DATES = st.sampled_from([None, "2016-03-31T23:30:00-02:00", "2016-03-01", "2015-12-24"])


class Newsroom(RuleBasedStateMachine):
    """A store in which articles come, change, are analysed and go."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = new_store(Path(self.folder.name))

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(
        identity=st.sampled_from("abcd"),
        words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
        source=SOURCES,
        published=DATES,
        revive=st.booleans(),
    )
    def comes(
        self,
        identity: str,
        words: list[str],
        source: str | None,
        published: str | None,
        revive: bool,
    ) -> None:
        made = document(
            " ".join(words) + ".", identity=identity, source=source, published=published
        )
        with self.store.write() as s:
            add(s, made, revive=revive)

    @rule(data=st.data(), known=st.booleans())
    def is_analysed(self, data: st.DataObject, known: bool) -> None:
        with self.store.write() as s:
            existing = s.connection.execute(select(entity.c.id)).scalars().all()
            choice = st.sampled_from(list(existing)) if known and existing else st.none()
            results = [
                found(
                    each.id,
                    each.revision,
                    each.text,
                    {name: data.draw(choice) for name in WORDS[:3]},
                )
                for each in pending(s, 10)
            ]
            store_analysis(s, results)

    @rule(data=st.data(), source=SOURCES, published=DATES)
    def is_changed(self, data: st.DataObject, source: str | None, published: str | None) -> None:
        with self.store.write() as s:
            ids = s.connection.execute(select(article.c.id)).scalars().all()
            if not ids:
                return
            stored = stored_document(s, data.draw(st.sampled_from(list(ids))))
            changed = replace(
                stored.document,
                source=source,
                published=Published.parse(published) if published else None,
            )
            change_article(
                s, stored.id, changed, source_slug=slug(source), based_on=stored.revision
            )

    @rule(data=st.data())
    def is_asked_for_again(self, data: st.DataObject) -> None:
        with self.store.write() as s:
            ids = s.connection.execute(select(article.c.id)).scalars().all()
            if ids:
                mark_pending(s, [data.draw(st.sampled_from(list(ids)))])

    @rule(data=st.data())
    def goes(self, data: st.DataObject) -> None:
        with self.store.write() as s:
            ids = s.connection.execute(select(article.c.id)).scalars().all()
            if ids:
                delete_article(s, data.draw(st.sampled_from(list(ids))))

    @invariant()
    def counts_hold(self) -> None:
        with self.store.read() as s:
            assert_counts_hold(s)

    @invariant()
    def every_mention_is_of_the_current_text(self) -> None:
        with self.store.read() as s:
            for article_id in s.connection.execute(select(article.c.id)).scalars().all():
                detail = query.article(s, article_id)
                for each in query.mentions(s, article_id, MentionFilter(), PageRequest()).items:
                    assert each.revision == detail.article.revision
                    assert detail.text[each.start : each.end] == each.text


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(
    max_examples=12,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
