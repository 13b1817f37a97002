"""Every table by one name. Whatever lists sort or filter by is an indexed column, and each index is
there for a query of this package (`tests/store/test_plans.py`). What is read often stands before
what is large, for SQLite reads a row from its front."""

from app.store.tables.articles import (
    analysis,
    article,
    claim,
    pipeline,
    revision,
    source,
    source_domain,
    source_name,
    tombstone,
    word,
)
from app.store.tables.changes import change, change_count
from app.store.tables.corrections import correction
from app.store.tables.entities import (
    alias,
    cluster,
    entity,
    entity_article,
    entity_key,
    entity_month,
    entity_source,
    mention,
)
from app.store.tables.findings import quote, vector
from app.store.tables.imports import feed, feed_entry, import_, import_row, polled_feed
from app.store.tables.stories import profile, profile_key, story
from app.store.tables.webhooks import delivery, webhook

__all__ = [
    "alias",
    "analysis",
    "article",
    "change",
    "change_count",
    "claim",
    "cluster",
    "correction",
    "delivery",
    "entity",
    "entity_article",
    "entity_key",
    "entity_month",
    "entity_source",
    "feed",
    "feed_entry",
    "import_",
    "import_row",
    "mention",
    "pipeline",
    "polled_feed",
    "profile",
    "profile_key",
    "quote",
    "revision",
    "source",
    "source_domain",
    "source_name",
    "story",
    "tombstone",
    "vector",
    "webhook",
    "word",
]
