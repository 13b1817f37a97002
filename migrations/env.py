"""How Alembic runs: inside the connection it is handed, else on `PARALLAX_DATABASE_URL`."""

from alembic import context
from sqlalchemy import Connection

from app.settings import Settings
from app.store.engine.connections import write_engine
from app.store.engine.full_text import SEARCH_TABLE
from app.store.tables.base import Base


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    # The full-text index and its shadow tables are the dialect's, not the models'.
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TABLE))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=_ours,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    _run(handed)
else:
    engine = write_engine(Settings().database_url, busy_seconds=30.0)
    with engine.begin() as connection:
        _run(connection)
    engine.dispose()
