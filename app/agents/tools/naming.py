"""Outlets, entities and articles as a model names them and reads of them."""

from difflib import get_close_matches

from app.domain.article import Article
from app.domain.entity import Entity
from app.domain.page import EntityFilter, PageRequest
from app.errors import InvalidInput
from app.services import query
from app.store.engine.sessions import ReadSession

_SHOWN = 8
_ALL = PageRequest(limit=200, sort="-articles")


def named_outlet(session: ReadSession, name: str) -> str:
    """The slug of the outlet of this slug or name, whatever the case. Raises InvalidInput, which
    names some that there are."""
    page = query.sources(session, _ALL)
    found = {each.slug: each.name for each in page.items}
    wanted = name.strip().casefold()
    for slug, full in found.items():
        if wanted in (slug.casefold(), full.casefold()):
            return slug
    if page.next_cursor:
        # One of the many small ones, perhaps: whoever uses the name looks among all.
        return name
    names = list(found.values())
    near = get_close_matches(name, names, n=3) or names[:_SHOWN]
    there = f"There are {', '.join(near)}" if near else "The collection has no outlets yet"
    raise InvalidInput(f"No outlet is called {name[:80]!r}. {there}.")


def named_entity(session: ReadSession, name: str) -> Entity:
    """The entity of this id or name; of several that of the nearest name. Raises InvalidInput."""
    if name.isascii() and name.isdigit():
        return query.entity(session, int(name)).entity
    found = query.entities(session, EntityFilter(q=name), PageRequest(limit=1)).items
    if not found:
        raise InvalidInput(
            f"Nobody and nothing in the collection is called {name[:80]!r}, nor nearly so."
        )
    return found[0]


def about_article(article: Article) -> dict[str, object]:
    """An article as answers name it, without what is not known of it."""
    found = {
        "article": article.id,
        "source": article.source.name if article.source else None,
        "title": article.title,
        "url": article.url,
        "published": article.published.day.isoformat() if article.published else None,
        "story": article.story,
        "state": article.state if article.state != "ready" else None,
    }
    return {name: value for name, value in found.items() if value is not None}
