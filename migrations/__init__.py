"""The schema's history. `HEAD` is its newest revision, known without loading Alembic."""

HEAD = "0015"
