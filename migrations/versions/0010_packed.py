"""Half the bytes: analyses, findings and texts packed by what they have in common"""

import logging
import zlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

from app.domain.annotation import Annotation, Mention, Tokens
from app.domain.findings import TextFindings
from app.store.analyses.packed_analysis import pack_fingerprints, pack_places
from app.store.analyses.packed_annotation import pack_annotation
from app.store.analyses.packed_findings import KINDS, pack_findings
from app.store.engine.packing import deflate, pack, pack_like

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# SQLite numbers rows only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Articles that are read at a time.
_ARTICLES = 200
_SHOWN = 10_000

log = logging.getLogger(__name__)


def upgrade() -> None:
    """Brings the schema to this revision."""
    connection = op.get_bind()
    for table in ("revision", "analysis"):
        op.rename_table(table, f"old_{table}")
        if connection.dialect.name == "postgresql":
            op.execute(f"ALTER TABLE old_{table} RENAME CONSTRAINT pk_{table} TO pk_old_{table}")
    revisions, analyses = _tables()
    op.execute(
        "INSERT INTO pipeline (version) SELECT DISTINCT pipeline FROM old_analysis ORDER BY 1"
    )
    versions = connection.execute(sa.text("SELECT version, id FROM pipeline")).all()
    pipelines = {row.version: row.id for row in versions}
    total = connection.execute(sa.text("SELECT count(*) FROM article")).scalar_one()
    after = done = 0
    ids = sa.text("SELECT id FROM article WHERE id > :after ORDER BY id LIMIT :limit")
    while some := (connection.execute(ids, {"after": after, "limit": _ARTICLES}).scalars().all()):
        bounds = {"first": some[0], "last": some[-1]}
        texts = _repack_revisions(connection, revisions, bounds)
        _repack_analyses(connection, analyses, bounds, texts, pipelines)
        _shorten_reasons(connection, bounds)
        after = some[-1]
        done += len(some)
        if done % _SHOWN == 0:
            log.info("packed: %s of %s articles", f"{done:,}", f"{total:,}")
    for table in ("finding", "old_analysis", "old_revision"):
        op.drop_table(table)
    for column in ("knowledge_id", "merged_into"):
        given = sa.text(f"{column} IS NOT NULL")
        op.drop_index(f"ix_entity_{column}", "entity")
        op.create_index(
            f"ix_entity_{column}", "entity", [column], sqlite_where=given, postgresql_where=given
        )


def _tables() -> tuple[sa.Table, sa.Table]:
    revisions = op.create_table(
        "revision",
        sa.Column("article_id", ID, nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("number", "word_count", "body_start", "lead_start", "lead_end")
        ),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("content_hash", "cleaner", "raw_kind")
        ),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("subtitle", sa.String(), nullable=True),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=name == "extracted")
            for name in ("context", "removed", "offsets", "text", "extracted", "raw")
        ),
        _of_article("revision"),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_revision"),
    )
    op.create_table(
        "pipeline",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pipeline"),
        sa.UniqueConstraint("version", name="uq_pipeline_version"),
        sqlite_autoincrement=True,
    )
    analyses = op.create_table(
        "analysis",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pipeline_id", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=name == "annotation")
            for name in ("terms", "spans", "findings", "fingerprints", "annotation")
        ),
        _of_article("analysis"),
        sa.ForeignKeyConstraint(
            ["pipeline_id"], ["pipeline.id"], name="fk_analysis_pipeline_id_pipeline"
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", "pipeline_id", name="pk_analysis"),
    )
    return revisions, analyses


def _of_article(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["article_id"], ["article.id"], name=f"fk_{table}_article_id_article", ondelete="CASCADE"
    )


_OLD_REVISIONS = sa.text("SELECT * FROM old_revision WHERE article_id BETWEEN :first AND :last")
_OLD_ANALYSES = sa.text("SELECT * FROM old_analysis WHERE article_id BETWEEN :first AND :last")
_OLD_FINDINGS = sa.text(
    "SELECT article_id, revision, pipeline, kind, found FROM finding "
    "WHERE article_id BETWEEN :first AND :last"
)


def _repack_revisions(
    connection: sa.Connection, revisions: sa.Table, some: dict[str, int]
) -> dict[tuple[int, int], str]:
    """Moves the revisions of some articles. Returns their texts by article and number."""
    texts: dict[tuple[int, int], str] = {}
    rows = []
    for row in connection.execute(_OLD_REVISIONS, some).mappings():
        text = texts[row["article_id"], row["number"]] = row["text"]
        rows.append(
            {
                **row,
                "text": deflate(text.encode()),
                "extracted": row["extracted"] and pack_like(_unpacked(row["extracted"]), text),
                "raw": pack_like(_unpacked(row["raw"]), text),
                **{name: pack(_unpacked(row[name])) for name in ("context", "removed", "offsets")},
            }
        )
    _insert(connection, revisions, rows)
    return texts


def _repack_analyses(
    connection: sa.Connection,
    analyses: sa.Table,
    some: dict[str, int],
    texts: dict[tuple[int, int], str],
    pipelines: dict[str, int],
) -> None:
    found: defaultdict[tuple[int, int, str], dict[str, Any]] = defaultdict(dict)
    for *which, kind, values in connection.execute(_OLD_FINDINGS, some):
        found[tuple(which)][kind] = _unpacked(values)
    _insert(
        connection,
        analyses,
        [
            {
                "pipeline_id": pipelines[row["pipeline"]],
                **_analysis(
                    row,
                    texts[row["article_id"], row["revision"]],
                    found[row["article_id"], row["revision"], row["pipeline"]],
                ),
            }
            for row in connection.execute(_OLD_ANALYSES, some).mappings()
        ],
    )


_CLUSTER = sa.table(
    "cluster",
    sa.column("id", ID),
    sa.column("article_id", ID),
    sa.column("reasons", sa.JSON),
)


def _shorten_reasons(connection: sa.Connection, some: dict[str, int]) -> None:
    """Makes each reason of a cluster the list of its values."""
    of = _CLUSTER.c
    rows = connection.execute(
        sa.select(of.id, of.reasons).where(of.article_id.between(some["first"], some["last"]))
    )
    shorter = [
        {
            "the_id": number,
            "the_reasons": [[each["rule"], each["detail"], each["score"]] for each in reasons],
        }
        for number, reasons in rows
        if reasons
    ]
    if shorter:
        connection.execute(
            sa.update(_CLUSTER)
            .where(of.id == sa.bindparam("the_id"))
            .values(reasons=sa.bindparam("the_reasons", type_=sa.JSON)),
            shorter,
        )


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)


def _analysis(row: Any, text: str, found: dict[str, Any]) -> dict[str, Any]:
    terms, spans = _unpacked(row["terms"]), _unpacked(row["spans"])
    kept = TextFindings(**{kind: _records(KINDS[kind], found.get(kind, ())) for kind in KINDS})
    return {
        **{name: row[name] for name in ("article_id", "revision", "created_at", "language")},
        "terms": pack(terms),
        "spans": pack_places({lemma: spans[lemma] for lemma in terms}),
        "findings": pack_findings(kept, text, terms),
        "fingerprints": pack_fingerprints(found.get("fingerprints", ())),
        "annotation": row["annotation"] and pack_annotation(_annotation(row["annotation"]), text),
    }


def _records(record: type, rows: Sequence[Any]) -> tuple[Any, ...]:
    """The records of a kind; none where they are of a shape that no version can read any more."""
    try:
        return tuple(record(*values) for values in rows)
    except TypeError:
        return ()


def _annotation(packed: bytes) -> Annotation:
    said = _unpacked(packed)
    return Annotation(
        model=said["model"],
        language=said["language"],
        tokens=Tokens(**said["tokens"]),
        sentences=said["sentences"],
        mentions=tuple(Mention(**each) for each in said["mentions"]),
        values=tuple(Mention(**each) for each in said["values"]),
    )


def _unpacked(packed: bytes) -> Any:
    return orjson.loads(zlib.decompress(packed))
