"""Who follows the changes has the collection; what is shown says when it last changed."""

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from app.domain.article import ArticleChanges, Published
from app.domain.page import (
    ArticleFilter,
    CorrectionFilter,
    EntityFilter,
    MentionFilter,
    StoryFilter,
)
from app.errors import Conflict, InvalidInput, NotFound
from app.services import correct, correct_sources, correct_stories, ingest, query, stories
from app.services.correct_sources import SourceChanges
from app.services.corrector import Corrector
from app.services.entity_changes import EntityChanges
from app.services.name_rebuild import reresolve
from app.services.story_rebuild import regroup
from app.store.articles.queue import mark_failed, mark_pending, pending
from app.store.engine.sessions import Store
from tests.services.events import quiet
from tests.services.followed import ALL, THINGS, Mirror, analyse, everything, send
from tests.services.small_corpus import new_store

ADA = Corrector("ada", "she knows")


class Desk:
    """People and outlets at work on a collection, at random."""

    def __init__(self, store: Store, random: Random) -> None:
        self.store, self.random = store, random
        self.sent = 0

    def step(self) -> str:
        """Does one thing, where it can be done. Returns its name."""
        one = self.random.choice(
            (
                *(self.send, self.send, self.send_again, self.analyse, self.analyse_again),
                *(self.date, self.title, self.delete, self.fail, self.merge, self.split, self.name),
                *(self.reject, self.retype, self.merge_stories, self.split_story, self.undo),
                *(self.resolve, self.group, self.name_outlet, self.merge_outlets),
            )
        )
        with suppress(InvalidInput, Conflict, NotFound):
            one()
        return one.__name__

    def send(self) -> None:
        self.sent += 1
        self._write(f"a{self.sent}")
        if self.random.random() < 0.8:
            analyse(self.store)

    def send_again(self) -> None:
        self._write(f"a{self.random.randint(1, self.sent or 1)}")

    def _write(self, name: str) -> None:
        words = self.random.sample(THINGS, 2) * self.random.randint(1, 2)
        place = self.random.choice(("dam", "trial"))
        send(
            self.store,
            f"{' '.join(words)} {place} {place}town",
            name,
            source=self.random.choice(("Star", "Globe", "Post")),
            day=f"2024-03-0{self.random.randint(1, 5)}",
        )

    def analyse(self) -> None:
        analyse(self.store)

    def analyse_again(self) -> None:
        with self.store.write() as s:
            mark_pending(s, [self._article()])
        analyse(self.store)

    def date(self) -> None:
        change = ArticleChanges(published=Published.parse("2024-03-07"), source="Mirror")
        ingest.change_article(self.store, self._article(), change)

    def title(self) -> None:
        title = f"Title {self.random.randint(1, 3)}"
        ingest.change_article(self.store, self._article(), ArticleChanges(title=title))

    def delete(self) -> None:
        ingest.delete_article(self.store, self._article())

    def fail(self) -> None:
        with self.store.write() as s:
            for each in pending(s, 1):
                mark_failed(s, each.id, each.revision, "It cannot be read.")

    def merge(self) -> None:
        correct.merge(self.store, self._entity(), self._entity(), ADA)

    def split(self) -> None:
        entity = self._entity()
        with self.store.read() as s:
            aliases = query.entity(s, entity).entity.aliases
        correct.split_aliases(self.store, entity, [self.random.choice(aliases).text], ADA)

    def name(self) -> None:
        named = EntityChanges(name=f"Named {self.random.randint(1, 3)}")
        correct.change_entity(self.store, self._entity(), named, ADA)

    def retype(self) -> None:
        typed = EntityChanges(type=self.random.choice(("PERSON", "GPE")))
        correct.change_entity(self.store, self._entity(), typed, ADA)

    def reject(self) -> None:
        article = self._article()
        with self.store.read() as s:
            named = query.mentions(s, article, MentionFilter(), ALL).items
        found = [each for each in named if each.entity is not None]
        if found:
            one = self.random.choice(found)
            assert one.entity is not None
            correct.change_entity(
                self.store, one.entity, EntityChanges(reject_mentions=[one.id]), ADA
            )

    def merge_stories(self) -> None:
        correct_stories.merge(self.store, self._story(), self._story(), ADA)

    def split_story(self) -> None:
        story = self._story()
        with self.store.read() as s:
            held = query.articles(s, ArticleFilter(story=story), ALL).items
        correct_stories.split(self.store, story, [held[0].id], ADA)

    def name_outlet(self) -> None:
        named = SourceChanges(name=f"Paper {self.random.randint(1, 3)}")
        correct_sources.change_source(self.store, self._outlet(), named, ADA)

    def merge_outlets(self) -> None:
        correct_sources.merge(self.store, self._outlet(), self._outlet(), ADA)

    def undo(self) -> None:
        with self.store.read() as s:
            log = query.corrections(s, CorrectionFilter(in_force=True), ALL).items
        correct.undo(self.store, self._one([each.id for each in log]), ADA)

    def resolve(self) -> None:
        reresolve(self.store, quiet)

    def group(self) -> None:
        regroup(self.store, quiet)

    def _article(self) -> int:
        with self.store.read() as s:
            return self._one([each.id for each in query.articles(s, ArticleFilter(), ALL).items])

    def _entity(self) -> int:
        with self.store.read() as s:
            return self._one([each.id for each in query.entities(s, EntityFilter(), ALL).items])

    def _outlet(self) -> str:
        with self.store.read() as s:
            return self._one([each.slug for each in query.sources(s, ALL).items])

    def _story(self) -> int:
        with self.store.read() as s:
            return self._one([each.id for each in stories.stories(s, StoryFilter(), ALL).items])

    def _one[Id](self, ids: list[Id]) -> Id:
        if not ids:
            raise NotFound("there is none")
        return self.random.choice(ids)


def _differing(store: Store, mirror: Mirror) -> list[object]:
    """Where a mirror that has followed is not what the collection shows."""
    there = everything(store)
    held = {key: each for key, each in mirror.held.items() if key in there or key[0] != "source"}
    keys = there.keys() | held
    return [(key, there.get(key), held.get(key)) for key in keys if there.get(key) != held.get(key)]


@pytest.mark.parametrize("seed", range(8))
def test_who_follows_the_changes_has_the_collection(tmp_path: Path, seed: int) -> None:
    mirror = Mirror()
    with new_store(tmp_path) as store:
        desk = Desk(store, Random(seed))
        for _ in range(30):
            did = desk.step()
            mirror.follow(store)
            assert (did, _differing(store, mirror)) == (did, [])
        late = Mirror()
        late.follow(store)
        assert _differing(store, late) == []
