"""Corrections by people: what they moved keeps where it came from"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.add_column("cluster", sa.Column("resolved_to", ID, nullable=True))
    op.add_column("cluster", sa.Column("part_of", ID, nullable=True))
    op.add_column("mention", sa.Column("found_in", ID, nullable=True))
    op.add_column("mention", sa.Column("found_type", sa.String(), nullable=True))
    for name in ("found_name", "found_key", "found_type"):
        op.add_column("entity", sa.Column(name, sa.String(), nullable=True))
    op.add_column("entity", sa.Column("split_from", ID, nullable=True))
    for table, column in (
        ("cluster", "resolved_to"),
        ("cluster", "part_of"),
        ("mention", "found_in"),
        ("entity", "found_key"),
    ):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_{table}_{column}", table, [column], sqlite_where=given, postgresql_where=given
        )
    op.add_column("correction", sa.Column("other_id", ID, nullable=True))
    op.add_column("correction", sa.Column("undone_by", sa.String(), nullable=True))
    op.add_column("correction", sa.Column("undone_reason", sa.String(), nullable=True))
    op.create_index("ix_correction_entity_id", "correction", ["entity_id"])
