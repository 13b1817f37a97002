"""Webhooks: searches that are kept, and the signed messages that tell what they find.

Messages follow the Standard Webhooks convention (standardwebhooks.com): `webhook-id`,
`webhook-timestamp` and `webhook-signature`, an HMAC-SHA256 of all three by the receiver's secret.
"""

import binascii
import hashlib
import hmac
import secrets
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any, Protocol
from uuid import uuid4

import orjson

from app.domain.article import Article
from app.domain.limits import MAX_URL
from app.domain.page import ArticleFilter, Page, PageRequest
from app.domain.webhook import Delivery, Search, Webhook
from app.errors import FieldError, InvalidInput, ParallaxError
from app.intake.address import check_url, parse_url
from app.services import query
from app.store.engine.sessions import ReadSession, Store
from app.store.queries.articles import articles_by_id, matching_among
from app.store.queries.webhooks import delivery_page, find_delivery, find_webhook, webhook_page
from app.store.webhooks import (
    Due,
    Unmatched,
    add_deliveries,
    add_test,
    change_webhook,
    create_webhook,
    delete_webhook,
    disable_webhook,
    note_delivered,
    note_failed,
    unmatched,
)

PREFIX = "whsec_"
_SECRET_BYTES = 32
# Changes that are looked at for a webhook in one transaction.
_CHANGES = 2_000
_HOUR = 3_600.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a message that was not taken is sent again, in seconds after each try; after the last of
    them it is given up. A receiver that fails is left alone for at most `longest_pause` seconds,
    and for good once nothing was taken for `patience` seconds. `jitter` spreads all of it."""

    delays: tuple[float, ...] = (
        *(5.0, 300.0, 1_800.0, 2 * _HOUR, 5 * _HOUR),
        *(10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR),
    )
    longest_pause: float = 300.0
    patience: float = 120 * _HOUR
    jitter: float = 0.2


class Sender(Protocol):
    """What posts messages."""

    def send(self, url: str, content: bytes, headers: Mapping[str, str]) -> int:
        """Posts; the status of the answer. Raises RefusedAddress and FetchFailed."""
        ...


def signature(secret: str, message: str, timestamp: int, payload: str) -> str:
    """The signature of a message under a secret (`whsec_` and base64)."""
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("the secret is no base64") from None
    signed = f"{message}.{timestamp}.{payload}".encode()
    return f"v1,{b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def webhooks(session: ReadSession, page: PageRequest) -> Page[Webhook]:
    """Webhooks by `id`."""
    return webhook_page(session, page)


def webhook(session: ReadSession, webhook_id: int) -> Webhook:
    """A webhook. Raises NotFound."""
    return find_webhook(session, webhook_id)


def deliveries(session: ReadSession, webhook_id: int, page: PageRequest) -> Page[Delivery]:
    """The messages to a webhook by `id` (the newest first). Raises NotFound."""
    return delivery_page(session, webhook_id, page)


def create(store: Store, url: str, search: Search, *, allow_private: bool) -> tuple[Webhook, str]:
    """Creates a webhook. Returns it with its secret, which is told nowhere else.

    Raises InvalidInput at `#/url` or in `#/search`, and Conflict where there are as many as may be.
    """
    secret = PREFIX + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    checked = _checked_url(url, allow_private=allow_private)
    with store.write() as session:
        _check_search(session, search)
        made = find_webhook(session, create_webhook(session, checked, secret, search))
    return made, secret


def change(
    store: Store, webhook_id: int, values: Mapping[str, Any], *, allow_private: bool
) -> Webhook:
    """Changes `url`, `search` (for what is analysed from now on) or `state` of a webhook.

    Raises NotFound, and InvalidInput as `create` does.
    """
    changed = dict(values)
    if "url" in changed:
        changed["url"] = _checked_url(changed["url"], allow_private=allow_private)
    with store.write() as session:
        find_webhook(session, webhook_id)
        if "search" in changed:
            _check_search(session, changed["search"])
        change_webhook(session, webhook_id, changed)
        return find_webhook(session, webhook_id)


def delete(store: Store, webhook_id: int) -> None:
    """Deletes a webhook; nothing more is sent to it. Raises NotFound."""
    with store.write() as session:
        delete_webhook(session, webhook_id)


def match(store: Store) -> int:
    """Lets every webhook look at what was analysed since it last did, and adds a message for each
    new article that it finds. Returns how many it added. A search that can no longer be answered
    disables its webhook, which says why."""
    added = 0
    with store.read() as session:
        behind = unmatched(session, _CHANGES)
    for each in behind:
        with store.read() as session:
            try:
                found = matching_among(session, _filter(each.search), each.articles)
            except InvalidInput as error:
                _disable(store, each.webhook, f"The search fails: {error.detail}")
                continue
            articles = articles_by_id(session, found)
        messages = [(number, _message_id(), _matched(each, articles[number])) for number in found]
        with store.write() as session:
            added += add_deliveries(session, each, messages)
    return added


def _disable(store: Store, webhook_id: int, reason: str) -> None:
    with store.write() as session:
        disable_webhook(session, webhook_id, reason)


def try_out(store: Store, webhook_id: int, sender: Sender) -> Delivery:
    """Sends a test message at once. Returns what became of it; a webhook that is disabled stays so.

    Raises NotFound, also where somebody deletes the webhook meanwhile.
    """
    holder = uuid4().hex
    payload = _payload("webhook.test", {"webhook": webhook_id})
    with store.write() as session:
        find_webhook(session, webhook_id)
        due = add_test(session, webhook_id, holder, _message_id(), payload)
    status, error = _posted(due, sender)
    with store.write() as session:
        if error is None and status is not None:
            note_delivered(session, due, holder, status)
        else:
            note_failed(
                session,
                due,
                holder,
                status=status,
                error=error or "",
                again_in=None,
                pause=0.0,
                disable=None,
            )
        return find_delivery(session, due.delivery)


def deliver(store: Store, due: Due, holder: str, sender: Sender, schedule: Schedule) -> bool:
    """Sends a message that `holder` has claimed, and notes what became of it. Returns whether it
    was taken."""
    status, error = _posted(due, sender)
    with store.write() as session:
        if error is None and status is not None:
            note_delivered(session, due, holder, status)
            return True
        again = schedule.delays[due.attempt - 1 : due.attempt]
        step = schedule.delays[min(due.failures, len(schedule.delays) - 1)]
        note_failed(
            session,
            due,
            holder,
            status=status,
            error=error or "",
            again_in=_spread(again[0], schedule) if again else None,
            pause=_spread(min(step, schedule.longest_pause), schedule),
            disable=_given_up(due, status, schedule),
        )
    return False


def _posted(due: Due, sender: Sender) -> tuple[int | None, str | None]:
    """The status of the answer, and why the message was not taken, None where it was."""
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": due.message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(due.secret, due.message, timestamp, due.payload),
    }
    try:
        status = sender.send(due.url, due.payload.encode(), headers)
    except ParallaxError as error:
        return None, error.detail
    if 200 <= status < 300:
        return status, None
    said = " and redirects, which is not followed" if 300 <= status < 400 else ""
    return status, f"the receiver answered {status}{said}"


def _given_up(due: Due, status: int | None, schedule: Schedule) -> str | None:
    if status == 410:
        return "The receiver says that it is gone (410)."
    since = due.failing_since
    if since and (datetime.now(UTC) - since).total_seconds() >= schedule.patience:
        return f"No message was taken since {since:%Y-%m-%d %H:%M} UTC."
    return None


# Spreads tries in time; nothing secret hangs on it.
_random = Random()  # noqa: S311


def _spread(seconds: float, schedule: Schedule) -> float:
    return seconds * _random.uniform(1 - schedule.jitter, 1 + schedule.jitter)


def _checked_url(url: str, *, allow_private: bool) -> str:
    if len(url) > MAX_URL:
        raise InvalidInput(f"url has {len(url):,} characters; at most {MAX_URL:,} are taken").at(
            "#/url"
        )
    try:
        return str(check_url(parse_url(url), allow_private=allow_private))
    except InvalidInput as error:
        raise error.at("#/url") from None


def _check_search(session: ReadSession, search: Search) -> None:
    """Returns where the search can be answered; raises InvalidInput at the part that does not
    fit."""
    try:
        query.articles(session, _filter(search), PageRequest(limit=1))
    except InvalidInput as error:
        fields = tuple(
            FieldError(each.pointer.replace("?", "#/search/"), each.detail) for each in error.errors
        )
        raise InvalidInput(error.detail, errors=fields) from None


def _filter(search: Search) -> ArticleFilter:
    return ArticleFilter(
        q=search.q,
        sources=search.source,
        entities=search.entity,
        story=search.story,
        language=search.language,
    )


def _message_id() -> str:
    return f"msg_{uuid4().hex}"


def _matched(looked: Unmatched, article: Article) -> str:
    """The message that an article matches; it names the article, and what a reader wants first."""
    shown = {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source and {"slug": article.source.slug, "name": article.source.name},
        "published_at": article.published and article.published.instant,
        "language": article.language,
        "story": article.story,
        "revision": article.revision,
    }
    return _payload("article.matched", {"webhook": looked.webhook, "article": shown})


def _payload(type_: str, data: Mapping[str, Any]) -> str:
    made = {"type": type_, "timestamp": datetime.now(UTC), "data": data}
    return orjson.dumps(made, option=orjson.OPT_UTC_Z).decode()
