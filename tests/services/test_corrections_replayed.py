"""Corrections at random: undone they were never there; made again by every analysis; and every
count is what a recount finds, after each step."""

import tempfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.correction import Correction
from app.domain.page import CorrectionFilter, EntityFilter, MentionFilter
from app.errors import Conflict, InvalidInput
from app.services import correct, query
from app.services.corrector import Corrector
from app.services.entity_changes import EntityChanges
from tests.services.recounting import assert_all_counts_hold
from tests.services.small_corpus import (
    ALL,
    EVERYTHING,
    NAMES,
    analyse_again,
    new_store,
    owners,
    tell,
    told,
)

BY = Corrector("tester", "because")
numbers = st.integers(0, 1_000)
texts = st.lists(st.sampled_from([*NAMES, "met", "paid"]), min_size=1, max_size=8).map(" ".join)


class Corrections(RuleBasedStateMachine):
    """A collection that people correct while articles come in."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = new_store(Path(self.folder.name))
        self.articles = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize()
    def seed(self) -> None:
        tell(self.store, EVERYTHING, "Star")
        tell(self.store, f"Again {EVERYTHING}.", "Globe")

    @rule(text=texts, source=st.sampled_from(["Star", "Globe"]))
    def article(self, text: str, source: str) -> None:
        self.articles += 1
        tell(
            self.store,
            f"Report {self.articles}\n\n{text}",
            source,
            f"2016-0{self.articles % 9 + 1}-01",
        )

    @rule(kind=st.integers(0, 8), one=numbers, two=numbers)
    def correction(self, kind: int, one: int, two: int) -> None:
        self.make(kind, one, two)

    @rule(kind=st.integers(0, 8), one=numbers, two=numbers)
    def correction_and_its_undoing(self, kind: int, one: int, two: int) -> None:
        before = told(self.store)
        for made in reversed(self.make(kind, one, two)):
            correct.undo(self.store, made.id, BY)
        assert told(self.store) == before

    @rule(one=numbers)
    def undoing_of_any(self, one: int) -> None:
        with self.store.read() as s:
            log = query.corrections(s, CorrectionFilter(in_force=True), ALL).items
        if log:
            correct.undo(self.store, log[one % len(log)].id, BY)

    @rule(at_once=st.integers(1, 5))
    def analysis_of_everything(self, at_once: int) -> None:
        before = told(self.store)
        analyse_again(self.store, at_once)
        assert told(self.store) == before

    @invariant()
    def counts_are_true(self) -> None:
        assert_all_counts_hold(self.store)

    def make(self, kind: int, one: int, two: int) -> list[Correction]:
        with self.store.read() as s:
            entities = sorted(query.entities(s, EntityFilter(), ALL).items, key=lambda e: e.id)
            if not entities:  # every mention was rejected: there is nothing left to correct
                return []
            entity = entities[one % len(entities)]
            mentions = query.entity_mentions(s, entity.id, MentionFilter(), ALL).items
        other = entities[two % len(entities)].id
        alias = entity.aliases[two % len(entity.aliases)].text
        mention = mentions[two % len(mentions)].mention.id
        name = NAMES[two % len(NAMES)]
        with suppress(InvalidInput, Conflict):
            if kind == 0:
                return [correct.merge(self.store, entity.id, other, BY)]
            if kind == 1:
                return [correct.split_aliases(self.store, entity.id, [alias], BY)]
            if kind == 2:
                return [correct.split_mentions(self.store, entity.id, [mention], BY, name="Split")]
            changes = [
                EntityChanges(type=["PERSON", "GPE"][two % 2]),
                EntityChanges(name=f"Named {two % 3}"),
                EntityChanges(drop_aliases=(alias,)),
                EntityChanges(add_alias=name),
                EntityChanges(reject_mentions=(mention,)),
                EntityChanges(pin=True, name=f"Named {two % 2}"),
            ][kind - 3]
            return list(correct.change_entity(self.store, entity.id, changes, BY))
        return []


TestCorrections = Corrections.TestCase
TestCorrections.settings = settings(
    max_examples=10,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


class Corpus(Corrections):
    """A collection whose articles an outlet may bring again, as they were or revised."""

    def __init__(self) -> None:
        super().__init__()
        sides = ((f"{EVERYTHING}.", "Star"), (f"Again {EVERYTHING}.", "Globe"))
        self.texts = [
            *((f"{text} {text}", source) for text, source in sides),
            *((" ".join(pair), "Star") for pair in pairwise(NAMES)),
        ]

    def ingest(self, before: str = "") -> None:
        """Takes the whole corpus in, each text behind a paragraph of its own."""
        for number, (text, source) in enumerate(self.texts):
            tell(self.store, f"{before}{text}", source, external_id=str(number))

    def correct_a_hundred_times(self, random: Random) -> list[Correction]:
        """Corrections that took effect, in their order."""
        made: list[Correction] = []
        while len(made) < 100:
            made += self.make(*(random.randrange(most) for most in (9, 1_000, 1_000)))
        return made


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_corpus_ingested_again_is_as_a_hundred_corrections_left_it(seed: int) -> None:
    random = Random(seed)
    corpus = Corpus()
    corpus.ingest()
    corpus.correct_a_hundred_times(random)
    before = told(corpus.store)
    corpus.ingest()
    assert told(corpus.store) == before
    analyse_again(corpus.store, random.randint(1, 8))
    assert told(corpus.store) == before
    owned = owners(corpus.store)
    for number in (1, 2):
        corpus.ingest(f"Revision {number} of this.\n\n")
        assert owners(corpus.store) == owned
        corpus.counts_are_true()
    corpus.teardown()


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_hundred_corrections_undone_were_never_made(seed: int) -> None:
    random = Random(seed)
    corpus = Corpus()
    corpus.ingest()
    before = told(corpus.store)
    made = corpus.correct_a_hundred_times(random)
    analyse_again(corpus.store, random.randint(1, 8))
    random.shuffle(made)
    for each in made:
        correct.undo(corpus.store, each.id, BY)
    assert told(corpus.store) == before
    corpus.counts_are_true()
    corpus.teardown()


class ManyCorrections(Corrections):
    """The same for long."""


TestManyCorrections = pytest.mark.slow(ManyCorrections.TestCase)
TestManyCorrections.settings = settings(
    TestCorrections.settings, max_examples=5, stateful_step_count=100
)
