"""What changed when: a log to follow, and the last change of articles, entities and stories"""

import time

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Their places in `ChangedType`, and those of kinds in `ChangeKind`.
TYPES = {"source": 0, "entity": 1, "story": 2, "article": 3}
_CREATED, _ANALYSED, _MERGED = 0, 2, 5


def upgrade() -> None:
    """Brings the schema to this revision: what is there counts as created, and as analysed."""
    now = time.time_ns() // 1000
    for table in ("article", "entity", "story"):
        op.add_column(
            table, sa.Column("updated_at", sa.BigInteger(), server_default="0", nullable=False)
        )
        op.execute(f"UPDATE {table} SET updated_at = {now}")  # noqa: S608 - names and a number
        op.create_index(f"ix_{table}_updated_at_id", table, ["updated_at", "id"])
    op.create_table(
        "change",
        sa.Column("type", sa.Integer(), nullable=False),
        sa.Column("object_id", ID, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("type", "object_id", "kind", name="pk_change"),
        sa.UniqueConstraint("number", name="uq_change_number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "change_count",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("last", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_count"),
    )
    for table in TYPES:
        _add(table, _CREATED, now)
    _add("article", _ANALYSED, now, where="state = 'ready'")
    for table in ("entity", "story"):
        _add(table, _MERGED, now, other="merged_into", where="merged_into IS NOT NULL")
    op.execute("INSERT INTO change_count SELECT 1, max(number) FROM change HAVING count(*) > 0")


def _add(table: str, kind: int, now: int, *, other: str = "NULL", where: str = "id > 0") -> None:
    op.execute(
        "INSERT INTO change (type, object_id, kind, number, at, other_id) "  # noqa: S608 - names and numbers of ours
        f"SELECT {TYPES[table]}, id, {kind}, row_number() OVER (ORDER BY id) + "
        f"(SELECT coalesce(max(number), 0) FROM change), {now}, {other} FROM {table} WHERE {where}"
    )
