"""Whole tables, written out."""

from collections.abc import Iterator

from app.domain.export import COLUMNS, TableFormat
from app.services.table_files import file_parts
from app.store.engine.sessions import Store
from app.store.queries.export import TABLES, ExportRow, Filter, part


def exported(
    store: Store, table: str, format_: TableFormat, where: Filter = None
) -> Iterator[bytes]:
    """The file of a table (`app.domain.export.TABLES`), part by part, by id; of those that match.

    Each part is read in a session of its own: what comes or goes while somebody reads may or may
    not be among it. Raises InvalidInput, at the first part, for a filter that names nothing.
    """
    return file_parts(_rows(store, table, where), COLUMNS[table], format_)


def _rows(store: Store, table: str, where: Filter) -> Iterator[ExportRow]:
    filter_ = TABLES[table].filter
    where = where if where is not None or filter_ is None else filter_()
    after: int | None = 0
    while after is not None:
        with store.read() as session:
            rows, after = part(session, table, where, after)
        yield from rows
