"""What the model said of each revision, kept so that a later layer need not run it again."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, null, select, update

from app.domain.annotation import Annotation
from app.store.analyses.packed_annotation import unpack_annotation
from app.store.engine.parameters import pairs
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import analysis, revision

# An article and the number of its revision.
type Revision = tuple[int, int]


def stored_annotations(
    s: ReadSession, revisions: Sequence[Revision]
) -> dict[Revision, tuple[Annotation, ...]]:
    """What models said of these revisions, each model's last, the newest first; those of which
    none said anything are left out."""
    wanted = pairs(revisions)
    rows = s.connection.execute(
        select(analysis.c.article_id, analysis.c.revision, analysis.c.annotation, revision.c.text)
        .join_from(
            wanted,
            analysis,
            (analysis.c.article_id == wanted.c.first) & (analysis.c.revision == wanted.c.second),
        )
        .join(
            revision,
            (revision.c.article_id == analysis.c.article_id)
            & (revision.c.number == analysis.c.revision),
        )
        .where(analysis.c.annotation.is_not(None))
        .order_by(analysis.c.created_at.desc(), analysis.c.pipeline_id)
    )
    found: dict[Revision, tuple[Annotation, ...]] = {}
    for article, number, packed, text in rows:
        said = unpack_annotation(packed, text)
        found[article, number] = (*found.get((article, number), ()), said)
    return found


def drop_repeated_annotations(
    s: WriteSession, stored: Collection[tuple[int, int, int, bytes]]
) -> None:
    """Drops what a model said, (article, revision, pipeline, packed) as it was just stored, from
    the analyses of older pipelines that hold the same of the same revision."""
    if not stored:
        return
    s.connection.execute(
        update(analysis)
        .where(
            analysis.c.article_id == bindparam("the_article"),
            analysis.c.revision == bindparam("the_revision"),
            analysis.c.pipeline_id != bindparam("the_pipeline"),
            analysis.c.annotation == bindparam("the_annotation"),
        )
        .values(annotation=null()),
        [
            {
                "the_article": article,
                "the_revision": number,
                "the_pipeline": pipeline,
                "the_annotation": said,
            }
            for article, number, pipeline, said in stored
        ],
    )
