"""Whether a correction can be made: of which entity, by which names and mentions."""

from collections.abc import Sequence

from app.domain.correction import Anchor
from app.domain.limits import MAX_CORRECTION_NAME, MAX_SPLIT
from app.domain.names import name_key
from app.errors import Conflict, InvalidInput
from app.services.corrector import checked_text
from app.store.corrections.entities import CurrentEntity, anchors_of_mentions, current_entity
from app.store.engine.sessions import WriteSession


def own_entity(session: WriteSession, entity: int) -> CurrentEntity:
    """The entity. Raises NotFound; Conflict where it is part of another."""
    found = current_entity(session, entity)
    check_own(found)
    return found


def check_own(entity: CurrentEntity) -> None:
    """Raises Conflict for an entity that is part of another."""
    if entity.merged_into is not None:
        raise Conflict(
            f"entity {entity.id} is part of entity {entity.merged_into}: correct that one, or undo "
            "the merge first"
        )


def check_number(given: int, field: str) -> None:
    """Raises InvalidInput where one split names too many, or none."""
    if not 1 <= given <= MAX_SPLIT:
        raise InvalidInput(f"{field} holds {given:,}: it must be 1 to {MAX_SPLIT}").at(f"#/{field}")


def key_of_name(
    entity: CurrentEntity, names: Sequence[tuple[str, str]], alias: str, field: str
) -> str:
    """The key of a name that the entity has. Raises InvalidInput at the field where it has none
    such."""
    key = name_key(checked_text(alias, field, MAX_CORRECTION_NAME))
    if all(key != other for _, other in names):
        shown = ", ".join(repr(text) for text, _ in names[:5]) or "none"
        raise InvalidInput(
            f"{alias!r} is no name of entity {entity.id} ({entity.name}); its names: {shown}"
        ).at(f"#/{field}")
    return key


def anchors_of(
    session: WriteSession, entity: int, mentions: Sequence[int], field: str
) -> tuple[Anchor, ...]:
    """Where these mentions of the entity (by their ids) stand, each once. Raises InvalidInput at
    the field for what is no mention of it."""
    found = anchors_of_mentions(session, mentions)
    for each in mentions:
        _, owner = found.get(each, (None, None))
        if owner != entity:
            raise InvalidInput(f"entity {entity} has no mention {each}").at(f"#/{field}")
    return tuple(found[each][0] for each in dict.fromkeys(mentions))


def checked_name(name: str | None) -> str | None:
    """The name without blanks around it; None for none. Raises InvalidInput at `#/name`."""
    return None if name is None else checked_text(name, "name", MAX_CORRECTION_NAME)
