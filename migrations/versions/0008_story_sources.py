"""How many outlets report a story, which lists filter and sort by"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.add_column("story", sa.Column("sources", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE story SET sources = (SELECT count(DISTINCT source_id) FROM article "
        "WHERE article.story_id = story.id)"
    )
    op.create_index("ix_story_sources", "story", ["sources", "id", "articles"])
