"""Full text by stems: the index made anew, with the words that it knows"""

import logging

import sqlalchemy as sa
from alembic import op

from app.store.articles.searchable import SearchedText, add_to_search
from app.store.engine.full_text import SEARCH_TABLE, create_search

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Articles that are read at a time.
_ARTICLES = 500
_SHOWN = 10_000

log = logging.getLogger(__name__)


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "word",
        sa.Column("surface", sa.String(), nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("surface", "stem", name="pk_word"),
        sqlite_with_rowid=False,
    )
    op.execute(f"DROP TABLE IF EXISTS {SEARCH_TABLE}")
    connection = op.get_bind()
    create_search(connection)
    texts = sa.text(
        "SELECT article.id, revision.text, article.body_start, article.language "
        "FROM article JOIN revision ON revision.article_id = article.id "
        "AND revision.number = article.revision "
        "WHERE article.id > :after ORDER BY article.id LIMIT :limit"
    )
    total = connection.execute(sa.text("SELECT count(*) FROM article")).scalar_one()
    after = done = 0
    while rows := connection.execute(texts, {"after": after, "limit": _ARTICLES}).all():
        add_to_search(connection, [SearchedText(*row) for row in rows])
        after = rows[-1][0]
        done += len(rows)
        if done % _SHOWN == 0:
            log.info("full-text index: %s of %s articles", f"{done:,}", f"{total:,}")
