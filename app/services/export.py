"""Whole tables, written out."""

from collections.abc import Iterator

from app.domain.export import COLUMNS, TableFormat
from app.services.table_files import file_parts
from app.store.engine.sessions import Store
from app.store.queries.export import TABLES, ExportRow, Filter, part


def exported(
    store: Store, table: str, format_: TableFormat, where: Filter | None = None
) -> Iterator[bytes]:
    """The file of a table (`app.domain.export.TABLES`), part by part, by id; of those that match.

    Each part is read in a session of its own: what comes or goes while somebody reads may or may
    not be among it. Raises InvalidInput, at the first part, for a filter that names nothing.
    """
    return file_parts(_rows(store, table, where), COLUMNS[table], format_)


def _rows(store: Store, table: str, where: Filter | None) -> Iterator[ExportRow]:
    where = where if where is not None else TABLES[table].filter()
    after: int | None = 0
    while after is not None:
        with store.read() as session:
            rows, after = part(session, table, where, after)
        yield from rows
