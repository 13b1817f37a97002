"""First schema"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "correction",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entity_id", ID, nullable=True),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_correction_article_id", "correction", ["article_id"])

    op.create_table(
        "entity",
        sa.Column("id", ID, nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("skeleton", sa.String(), nullable=False),
        sa.Column("knowledge_id", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("merged_into", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["entity.id"], name="fk_entity_merged_into_entity"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entity_articles_id_mentions", "entity", ["articles", "id", "mentions"])
    op.create_index("ix_entity_key_mentions_id", "entity", ["key", "mentions", "id"])
    op.create_index("ix_entity_knowledge_id", "entity", ["knowledge_id"])
    op.create_index("ix_entity_mentions_id", "entity", ["mentions", "id"])
    op.create_index("ix_entity_merged_into", "entity", ["merged_into"])
    op.create_index("ix_entity_name_id_mentions", "entity", ["name", "id", "mentions"])
    op.create_index("ix_entity_skeleton_mentions_id", "entity", ["skeleton", "mentions", "id"])
    op.create_index(
        "ix_entity_type_articles_id_mentions", "entity", ["type", "articles", "id", "mentions"]
    )
    op.create_index("ix_entity_type_mentions_id", "entity", ["type", "mentions", "id"])
    op.create_index("ix_entity_type_name_id_mentions", "entity", ["type", "name", "id", "mentions"])

    op.create_table(
        "feed",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("url", name="pk_feed"),
    )
    op.create_table(
        "import",
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("existing", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'sealed', 'done')", name=op.f("ck_import_state")),
        sa.PrimaryKeyConstraint("id", name="pk_import"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_state", "import", ["state"])

    op.create_table(
        "source",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("slug", name="uq_source_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tombstone",
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("identity", name="pk_tombstone"),
    )
    op.create_table(
        "alias",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("skeleton", sa.String(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_alias_entity_id_entity"),
        sa.PrimaryKeyConstraint("entity_id", "text", name="pk_alias"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alias_key_mentions_entity_id", "alias", ["key", "mentions", "entity_id"])
    op.create_index(
        "ix_alias_skeleton_mentions_entity_id_key",
        "alias",
        ["skeleton", "mentions", "entity_id", "key"],
    )

    op.create_table(
        "article",
        sa.Column("id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("published_day", sa.Integer(), nullable=True),
        sa.Column("published_precision", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("story_id", ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("subtitle", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("pipeline", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'ready', 'failed')", name=op.f("ck_article_state")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_article_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("identity", name="uq_article_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_article_language_id", "article", ["language", "id"])
    op.create_index(
        "ix_article_published_at_id_source_id_language_state",
        "article",
        ["published_at", "id", "source_id", "language", "state"],
    )
    op.create_index("ix_article_source_id_id", "article", ["source_id", "id"])
    op.create_index(
        "ix_article_source_id_published_at_id", "article", ["source_id", "published_at", "id"]
    )
    op.create_index("ix_article_state_id", "article", ["state", "id"])
    op.create_index("ix_article_word_count_id", "article", ["word_count", "id"])

    op.create_table(
        "entity_key",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("clusters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_key_entity_id_entity"
        ),
        sa.PrimaryKeyConstraint("entity_id", "key", name="pk_entity_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entity_key_key_entity_id", "entity_key", ["key", "entity_id"])

    op.create_table(
        "entity_month",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_month_entity_id_entity"
        ),
        sa.PrimaryKeyConstraint("entity_id", "month", "source_id", name="pk_entity_month"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_entity_month_source",
        "entity_month",
        ["entity_id", "source_id", "month", "mentions", "articles"],
    )

    op.create_table(
        "entity_source",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_source_entity_id_entity"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name="fk_entity_source_source_id_source"
        ),
        sa.PrimaryKeyConstraint("entity_id", "source_id", name="pk_entity_source"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_entity_source_source_id_mentions_entity_id_articles",
        "entity_source",
        ["source_id", "mentions", "entity_id", "articles"],
    )

    op.create_table(
        "import_row",
        sa.Column("id", ID, nullable=False),
        sa.Column("import_id", ID, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import.id"], name="fk_import_row_import_id_import", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_row"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_row_article_id_import_id", "import_row", ["article_id", "import_id"])
    op.create_index(
        "ix_import_row_import_id_state_line", "import_row", ["import_id", "state", "line"]
    )
    op.create_index("ix_import_row_state_id", "import_row", ["state", "id"])

    op.create_table(
        "analysis",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pipeline", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("spans", sa.LargeBinary(), nullable=False),
        sa.Column("annotation", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_analysis_article_id_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", "pipeline", name="pk_analysis"),
    )
    op.create_table(
        "cluster",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("first_start", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("knowledge_id", sa.String(), nullable=True),
        sa.Column("known_by", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_cluster_article_id_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_cluster_entity_id_entity"),
        sa.PrimaryKeyConstraint("id", name="pk_cluster"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cluster_article_id", "cluster", ["article_id"])
    op.create_index("ix_cluster_entity_id_article_id", "cluster", ["entity_id", "article_id"])

    op.create_table(
        "entity_article",
        sa.Column("entity_id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("published_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_entity_article_article_id_article",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_article_entity_id_entity"
        ),
        sa.PrimaryKeyConstraint("entity_id", "article_id", name="pk_entity_article"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_entity_article_article",
        "entity_article",
        ["article_id", "entity_id", "mentions", "headline", "lead"],
    )
    op.create_index(
        "ix_entity_article_day",
        "entity_article",
        ["entity_id", "published_day", "source_id", "mentions"],
    )
    op.create_index(
        "ix_entity_article_published",
        "entity_article",
        ["entity_id", "published_at", "source_id", "mentions"],
    )

    op.create_table(
        "revision",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("lead_start", sa.Integer(), nullable=False),
        sa.Column("lead_end", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("cleaner", sa.String(), nullable=False),
        sa.Column("raw_kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("subtitle", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("context", sa.LargeBinary(), nullable=False),
        sa.Column("removed", sa.LargeBinary(), nullable=False),
        sa.Column("offsets", sa.LargeBinary(), nullable=False),
        sa.Column("extracted", sa.LargeBinary(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_revision_article_id_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revision"),
    )
    op.create_table(
        "mention",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cluster_id", ID, nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_mention_article_id_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name="fk_mention_cluster_id_cluster", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mention_article_id_start_id", "mention", ["article_id", "start", "id"])
    op.create_index("ix_mention_cluster_id_start_id", "mention", ["cluster_id", "start", "id"])
