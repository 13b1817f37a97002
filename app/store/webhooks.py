"""Webhooks as they are kept, and who delivers which message.

A message is claimed for a while, as pending articles are (`app.store.articles.claims`): one whose
sender is killed is anybody's again, and goes out under the same id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update

from app.domain.webhook import Search
from app.errors import Conflict, NotFound
from app.store.engine.clock import DatabaseNow
from app.store.engine.column_types import Instant
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import article, change, change_count, delivery, webhook

MOST = 100
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Due:
    """A message to be sent now: `attempt` counts from 1."""

    delivery: int
    webhook: int
    url: str
    secret: str
    message: str
    payload: str
    attempt: int
    failures: int
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A webhook with articles that were analysed since it last looked: those of them that are new,
    and the number of the change up to which that is so."""

    webhook: int
    search: Search
    articles: tuple[int, ...]
    matched: int


def search_of(kept: Mapping[str, Any]) -> Search:
    """The search that is kept."""
    lists = {name: tuple(kept[name]) for name in ("source", "entity")}
    return Search(**{**kept, **lists})


def create_webhook(s: WriteSession, url: str, secret: str, search: Search) -> int:
    """Creates a webhook for the articles that come from now on. Returns its id.

    Raises Conflict where there are as many as may be.
    """
    if s.connection.execute(select(func.count()).select_from(webhook)).scalar_one() >= MOST:
        raise Conflict(f"there are {MOST} webhooks, as many as may be: delete one first")
    values = {
        "url": url,
        "secret": secret,
        "search": asdict(search),
        "matched": s.connection.execute(select(change_count.c.last)).scalar() or 0,
        "last_article": s.connection.execute(select(func.max(article.c.id))).scalar() or 0,
        "created_at": datetime.now(UTC),
    }
    made = s.connection.execute(insert(webhook).values(values).returning(webhook.c.id))
    return int(made.scalar_one())


def change_webhook(s: WriteSession, webhook_id: int, values: Mapping[str, Any]) -> None:
    """Changes a webhook: `url`, `search`, `state`. One that is made active is tried at once.

    Raises NotFound.
    """
    changed = dict(values)
    if isinstance(search := changed.get("search"), Search):
        changed["search"] = asdict(search)
    if changed.get("state") == "active":
        changed |= dict.fromkeys(("failing_since", "last_error", "reason"))
        changed |= {"failures": 0, "retry_at": 0}
        waiting = (delivery.c.webhook_id == webhook_id) & (delivery.c.state == "waiting")
        s.connection.execute(update(delivery).where(waiting).values(due=0))
    elif changed.get("state") == "disabled":
        changed["reason"] = "It was switched off."
    mine = update(webhook).where(webhook.c.id == webhook_id)
    if changed and not s.connection.execute(mine.values(changed)).rowcount:
        raise no_webhook(webhook_id)


def delete_webhook(s: WriteSession, webhook_id: int) -> None:
    """Deletes a webhook with all that waits for it. Raises NotFound."""
    if not s.connection.execute(delete(webhook).where(webhook.c.id == webhook_id)).rowcount:
        raise no_webhook(webhook_id)


def no_webhook(webhook_id: int) -> NotFound:
    """The error for a webhook that is not there."""
    return NotFound(f"there is no webhook {webhook_id}")


def unmatched(s: ReadSession, most: int) -> list[Unmatched]:
    """The active webhooks that have not looked at all that is analysed, each with the next of it,
    `most` changes at a time."""
    last = s.connection.execute(select(change_count.c.last)).scalar() or 0
    behind = select(webhook).where(webhook.c.state == "active", webhook.c.matched < last)
    found = []
    for row in s.connection.execute(behind.order_by(webhook.c.id)).all():
        seen = (
            select(change.c.number, change.c.type, change.c.kind, change.c.object_id)
            .where(change.c.number > row.matched)
            .order_by(change.c.number)
            .limit(most)
        )
        rows = s.connection.execute(seen).all()
        new = tuple(
            each.object_id
            for each in rows
            if (each.type, each.kind) == ("article", "analysed")
            and each.object_id > row.last_article
        )
        end = rows[-1].number if rows else last
        found.append(Unmatched(row.id, search_of(row.search), new, end))
    return found


def add_deliveries(
    s: WriteSession, looked: Unmatched, messages: Sequence[tuple[int, str, str]]
) -> int:
    """Adds messages to a webhook, each of an article, with its id and payload, and notes how far it
    has looked. One that it has of an article already is not added again. Returns how many it
    added; none where another process has looked meanwhile."""
    mine = select(webhook.c.matched).where(webhook.c.id == looked.webhook)
    before = s.connection.execute(mine).scalar()
    if before is None or before >= looked.matched:
        return 0
    s.connection.execute(
        update(webhook).where(webhook.c.id == looked.webhook).values(matched=looked.matched)
    )
    ids = [number for number, _, _ in messages]
    told = select(delivery.c.article_id).where(
        delivery.c.webhook_id == looked.webhook, delivery.c.article_id.in_(ids)
    )
    known = set(s.connection.execute(told).scalars())
    there = set(s.connection.execute(select(article.c.id).where(article.c.id.in_(ids))).scalars())
    now = datetime.now(UTC)
    rows = [
        {
            "webhook_id": looked.webhook,
            "article_id": number,
            "message": message,
            "type": "article.matched",
            "payload": payload,
            "created_at": now,
        }
        for number, message, payload in messages
        if number in there - known
    ]
    if rows:
        s.connection.execute(insert(delivery), rows)
    return len(rows)


def add_test(s: WriteSession, webhook_id: int, holder: str, message: str, payload: str) -> Due:
    """Adds a message that tries a webhook, which is there, claimed by who is to send it."""
    made = s.connection.execute(
        insert(delivery)
        .values(
            webhook_id=webhook_id,
            message=message,
            type="webhook.test",
            payload=payload,
            holder=holder,
            expires=DatabaseNow() + 600 * _SECOND,
            created_at=datetime.now(UTC),
        )
        .returning(delivery.c.id)
    ).scalar_one()
    (due,) = _due(s, [int(made)])
    return due


def claim_due(s: WriteSession, holder: str, most: int, lease_seconds: float) -> list[Due]:
    """Claims messages that are due, one of each webhook of which none is under way, `most` at
    most."""
    now = s.connection.execute(select(DatabaseNow())).scalar_one()
    ids: list[int] = []
    ready = (
        select(webhook.c.id)
        .where(webhook.c.state == "active", webhook.c.retry_at <= now)
        .order_by(webhook.c.retry_at, webhook.c.id)
    )
    for each in s.connection.execute(ready).scalars().all():
        if len(ids) == most:
            break
        waiting = (delivery.c.webhook_id == each) & (delivery.c.state == "waiting")
        held = select(delivery.c.id).where(waiting, delivery.c.expires > now).limit(1)
        if s.connection.execute(held).first() is not None:
            continue
        first = (
            select(delivery.c.id)
            .where(waiting, delivery.c.due <= now)
            .order_by(delivery.c.due, delivery.c.id)
            .limit(1)
        )
        ids += s.connection.execute(first).scalars()
    if ids:
        s.connection.execute(
            update(delivery)
            .where(delivery.c.id.in_(ids))
            .values(holder=holder, expires=now + round(lease_seconds * _SECOND))
        )
    return _due(s, ids)


def _due(s: ReadSession, ids: Sequence[int]) -> list[Due]:
    rows = s.connection.execute(
        select(
            delivery.c.id,
            webhook.c.id,
            webhook.c.url,
            webhook.c.secret,
            delivery.c.message,
            delivery.c.payload,
            delivery.c.attempts + 1,
            webhook.c.failures,
            webhook.c.failing_since,
        )
        .join_from(delivery, webhook, webhook.c.id == delivery.c.webhook_id)
        .where(delivery.c.id.in_(ids))
    )
    return [Due(*row) for row in rows]


def any_due(s: ReadSession) -> bool:
    """Whether a message is due that nobody sends."""
    now = DatabaseNow()
    found = (
        select(delivery.c.id)
        .join_from(delivery, webhook, webhook.c.id == delivery.c.webhook_id)
        .where(webhook.c.state == "active", webhook.c.retry_at <= now)
        .where(delivery.c.state == "waiting", delivery.c.due <= now, delivery.c.expires <= now)
    )
    return s.connection.execute(found.limit(1)).first() is not None


def note_delivered(s: WriteSession, due: Due, holder: str, status: int) -> None:
    """Notes that a message was taken, and that its receiver is well."""
    values = {"state": "delivered", "status": status, "error": None, "payload": None}
    if _finish(s, due, holder, values | {"finished_at": datetime.now(UTC)}):
        well = {"failures": 0, "retry_at": 0, "failing_since": None, "last_error": None}
        s.connection.execute(update(webhook).where(webhook.c.id == due.webhook).values(well))


def note_failed(
    s: WriteSession,
    due: Due,
    holder: str,
    *,
    status: int | None,
    error: str,
    again_in: float | None,
    pause: float,
    disable: str | None,
) -> None:
    """Notes that a message was not taken. It is tried again in so many seconds (None: no more), any
    of its webhook in `pause` seconds at the earliest; `disable` says why the webhook is no longer
    to be tried at all."""
    now = datetime.now(UTC)
    values: dict[str, Any] = {"status": status, "error": error}
    if again_in is None:
        values |= {"state": "failed", "finished_at": now, "payload": None}
    else:
        values["due"] = DatabaseNow() + round(again_in * _SECOND)
    if not _finish(s, due, holder, values):
        return
    worse: dict[str, Any] = {
        "failures": webhook.c.failures + 1,
        "failing_since": func.coalesce(webhook.c.failing_since, literal(now, Instant())),
        "last_error": error,
        "retry_at": DatabaseNow() + round(pause * _SECOND),
    }
    if disable is not None:
        worse |= {"state": "disabled", "reason": disable}
    s.connection.execute(update(webhook).where(webhook.c.id == due.webhook).values(worse))


def disable_webhook(s: WriteSession, webhook_id: int, reason: str) -> None:
    """Disables a webhook, saying why."""
    off = {"state": "disabled", "reason": reason, "last_error": reason}
    s.connection.execute(update(webhook).where(webhook.c.id == webhook_id).values(off))


def _finish(s: WriteSession, due: Due, holder: str, values: Mapping[str, Any]) -> bool:
    """Writes the outcome of a try, unless the message is another's by now or gone."""
    done = s.connection.execute(
        update(delivery)
        .where(
            delivery.c.id == due.delivery,
            delivery.c.holder == holder,
            delivery.c.state == "waiting",
        )
        .values(attempts=due.attempt, holder=None, expires=0, **values)
    )
    return done.rowcount == 1
