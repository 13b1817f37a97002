"""Outlets that are renamed and merged, with domains, and the name under which an article came in"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DOMAIN = re.compile(r"(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,24})", re.IGNORECASE)


def upgrade() -> None:
    """Brings the schema to this revision."""
    for name in ("found_slug", "found_name", "country", "language"):
        op.add_column("source", sa.Column(name, sa.String(), nullable=True))
    op.add_column("source", sa.Column("tags", sa.JSON(), nullable=True))
    op.add_column("source", sa.Column("merged_into", ID, nullable=True))
    op.add_column("article", sa.Column("came_as", sa.String(), nullable=True))
    op.add_column("correction", sa.Column("source_id", ID, nullable=True))
    given = sa.text("source_id IS NOT NULL")
    op.create_index(
        "ix_correction_source_id",
        "correction",
        ["source_id"],
        sqlite_where=given,
        postgresql_where=given,
    )
    op.create_table(
        "source_name",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("found_id", ID, nullable=True),
        sa.Column("seen", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name="fk_source_name_source_id_source"
        ),
        sa.PrimaryKeyConstraint("slug", name="pk_source_name"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_source_name_source_id", "source_name", ["source_id"])
    op.create_table(
        "source_domain",
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("domain", name="pk_source_domain"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_source_domain_slug", "source_domain", ["slug"])
    _fill()


def _fill() -> None:
    """Every outlet has the name it came in under; one that came under a domain has that."""
    op.execute(
        "INSERT INTO source_name (slug, name, source_id, found_id) "
        "SELECT slug, name, id, id FROM source"
    )
    op.execute(
        "UPDATE article SET came_as = (SELECT slug FROM source WHERE source.id = article.source_id)"
    )
    domains = sa.table("source_domain", sa.column("domain"), sa.column("slug"))
    found = {
        match[1].lower(): slug
        for slug, name in op.get_bind().execute(sa.text("SELECT slug, name FROM source"))
        if (match := _DOMAIN.fullmatch(name))
    }
    if found:
        op.bulk_insert(domains, [{"domain": each, "slug": found[each]} for each in found])
