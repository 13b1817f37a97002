"""Pages by keyset: a page starts after the last item of the one before, whatever came or went.

A cursor carries the sort key and id of that item and a digest of the list, its filters and its
order: one of another query is refused rather than answered wrongly.
"""

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select, tuple_

from app.domain.page import Page, PageRequest, Total
from app.errors import InvalidInput
from app.store.engine.column_types import Id

MAX_LIMIT = 200
COUNTED = 10_000
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Sort:
    """A field to sort by: its column and the type of its values. `nullable` ones have what lacks
    the field last, in either direction."""

    key: ColumnElement[Any]
    kind: type[int] | type[str]
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A list as it was asked for: sorted by `field`, from after `position` (key and id)."""

    field: str
    descending: bool
    limit: int
    exact: bool
    digest: str
    position: tuple[Any, int] | None

    def cursor(self, key: object, item_id: int) -> str:
        """The cursor of a page that ends with this item."""
        packed = orjson.dumps([self.digest, key, item_id])
        return urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_request(
    request: PageRequest,
    name: str,
    where: object,
    fields: Mapping[str, type[int] | type[str]],
    default: str,
) -> Order:
    """How the page is ordered and where it starts.

    `name` and `where` tell this list from all others; `fields` are those it can be sorted by.
    Raises InvalidInput at `?limit`, `?sort` or `?cursor`.
    """
    if not 1 <= request.limit <= MAX_LIMIT:
        raise InvalidInput(f"limit is {request.limit}: it must be 1 to {MAX_LIMIT}").at("?limit")
    sort = default if request.sort is None else request.sort
    field = sort.removeprefix("-")
    if field not in fields:
        raise InvalidInput(
            f"this list is not sorted by {sort[:40]!r}: choose {', '.join(fields)}, "
            "with - before it for descending order"
        ).at("?sort")
    digest = hashlib.blake2b(repr((name, where, sort)).encode(), digest_size=8).hexdigest()
    position = None
    if request.cursor is not None:
        position = _position(request.cursor, digest, fields[field])
    return Order(field, sort.startswith("-"), request.limit, request.exact, digest, position)


def _position(cursor: str, digest: str, kind: type[int] | type[str]) -> tuple[Any, int]:
    unread = InvalidInput("this is not a cursor of a list: take `next_cursor` as it is").at(
        "?cursor"
    )
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        found, key, item_id = orjson.loads(raw)
    except (UnicodeEncodeError, binascii.Error, ValueError, TypeError):
        raise unread from None
    if found != digest:
        raise InvalidInput(
            "this cursor belongs to another list, or to other filters or another order"
        ).at("?cursor")
    sound = type(item_id) is int and abs(item_id) < _LARGEST
    sound = sound and (key is None or type(key) is kind)
    if not sound or (type(key) is int and abs(key) >= _LARGEST):
        raise unread
    return key, item_id


def fetch(
    connection: Connection,
    base: Select[Any],
    item_id: ColumnElement[int],
    sort: Sort,
    order: Order,
) -> tuple[list[Any], str | None]:
    """The rows of one page and the cursor of the next; `base` selects the id first."""
    rows = following(connection, base, item_id, sort, order)
    return cut(rows, order, lambda row: (row.sort_key, row[0]))


def following(
    connection: Connection,
    base: Select[Any],
    item_id: ColumnElement[int],
    sort: Sort,
    order: Order,
) -> list[Any]:
    """The rows of one page and one more, each with its `sort_key` last."""
    wanted = order.limit + 1
    rows: list[Any] = []
    statement = base.add_columns(sort.key.label("sort_key"))
    start = order.position
    phases = (False, True) if sort.nullable else (False,)
    for missing in phases:
        if len(rows) == wanted or (start is not None and not missing and start[0] is None):
            continue
        part = statement
        columns = [item_id] if missing or sort.key is item_id else [sort.key, item_id]
        if sort.nullable:
            part = part.where(sort.key.is_(None) if missing else sort.key.is_not(None))
        if start is not None and (start[0] is None) is missing:
            part = part.where(_beyond(columns, start, descending=order.descending))
        part = part.order_by(*(c.desc() if order.descending else c.asc() for c in columns))
        rows += connection.execute(part.limit(wanted - len(rows))).all()
    return rows


def _beyond(
    columns: Sequence[ColumnElement[Any]], start: tuple[Any, int], *, descending: bool
) -> ColumnElement[bool]:
    key, item_id = start
    if len(columns) == 1:
        return columns[0] < item_id if descending else columns[0] > item_id
    here = tuple_(*columns)
    there = tuple_(literal(key, columns[0].type), literal(item_id, Id))
    row_wise = here < there if descending else here > there
    # SQLite uses an index for the row comparison on its own, but only the first column's bound
    # when that column stands in an expression; saying it twice costs nothing.
    bound = columns[0] <= key if descending else columns[0] >= key
    return and_(bound, row_wise)


def cut[T](
    rows: Sequence[T], order: Order, position: Callable[[T], tuple[Any, int]]
) -> tuple[list[T], str | None]:
    """The rows of this page, of which one too many was fetched, and the cursor of the next."""
    page = list(rows[: order.limit])
    if len(rows) <= order.limit:
        return page, None
    return page, order.cursor(*position(page[-1]))


def count(connection: Connection, base: Select[Any], *, exact: bool) -> Total:
    """How many rows `base` has: all of them when `exact`, else up to 10,000."""
    return total(count_up_to(connection, base, exact=exact), exact=exact)


def count_up_to(connection: Connection, base: Select[Any], *, exact: bool) -> int:
    """The same as a number: 10,001 where the count was broken off."""
    counted = base if exact else base.limit(COUNTED + 1)
    number: int = connection.execute(
        select(func.count()).select_from(counted.subquery())
    ).scalar_one()
    return number


def total(value: int, *, exact: bool) -> Total:
    """A count that may have been broken off after 10,000."""
    if exact or value <= COUNTED:
        return Total(value, "eq")
    return Total(COUNTED, "gte")


def paged[T](items: Sequence[T], cursor: str | None, counted: Total) -> Page[T]:
    """A page."""
    return Page(tuple(items), cursor, counted)


def paged_in_memory[T](
    items: Sequence[T],
    order: Order,
    position: Callable[[T], tuple[Any, int]],
) -> tuple[list[T], str | None]:
    """The same over items that are in memory, already in their order."""
    start = 0
    if order.position is not None:
        key, item_id = order.position
        sign = -1 if order.descending else 1

        def after(item: T) -> bool:
            mine = position(item)
            if mine[0] != key:
                return bool(mine[0] < key) if sign < 0 else bool(mine[0] > key)
            return sign * mine[1] > sign * item_id

        start = next((n for n, item in enumerate(items) if after(item)), len(items))
    return cut(items[start : start + order.limit + 1], order, position)
