"""Corrections by people: logged, applied at once, undone.

Each is one transaction: after it every list, count and comparison agrees. Whatever is analysed
later is corrected alike, since a correction speaks of entities, names and places in a text, never
of what an analysis makes anew.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import structlog

from app.domain.correction import Correction, Corrections
from app.domain.logged import LoggedCorrection
from app.domain.source_correction import SourceCorrection
from app.domain.story_correction import StoryCorrection
from app.errors import InvalidInput, NotFound
from app.services import correct_sources, correct_stories
from app.services.correction_checks import (
    anchors_of,
    check_number,
    check_own,
    checked_name,
    key_of_name,
    own_entity,
)
from app.services.corrector import Corrector
from app.services.entity_changes import STEPS, EntityChanges
from app.store.corrections.entities import (
    create_split_entity,
    current_entity,
    refresh_entities,
    refresh_merged,
    surfaces_of_entity,
)
from app.store.corrections.log import NewCorrection, corrections_in_force, log_correction, log_undo
from app.store.corrections.reach import (
    NO_REACH,
    Reach,
    reach_of_entity,
    reach_of_names,
    reach_of_resolved,
)
from app.store.corrections.replay import replay
from app.store.engine.sessions import Store, WriteSession
from app.store.queries.corrections import find_correction

log = structlog.get_logger(__name__)


def merge(store: Store, entity: int, into: int, by: Corrector) -> Correction:
    """Makes `entity` part of `into`: all its mentions, and those still to come, are the other's.
    Returns the correction; one that was made before is not made again.

    Raises NotFound; InvalidInput at `#/into`; Conflict where one of them is part of another.
    """
    with store.write() as session:
        merged = current_entity(session, entity)
        try:
            target = current_entity(session, into)
        except NotFound as error:
            raise InvalidInput(error.detail).at("#/into") from None
        if entity == into:
            raise InvalidInput("an entity cannot be merged into itself").at("#/into")
        for done in corrections_in_force(session).log:
            if done.kind == "merge" and (done.entity, done.other) == (entity, into):
                return done
        check_own(merged)
        check_own(target)
        return _correct(session, NewCorrection("merge", entity, other=into), by)


def split_aliases(
    store: Store, entity: int, aliases: Sequence[str], by: Corrector, *, name: str | None = None
) -> Correction:
    """Takes these names of an entity to a new one, with all mentions that read so, now and to come.
    Returns the correction; its `other` is the new entity, which is called `name`, else as most of
    its mentions read. Spellings that differ in case, accents or a possessive are one name.

    Raises NotFound, Conflict; InvalidInput at `#/aliases` for what is no name of the entity.
    """
    with store.write() as session:
        found = own_entity(session, entity)
        check_number(len(aliases), "aliases")
        names = surfaces_of_entity(session, entity)
        keys = tuple(dict.fromkeys(key_of_name(found, names, each, "aliases") for each in aliases))
        title = checked_name(name) or next(text for text, key in names if key in keys)
        new = NewCorrection(
            "split_aliases",
            entity,
            other=create_split_entity(session, entity, title, found.type),
            aliases=tuple(aliases),
            keys=keys,
        )
        return _correct(session, new, by)


def split_mentions(
    store: Store, entity: int, mentions: Sequence[int], by: Corrector, *, name: str | None = None
) -> Correction:
    """Takes these mentions (by their ids) of an entity to a new one. Returns the correction; its
    `other` is the new entity. The mentions are known again by their spans in the text, and in
    later revisions of it where the same name stands in the same surroundings.

    Raises NotFound, Conflict; InvalidInput at `#/mentions` for what is no mention of the entity.
    """
    with store.write() as session:
        found = own_entity(session, entity)
        check_number(len(mentions), "mentions")
        places = anchors_of(session, entity, mentions, "mentions")
        readings = Counter(place.text for place in places)
        title = checked_name(name) or min(readings, key=lambda text: (-readings[text], text))
        new = NewCorrection(
            "split_mentions",
            entity,
            other=create_split_entity(session, entity, title, found.type),
            mentions=places,
        )
        return _correct(session, new, by)


def change_entity(
    store: Store, entity: int, changes: EntityChanges, by: Corrector
) -> tuple[Correction, ...]:
    """Changes an entity in one transaction. Returns the corrections that this came to, one for each
    change that changed anything.

    A dropped name's mentions, and a rejected mention, are no entity's any more; an added name's
    mentions are this entity's, whichever entity they were of before. Raises NotFound, Conflict, and
    InvalidInput at the field that does not fit.
    """
    with store.write() as session:
        own_entity(session, entity)
        made = [
            _correct(session, new, by)
            for step in STEPS
            if (new := step(session, entity, changes)) is not None
        ]
    return tuple(made)


def undo(store: Store, correction: int, by: Corrector) -> LoggedCorrection:
    """Undoes a correction: everything is as if it had never been made, with later corrections
    applied to that. What those moved stays where they moved it. Returns the correction as undone.

    Raises NotFound where there is no such correction, or it was undone already.
    """
    with store.write() as session:
        done = find_correction(session, correction)
        if done.undone_at is not None:
            when = f"{done.undone_at:%Y-%m-%d %H:%M} UTC"
            raise NotFound(f"correction {correction} was undone already, on {when}")
        if isinstance(done, StoryCorrection):
            correct_stories.undo(session, done, by)
        elif isinstance(done, SourceCorrection):
            correct_sources.undo(session, done, by)
        else:
            reach = _reach_of_undoing(session, corrections_in_force(session), done)
            log_undo(session, correction, author=by.author, reason=by.reason)
            _apply(session, done, reach)
        undone = find_correction(session, correction)
    log.info("correction undone", correction=correction)
    return undone


def _correct(session: WriteSession, new: NewCorrection, by: Corrector) -> Correction:
    reach = _reach(session, new)
    done = log_correction(session, replace(new, author=by.author, reason=by.reason))
    _apply(session, done, reach)
    log.info("corrected", correction=done.id, kind=done.kind, entity=done.entity)
    return done


def _apply(session: WriteSession, done: Correction, reach: Reach) -> None:
    corrections = corrections_in_force(session)
    if done.kind == "merge":
        refresh_merged(session, corrections, done.entity)
    elif done.kind in ("retype", "rename", "pin"):
        refresh_entities(session, corrections, [done.entity])
    replay(session, corrections, reach)


def _reach(session: WriteSession, new: NewCorrection) -> Reach:
    """What a correction, being the last, may move: only what its entity holds by now."""
    match new.kind:
        case "rename":
            return NO_REACH
        case "merge" | "retype" | "pin":
            return reach_of_entity(session, new.entity)
        case "split_aliases" | "drop_alias":
            names = surfaces_of_entity(session, new.entity)
            texts = [text for text, key in names if key in new.keys]
            return reach_of_entity(session, new.entity, texts=texts)
        case "split_mentions" | "reject_mention":
            articles = {place.article for place in new.mentions}
            return reach_of_entity(session, new.entity, articles=articles)
        case "add_alias":
            return reach_of_names(session, new.keys)


def _reach_of_undoing(session: WriteSession, log: Corrections, done: Correction) -> Reach:
    """What a correction may have moved, wherever others have moved it since."""
    if done.kind == "rename":
        return NO_REACH
    if done.kind in ("retype", "pin"):
        return reach_of_entity(session, done.entity)
    if done.kind == "add_alias":
        return reach_of_names(session, done.keys)
    entities, keys = log.upstream(done.entity)
    reach = reach_of_resolved(session, entities)
    return reach | reach_of_names(session, keys) if keys else reach
