"""Who analyses which article, where several processes share the work"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "claim",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("expires", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_claim_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_claim"),
    )
    op.create_index("ix_claim_holder", "claim", ["holder"])
