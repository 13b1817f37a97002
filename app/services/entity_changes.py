"""What is to be other about an entity, and the correction that each such change comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.annotation import TYPES
from app.domain.limits import MAX_CORRECTION_NAME
from app.domain.names import name_key
from app.errors import InvalidInput
from app.services.correction_checks import anchors_of, check_number, checked_name, key_of_name
from app.services.corrector import checked_text
from app.store.corrections.entities import current_entity, surfaces_of_entity
from app.store.corrections.log import NewCorrection, corrections_in_force
from app.store.engine.sessions import WriteSession


@dataclass(frozen=True, slots=True)
class EntityChanges:
    """What is to be other about an entity; None leaves it. `drop_aliases` are names of it,
    `reject_mentions` ids of mentions, each of them one correction; `pin` keeps the name and type
    that it has (once those are changed that are given here)."""

    type: str | None = None
    name: str | None = None
    drop_aliases: Sequence[str] = ()
    add_alias: str | None = None
    reject_mentions: Sequence[int] = ()
    pin: bool = False


type Step = Callable[[WriteSession, int, EntityChanges], NewCorrection | None]


def _retyped(session: WriteSession, entity: int, changes: EntityChanges) -> NewCorrection | None:
    if changes.type is None:
        return None
    if changes.type not in TYPES:
        raise InvalidInput(f"{changes.type[:40]!r} is no type: choose {', '.join(TYPES)}").at(
            "#/type"
        )
    if corrections_in_force(session).given_type(entity) == changes.type:
        return None
    return NewCorrection("retype", entity, type=changes.type)


def _renamed(session: WriteSession, entity: int, changes: EntityChanges) -> NewCorrection | None:
    name = checked_name(changes.name)
    if name is None or corrections_in_force(session).given_name(entity) == name:
        return None
    return NewCorrection("rename", entity, name=name)


def _dropped(session: WriteSession, entity: int, changes: EntityChanges) -> NewCorrection | None:
    aliases = tuple(changes.drop_aliases)
    if not aliases:
        return None
    check_number(len(aliases), "drop_alias")
    found = current_entity(session, entity)
    names = surfaces_of_entity(session, entity)
    keys = dict.fromkeys(key_of_name(found, names, each, "drop_alias") for each in aliases)
    return NewCorrection("drop_alias", entity, aliases=aliases, keys=tuple(keys))


def _added(session: WriteSession, entity: int, changes: EntityChanges) -> NewCorrection | None:
    if changes.add_alias is None:
        return None
    alias = checked_text(changes.add_alias, "add_alias", MAX_CORRECTION_NAME)
    key = name_key(alias)
    if corrections_in_force(session).named(key) == entity:
        return None
    return NewCorrection("add_alias", entity, aliases=(alias,), keys=(key,))


def _rejected(session: WriteSession, entity: int, changes: EntityChanges) -> NewCorrection | None:
    if not changes.reject_mentions:
        return None
    check_number(len(changes.reject_mentions), "reject_mention")
    places = anchors_of(session, entity, changes.reject_mentions, "reject_mention")
    return NewCorrection("reject_mention", entity, mentions=places)


def _pinned(session: WriteSession, entity: int, changes: EntityChanges) -> NewCorrection | None:
    if not changes.pin:
        return None
    found = current_entity(session, entity)
    given = corrections_in_force(session)
    if (given.given_name(entity), given.given_type(entity)) == (found.name, found.type):
        return None
    return NewCorrection("pin", entity, name=found.name, type=found.type)


# In the order in which they are made: each looks at the entity as those before it left it. None
# for a change that is not asked for, or that changes nothing.
STEPS: tuple[Step, ...] = (_retyped, _renamed, _dropped, _added, _rejected, _pinned)
