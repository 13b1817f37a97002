"""Webhooks and their deliveries as they are read."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.domain.page import Page, PageRequest
from app.domain.webhook import Delivery, Webhook
from app.errors import NotFound
from app.store.engine.column_types import EPOCH
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.sessions import ReadSession
from app.store.tables import delivery, webhook
from app.store.webhooks import no_webhook, search_of

_WAITING = (
    select(func.count())
    .where(delivery.c.webhook_id == webhook.c.id, delivery.c.state == "waiting")
    .correlate(webhook)
    .scalar_subquery()
    .label("waiting")
)


def webhook_page(s: ReadSession, page: PageRequest) -> Page[Webhook]:
    """The webhooks by id."""
    order = read_request(page, "webhooks", None, {"id": int}, "id")
    base = select(webhook.c.id, webhook, _WAITING)
    rows, cursor = fetch(s.connection, base, webhook.c.id, Sort(webhook.c.id, int), order)
    counted = count(s.connection, select(webhook.c.id), exact=order.exact)
    return paged([_webhook(row._mapping) for row in rows], cursor, counted)


def find_webhook(s: ReadSession, webhook_id: int) -> Webhook:
    """A webhook. Raises NotFound."""
    mine = select(webhook, _WAITING).where(webhook.c.id == webhook_id)
    row = s.connection.execute(mine).mappings().one_or_none()
    if row is None:
        raise no_webhook(webhook_id)
    return _webhook(row)


def delivery_page(s: ReadSession, webhook_id: int, page: PageRequest) -> Page[Delivery]:
    """The messages to a webhook by id, the newest first unless asked otherwise.

    Raises NotFound.
    """
    find_webhook(s, webhook_id)
    order = read_request(page, "deliveries", webhook_id, {"id": int}, "-id")
    base = select(delivery.c.id, delivery).where(delivery.c.webhook_id == webhook_id)
    rows, cursor = fetch(s.connection, base, delivery.c.id, Sort(delivery.c.id, int), order)
    counted = count(s.connection, base, exact=order.exact)
    return paged([_delivery(row._mapping) for row in rows], cursor, counted)


def find_delivery(s: ReadSession, delivery_id: int) -> Delivery:
    """A message. Raises NotFound: it goes with its webhook."""
    mine = select(delivery).where(delivery.c.id == delivery_id)
    row = s.connection.execute(mine).mappings().one_or_none()
    if row is None:
        raise NotFound(f"there is no message {delivery_id}: its webhook was deleted")
    return _delivery(row)


def _webhook(row: Mapping[Any, Any]) -> Webhook:
    return Webhook(
        id=row[webhook.c.id],
        url=row[webhook.c.url],
        search=search_of(row[webhook.c.search]),
        state=row[webhook.c.state],
        reason=row[webhook.c.reason],
        failures=row[webhook.c.failures],
        failing_since=row[webhook.c.failing_since],
        last_error=row[webhook.c.last_error],
        waiting=row["waiting"],
        created_at=row[webhook.c.created_at],
    )


def _delivery(row: Mapping[Any, Any]) -> Delivery:
    due = EPOCH + timedelta(microseconds=row[delivery.c.due])
    waits = row[delivery.c.state] == "waiting"
    return Delivery(
        id=row[delivery.c.id],
        message=row[delivery.c.message],
        type=row[delivery.c.type],
        article=row[delivery.c.article_id],
        state=row[delivery.c.state],
        attempts=row[delivery.c.attempts],
        status=row[delivery.c.status],
        error=row[delivery.c.error],
        created_at=row[delivery.c.created_at],
        finished_at=row[delivery.c.finished_at],
        next_at=max(due, datetime.now(UTC)) if waits else None,
    )
