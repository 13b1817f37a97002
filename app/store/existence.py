"""Whether what a caller names is there, and the errors where it is not."""

from collections.abc import Collection

from sqlalchemy import Table, select

from app.errors import InvalidInput, NotFound
from app.store.engine.sessions import ReadSession
from app.store.tables import article, entity, story


def no_article(article_id: int) -> NotFound:
    """The error for an article that is not there."""
    return NotFound(f"there is no article {article_id}")


def no_entity(entity_id: int) -> NotFound:
    """The error for an entity that is not there."""
    return NotFound(f"there is no entity {entity_id}")


def no_story(story_id: int) -> NotFound:
    """The error for a story that is not there."""
    return NotFound(f"there is no story {story_id}")


def require_article(s: ReadSession, article_id: int) -> None:
    """Raises NotFound unless there is such an article."""
    if not _exists(s, article, article_id):
        raise no_article(article_id)


def require_entity(s: ReadSession, entity_id: int) -> None:
    """Raises NotFound unless there is such an entity."""
    if not _exists(s, entity, entity_id):
        raise no_entity(entity_id)


def require_filter_entities(s: ReadSession, wanted: Collection[int]) -> None:
    """Raises InvalidInput at `?entity` unless there are all these entities."""
    for each in wanted:
        if not _exists(s, entity, each):
            raise InvalidInput(no_entity(each).detail).at("?entity")


def require_filter_story(s: ReadSession, story_id: int) -> None:
    """Raises InvalidInput at `?story` unless there is such a story."""
    if not _exists(s, story, story_id):
        raise InvalidInput(no_story(story_id).detail).at("?story")


def _exists(s: ReadSession, table: Table, key: int) -> bool:
    return s.connection.execute(select(table.c.id).where(table.c.id == key)).first() is not None
