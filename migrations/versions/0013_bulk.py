"""How far an import is, and what an article came from, so that it is known again unread"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.add_column("import", sa.Column("bytes", ID, server_default="0", nullable=False))
    op.add_column("import", sa.Column("passed", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import", sa.Column("finished_at", sa.BigInteger(), nullable=True))
    op.add_column("article", sa.Column("submission_hash", sa.String(), nullable=True))
    op.create_index("ix_article_submission_hash", "article", ["submission_hash"])
