"""What a transaction changes, written into the log of changes at its end.

Whatever writes what is shown of an article, an entity, a story or an outlet notes it here. The
numbers are taken last, and held until the commit: a follower that has seen one has seen all below.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, select, text, update

from app.domain.change import KINDS, TYPES, ChangedType, ChangeKind
from app.store.engine.bulk_writes import upsert
from app.store.engine.parameters import numbers
from app.store.engine.sessions import WriteSession
from app.store.tables import article, change, entity, entity_article, story

_DATED = {"article": article, "entity": entity, "story": story}
_COLUMNS = ("type", "object_id", "kind", "number", "at", "other_id")
_NEXT = text(
    "INSERT INTO change_count (id, last) VALUES (1, :count) "
    "ON CONFLICT (id) DO UPDATE SET last = change_count.last + excluded.last RETURNING last"
)


def note(
    s: WriteSession,
    type_: ChangedType,
    kind: ChangeKind,
    ids: Iterable[int],
    to: int | None = None,
) -> None:
    """Notes that the session changed these things; `to` as in `Change`."""
    note_moves(s, type_, kind, dict.fromkeys(ids, to))


def note_moves(
    s: WriteSession, type_: ChangedType, kind: ChangeKind, moves: Mapping[int, int | None]
) -> None:
    """The same with where each of them went."""
    if moves and not s.noted:
        s.before_commit.append(partial(_write, s))
    for each, to in moves.items():
        s.noted[type_, each][kind] = to


def date_of(s: WriteSession, type_: ChangedType, ids: Iterable[int]) -> datetime:
    """The `updated_at` of things that the session changes, for whoever writes their rows anyway:
    each row that is written twice is written to its indexes twice."""
    s.dated.update((type_, each) for each in ids)
    return s.at


def note_mentioning(s: WriteSession, entities: Collection[int]) -> None:
    """Notes that the articles that mention these entities show them otherwise."""
    found = select(entity_article.c.article_id).where(
        entity_article.c.entity_id.in_(numbers(entities))
    )
    note(s, "article", "changed", s.connection.execute(found.distinct()).scalars())


def _write(s: WriteSession) -> None:
    _note_stories(s)
    noted = s.noted
    rows = sorted(
        (KINDS.index(kind), TYPES.index(type_), each, to)
        for (type_, each), kinds in noted.items()
        for kind, to in _telling(kinds).items()
    )
    last = _take_numbers(s.connection, len(rows))
    upsert(
        s.connection,
        change,
        _COLUMNS,
        [
            (TYPES[type_], each, KINDS[kind], last - len(rows) + place, s.at, to)
            for place, (kind, type_, each, to) in enumerate(rows, start=1)
        ],
        replace=("number", "at", "other_id"),
    )
    for type_ in TYPES:
        gone = [each for (of, each), kinds in noted.items() if of == type_ and "deleted" in kinds]
        if gone:
            s.connection.execute(
                delete(change).where(
                    change.c.type == type_,
                    change.c.object_id.in_(numbers(gone)),
                    change.c.kind != "deleted",
                )
            )
        undated = [each for of, each in noted.keys() - s.dated if of == type_]
        if undated and (table := _DATED.get(type_)) is not None:
            s.connection.execute(
                update(table).where(table.c.id.in_(numbers(undated))).values(updated_at=s.at)
            )


def _take_numbers(connection: Connection, count: int) -> int:
    """Takes so many numbers, the next ones. Returns the last of them."""
    last: int = connection.execute(_NEXT, {"count": count}).scalar_one()
    return last


def _note_stories(s: WriteSession) -> None:
    """Notes the stories of articles that changed: they show titles and entities of these."""
    articles = [each for type_, each in s.noted if type_ == "article"]
    found = select(article.c.story_id).where(
        article.c.id.in_(numbers(articles)), article.c.story_id.is_not(None)
    )
    note(s, "story", "changed", s.connection.execute(found.distinct()).scalars())


def _telling(kinds: Mapping[str, int | None]) -> Mapping[str, int | None]:
    """What is worth telling of all that happened to a thing in one transaction: not that it
    changed, where something says how; of what is gone, only that."""
    if "deleted" in kinds:
        return {"deleted": None}
    if len(kinds) > 1:
        return {kind: to for kind, to in kinds.items() if kind != "changed"}
    return kinds
