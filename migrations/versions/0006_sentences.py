"""Sentences without what only the comparison before this one read: clauses and counted numbers"""

import zlib
from itertools import batched

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Articles that are read at a time.
_ARTICLES = 500
# Where `clauses`, `clause_names`, `told`, `numbers` and `counted` stood among a sentence's values.
_GONE = slice(8, 13)

_FINDING = sa.table(
    "finding",
    sa.column("article_id", sa.BigInteger),
    sa.column("revision", sa.Integer),
    sa.column("pipeline", sa.String),
    sa.column("kind", sa.String),
    sa.column("found", sa.LargeBinary),
)


def upgrade() -> None:
    """Brings the schema to this revision."""
    connection, of = op.get_bind(), _FINDING.c
    sentences = sa.select(_FINDING).where(of.kind == "sentences")
    narrowed = (
        sa.update(_FINDING)
        .where(
            of.article_id == sa.bindparam("the_article"),
            of.revision == sa.bindparam("the_revision"),
            of.pipeline == sa.bindparam("the_pipeline"),
            of.kind == "sentences",
        )
        .values(found=sa.bindparam("the_sentences"))
    )
    with_sentences = sa.select(of.article_id).where(of.kind == "sentences").distinct()
    articles = connection.execute(with_sentences).scalars().all()
    for some in batched(articles, _ARTICLES):
        rows = connection.execute(sentences.where(of.article_id.in_(some))).all()
        connection.execute(
            narrowed,
            [
                {
                    "the_article": row.article_id,
                    "the_revision": row.revision,
                    "the_pipeline": row.pipeline,
                    "the_sentences": _narrowed(row.found),
                }
                for row in rows
            ],
        )


def _narrowed(packed: bytes) -> bytes:
    sentences = orjson.loads(zlib.decompress(packed))
    for values in sentences:
        del values[_GONE]
    return zlib.compress(orjson.dumps(sentences), 1)
