"""What the model said of each revision, kept so that a later layer need not run it again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import null, select, update

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


def drop_repeated_annotations(s: WriteSession, stored: Iterable[tuple[int, int, int]]) -> None:
    """Drops what a model said, as it was just stored with (article, revision, pipeline), from the
    analyses of older pipelines that hold the same of the same revision."""
    new = analysis.alias("new")
    by_pipeline: defaultdict[int, list[Revision]] = defaultdict(list)
    for article, number, pipeline in stored:
        by_pipeline[pipeline].append((article, number))
    for pipeline, revisions in by_pipeline.items():
        wanted = pairs(revisions)
        s.connection.execute(
            update(analysis)
            .where(
                new.c.article_id == wanted.c.first,
                new.c.revision == wanted.c.second,
                new.c.pipeline_id == pipeline,
                analysis.c.article_id == new.c.article_id,
                analysis.c.revision == new.c.revision,
                analysis.c.pipeline_id != pipeline,
                analysis.c.annotation == new.c.annotation,
            )
            .values(annotation=null())
        )
