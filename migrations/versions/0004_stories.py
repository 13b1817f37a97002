"""Stories: which there are, and how an article is found among all others"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "story",
        sa.Column("id", ID, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("first_published_at", sa.BigInteger(), nullable=True),
        sa.Column("last_published_at", sa.BigInteger(), nullable=True),
        sa.Column("merged_into", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_articles_id", "story", ["articles", "id"])
    for column in ("last_published_at", "first_published_at"):
        op.create_index(f"ix_story_{column}_id_articles", "story", [column, "id", "articles"])
    given = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_story_merged_into",
        "story",
        ["merged_into"],
        sqlite_where=given,
        postgresql_where=given,
    )
    op.create_table(
        "profile",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_profile"),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_profile_article_id_article",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "profile_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "day", "article_id", name="pk_profile_key"),
        sqlite_with_rowid=False,
    )
    op.add_column(
        "article",
        sa.Column("story_fixed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_article_story", "article", ["story_id", "published_at", "id", "source_id"])
    op.add_column("correction", sa.Column("story_id", ID, nullable=True))
