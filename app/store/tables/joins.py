"""What joins an article with what it has now."""

from sqlalchemy import select

from app.store.tables.articles import analysis, article, pipeline, revision

CURRENT_REVISION = (revision.c.article_id == article.c.id) & (
    revision.c.number == article.c.revision
)

# The analysis that an article is ready by.
CURRENT_ANALYSIS = (
    (analysis.c.article_id == article.c.id)
    & (analysis.c.revision == article.c.revision)
    & (
        analysis.c.pipeline_id
        == select(pipeline.c.id).where(pipeline.c.version == article.c.pipeline).scalar_subquery()
    )
)
