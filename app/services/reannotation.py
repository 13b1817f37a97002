"""Analyses articles of older versions again, and tells what that changed."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.annotation import Analysis, AnalysisInput
from app.errors import Unavailable
from app.services.work import Analysing
from app.store.articles.outdated import outdated, stored_languages
from app.store.articles.queue import failure_reasons, mark_pending, still_pending
from app.store.engine.sessions import Store
from app.store.queries.entities import entity_names
from app.store.queries.mentions import Bounds, entities_of_mentions

# Articles that are marked at a time: enough to keep all workers busy, few enough that stopping
# leaves little under way.
_ARTICLES = 256
_WAIT_SECONDS = 1.0
# Without any article done for so long something is broken; the slowest takes a minute or two.
_PATIENCE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Reannotated:
    """What a new analysis of one article changed: names of the entities that it has now and had
    not, and the other way round, and mentions that name another entity than before. `failed`: its
    analysis failed, and says why in the article."""

    article: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    moved: int
    failed: bool

    @property
    def changed(self) -> bool:
        """Whether anything is other than before."""
        return bool(self.gained or self.lost or self.moved or self.failed)


def current_versions(
    store: Store, analyse: Callable[[list[AnalysisInput]], list[Analysis]]
) -> dict[str, str]:
    """The version that an analysis in each language of the collection has now."""
    with store.read() as session:
        languages = stored_languages(session)
    probes = [AnalysisInput("Good morning.", 0, language) for language in languages]
    found = analyse(probes)
    return {each: probe.pipeline for each, probe in zip(languages, found, strict=True)}


def reannotate(store: Store, current: Mapping[str, str], work: Analysing) -> Iterator[Reannotated]:
    """Brings every article to its current version, by id, and tells what that changed in each.

    An article's version is its own mark of being done: broken off, the next call goes on where
    this one was. Texts are not cleaned again, and corrections by people hold as before. Raises
    Unavailable where nothing gets done for ten minutes.
    """
    last = 0
    while True:
        with store.read() as session:
            ids = outdated(session, current, last, _ARTICLES)
            before = entities_of_mentions(session, ids)
        if not ids:
            return
        last = ids[-1]
        with store.write() as session:
            mark_pending(session, ids)
        _await(store, ids, work)
        with store.read() as session:
            after = entities_of_mentions(session, ids)
            failed = failure_reasons(session, ids)
            seen = {owner for found in (before, after) for owner in _owners(found)}
            names = entity_names(session, seen)
        for number in ids:
            yield _change(
                number, before.get(number, {}), after.get(number, {}), names, number in failed
            )


def _owners(found: Mapping[int, Mapping[Bounds, int | None]]) -> Iterator[int]:
    for owners in found.values():
        yield from (owner for owner in owners.values() if owner is not None)


def _change(
    article: int,
    before: Mapping[Bounds, int | None],
    after: Mapping[Bounds, int | None],
    names: Mapping[int, str],
    failed: bool,
) -> Reannotated:
    had = {owner for owner in before.values() if owner is not None}
    has = {owner for owner in after.values() if owner is not None}
    moved = sum(1 for each in before.keys() & after.keys() if before[each] != after[each])
    return Reannotated(
        article,
        tuple(sorted(names[each] for each in has - had)),
        tuple(sorted(names[each] for each in had - has)),
        moved,
        failed,
    )


def _await(store: Store, ids: list[int], work: Analysing) -> None:
    work.wake()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    left = set(ids)
    while left:
        work.wait(min(left), _WAIT_SECONDS)
        with store.read() as session:
            now = still_pending(session, left)
        if now != left:
            deadline = time.monotonic() + _PATIENCE_SECONDS
        elif time.monotonic() >= deadline:
            raise Unavailable("no article was analysed for ten minutes; run it again to go on")
        left = now
