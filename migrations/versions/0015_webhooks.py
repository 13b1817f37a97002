"""Webhooks: saved searches, and the messages that tell what they find"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _goes_with(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_delivery_{table}_id_{table}"
    return sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "webhook",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("search", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("matched", ID, nullable=False),
        sa.Column("last_article", ID, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('active', 'disabled')", name="ck_webhook_state"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delivery",
        sa.Column("id", ID, nullable=False),
        sa.Column("webhook_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", ID, nullable=False),
        sa.Column("expires", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("payload", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'failed')", name="ck_delivery_state"),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["webhook.id"],
            name="fk_delivery_webhook_id_webhook",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_delivery_article_id_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("webhook_id", "article_id", name="uq_delivery_webhook_id_article_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_delivery_webhook_id_state_due_id",
        "delivery",
        ["webhook_id", "state", "due", "id"],
    )
    op.create_index("ix_delivery_article", "delivery", ["article_id"])
