"""Every table by one name. Whatever lists sort or filter by is an indexed column, and each index is
there for a query of this package (`tests/store/test_plans.py`). What is read often stands before
what is large, for SQLite reads a row from its front."""

from app.store.tables.articles import analysis, article, revision, source, tombstone
from app.store.tables.entities import (
    alias,
    cluster,
    correction,
    entity,
    entity_article,
    entity_key,
    entity_month,
    entity_source,
    mention,
)
from app.store.tables.imports import feed, import_, import_row

__all__ = [
    "alias",
    "analysis",
    "article",
    "cluster",
    "correction",
    "entity",
    "entity_article",
    "entity_key",
    "entity_month",
    "entity_source",
    "feed",
    "import_",
    "import_row",
    "mention",
    "revision",
    "source",
    "tombstone",
]
