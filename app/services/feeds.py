"""Feeds that are polled: added, listed, changed, removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import structlog

from app.domain.feed import PolledFeed
from app.domain.page import FeedFilter, Page, PageRequest
from app.domain.source_name import source_slug
from app.domain.text import check_characters
from app.errors import Conflict, FieldError, InvalidInput, NotFound, ParallaxError
from app.intake.identity import canonical_url
from app.intake.opml import Outline
from app.services.filters import check_filters
from app.settings import Settings
from app.store.articles.polled_feeds import add_feed, change_feed, drop_feed
from app.store.engine.sessions import ReadSession, Store, WriteSession
from app.store.queries.feeds import all_feeds, feed_page, find_feed
from app.store.queries.sources import sources_named
from app.store.sources.names import ensure_source

log = structlog.get_logger(__name__)

# A server is asked for a feed no more often than this many seconds, whatever a person says.
SHORTEST_INTERVAL = 60
LONGEST_INTERVAL = 30 * 86_400


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """What a person says of a feed; None leaves a thing as it is. `source` is an outlet's name or
    slug."""

    url: str | None = None
    source: str | None = None
    interval: int | None = None
    state: Literal["active", "paused"] | None = None


@dataclass(frozen=True, slots=True)
class OpmlTaken:
    """What became of the feeds of an OPML file."""

    created: int
    existing: int
    failed: tuple[FieldError, ...]


def feeds(session: ReadSession, where: FeedFilter, page: PageRequest) -> Page[PolledFeed]:
    """Feeds by `id`."""
    check_filters(source=where.sources)
    return feed_page(session, where, page)


def feed(session: ReadSession, feed_id: int) -> PolledFeed:
    """A feed. Raises NotFound."""
    return find_feed(session, feed_id)


def create(
    store: Store, settings: Settings, url: str, source: str | None, interval: int | None
) -> tuple[PolledFeed, bool]:
    """Adds a feed, which is polled at once. Returns it, and whether it is new; one that is there
    already stays as it is.

    Raises InvalidInput and RefusedAddress at the field.
    """
    address, host = _checked(url, settings)
    with store.write() as session:
        slug = None if source is None else _outlet(session, source)
        number, new = add_feed(session, address, host, source_slug=slug, interval=interval)
        made = find_feed(session, number)
    if new:
        log.info("feed added", feed=number)
    return made, new


def change(store: Store, settings: Settings, feed_id: int, changes: FeedChanges) -> PolledFeed:
    """Changes a feed, which is polled anew at once unless it is paused. Returns it.

    Raises NotFound, InvalidInput and RefusedAddress at the field, Conflict where another feed has
    the address.
    """
    values: dict[str, object] = {}
    if changes.url is not None:
        values["url"], values["host"] = _checked(changes.url, settings)
    if changes.interval is not None:
        values["interval"] = changes.interval
    with store.write() as session:
        known = find_feed(session, feed_id)
        for other in all_feeds(session) if "url" in values else ():
            if other.url == values["url"] and other.id != feed_id:
                raise Conflict(f"feed {other.id} has this address already").at("#/url")
        if changes.source is not None:
            values["source_slug"] = _outlet(session, changes.source)
        values["state"] = changes.state or ("active" if "url" in values else known.state)
        change_feed(session, feed_id, values)
        return find_feed(session, feed_id)


def remove(store: Store, feed_id: int) -> None:
    """Removes a feed; what came from it stays. Raises NotFound."""
    with store.write() as session:
        if not drop_feed(session, feed_id):
            raise NotFound(f"there is no feed {feed_id}")


def take_opml(store: Store, settings: Settings, outlines: Iterable[Outline]) -> OpmlTaken:
    """Adds the feeds of an OPML file, each of the outlet that its outline names. Returns what
    became of them."""
    created = existing = 0
    failed: list[FieldError] = []
    for each in outlines:
        try:
            _, new = create(store, settings, each.url, each.title, None)
        except (InvalidInput, Conflict) as error:
            failed.append(FieldError(f"line {each.line}", error.detail))
        else:
            created += new
            existing += not new
    return OpmlTaken(created, existing, tuple(failed))


def outlines(session: ReadSession) -> list[Outline]:
    """All feeds, for an OPML file."""
    return [
        Outline(each.url, each.source.name if each.source else each.title)
        for each in all_feeds(session)
    ]


def _checked(url: str, settings: Settings) -> tuple[str, str]:
    """The address and its server. What its host's name leads to is checked at each poll."""
    # Here, for httpx costs 20 MB, which whoever lists feeds need not have.
    from app.intake.address import check_url, host_of, parse_url

    try:
        text = check_characters(url).strip()
        canonical_url(text)
        address = str(check_url(parse_url(text), allow_private=settings.fetch_private))
        return address, host_of(address)
    except ParallaxError as error:
        raise error.at("#/url") from None


def _outlet(session: WriteSession, named: str) -> str:
    """The slug of the name that leads to an outlet, by name or slug; made where there is none."""
    try:
        name = " ".join(check_characters(named).split())
        try:
            return sources_named(session, [name])[0].slug
        except InvalidInput:
            slug = source_slug(name)
        ensure_source(session, slug, name)
        return slug
    except ParallaxError as error:
        raise error.at("#/source") from None
