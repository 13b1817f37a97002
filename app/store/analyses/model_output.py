"""What the model said of each revision, kept so that a later layer need not run it again."""

from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import bindparam, null, select, update

from app.domain.annotation import Annotation, Mention, Tokens
from app.store.engine.parameters import pairs
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import analysis

# An article and the number of its revision.
type Revision = tuple[int, int]


def stored_annotations(
    s: ReadSession, revisions: Sequence[Revision]
) -> dict[Revision, tuple[Annotation, ...]]:
    """What models said of these revisions, each model's last, the newest first; those of which
    none said anything are left out."""
    wanted = pairs(revisions)
    rows = s.connection.execute(
        select(analysis.c.article_id, analysis.c.revision, analysis.c.annotation)
        .join_from(
            wanted,
            analysis,
            (analysis.c.article_id == wanted.c.first) & (analysis.c.revision == wanted.c.second),
        )
        .where(analysis.c.annotation.is_not(None))
        .order_by(analysis.c.created_at.desc(), analysis.c.pipeline)
    )
    found: dict[Revision, tuple[Annotation, ...]] = {}
    for article, number, said in rows:
        found[article, number] = (*found.get((article, number), ()), _annotation(said))
    return found


def drop_repeated_annotations(
    s: WriteSession, stored: Collection[tuple[int, int, str, bytes]]
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
            analysis.c.pipeline != bindparam("the_pipeline"),
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


def _annotation(kept: object) -> Annotation:
    said = cast(dict[str, Any], kept)
    return Annotation(
        model=said["model"],
        language=said["language"],
        tokens=Tokens(**{name: tuple(values) for name, values in said["tokens"].items()}),
        sentences=tuple((start, end) for start, end in said["sentences"]),
        mentions=tuple(Mention(**each) for each in said["mentions"]),
        values=tuple(Mention(**each) for each in said["values"]),
    )
