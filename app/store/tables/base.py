"""What all tables share: one metadata, names for constraints, how they are numbered and kept."""

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, MetaData, Table, text
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Ids that are never used again, and tables that are their primary key's index: words to SQLite,
# nothing to PostgreSQL.
NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}
CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}


def of_article() -> ForeignKeyConstraint:
    """The constraint of a column that names an article: the row goes when the article goes."""
    return ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE")


class Base(SQLModel):
    """All tables: one metadata, with names for constraints, which migrations need."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    if TYPE_CHECKING:
        __table__: ClassVar[Table]


def where_set(table: str, column: str) -> Index:
    """An index of the few rows that have a value in a column."""
    given = text(f"{column} IS NOT NULL")
    name = f"ix_{table}_{column}"
    return Index(name, column, sqlite_where=given, postgresql_where=given)
