"""Feeds that are polled, and the entries that were taken from them"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "polled_feed",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("source_slug", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("next_poll", ID, nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("expires", ID, nullable=True),
        sa.Column("last_poll_at", sa.BigInteger(), nullable=True),
        sa.Column("last_success_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("last", sa.JSON(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("revised", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'paused', 'gone')", name=op.f("ck_polled_feed_state")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_polled_feed"),
        sa.UniqueConstraint("url", name="uq_polled_feed_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_polled_feed_state_next_poll", "polled_feed", ["state", "next_poll"])
    op.create_table(
        "feed_entry",
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"],
            ["polled_feed.id"],
            name="fk_feed_entry_feed_id_polled_feed",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("feed_id", "key", name="pk_feed_entry"),
        sqlite_with_rowid=False,
    )
