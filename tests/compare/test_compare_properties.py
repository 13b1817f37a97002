"""What holds for any articles: symmetry, counts that add up, evidence that is there."""

from collections.abc import Collection, Mapping, Sequence
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.compare.comparison import compare
from app.compare.sections.terms import THRESHOLD
from app.domain.answer import SECTIONS, Comparison
from app.domain.comparison import (
    ArticleFindings,
    EntityCounts,
    EntityLabel,
    EntityOccurrences,
    Side,
    Spot,
    TermOccurrences,
)

NAMES = ("Palmyra", "Homs", "IS", "Anna Weiss", "Anna Kold", "Port Ness", "Hama", "Red Cross")
type Drawn = Sequence[Sequence[tuple[list[int], list[int]]]]
LEMMAS = ("troops", "retake", "ferry", "ruin", "say")


class Texts:
    """Evidence from real texts: each article is its words in a row, names and lemmas alike."""

    def __init__(self) -> None:
        self.by_article: dict[int, str] = {}
        self.spots: dict[EntityOccurrences | TermOccurrences, list[Spot]] = {}

    def add(self, article: int, names: Sequence[int], lemmas: Sequence[int]) -> ArticleFindings:
        text = ""
        entities: dict[int, list[int]] = {}
        terms: dict[str, int] = {}
        words: list[tuple[EntityOccurrences | TermOccurrences, str]] = [
            *((EntityOccurrences(article, 1, name), NAMES[name]) for name in names),
            *((TermOccurrences(article, 1, LEMMAS[lemma]), LEMMAS[lemma]) for lemma in lemmas),
        ]
        for place, word in words:
            spot = Spot(article, 1, len(text), len(text) + len(word), word)
            self.spots.setdefault(place, []).append(spot)
            text += word + " "
            if isinstance(place, EntityOccurrences):
                found = entities.setdefault(place.entity, [0, 0, 0])
                found[0] += 1
                found[1] += spot.start == 0
                found[2] += spot.start < 20
            else:
                terms[place.lemma] = terms.get(place.lemma, 0) + 1
        self.by_article[article] = text
        columns = zip(*([entity, *counts] for entity, counts in entities.items()), strict=True)
        found_entities = EntityCounts(*(columns if entities else [()] * 4))
        return ArticleFindings(
            article, 1, len(text.split()), "test", True, found_entities, terms, "en"
        )

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        return {article: self.by_article[article] for article in articles}

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        return {entity: EntityLabel(NAMES[entity], "ORG") for entity in entities}

    def mentions(
        self, wanted: Collection[EntityOccurrences], limit: int
    ) -> Mapping[EntityOccurrences, Sequence[Spot]]:
        return {place: self.spots[place][:limit] for place in wanted}

    def terms(
        self, wanted: Collection[TermOccurrences], limit: int
    ) -> Mapping[TermOccurrences, Sequence[Spot]]:
        return {place: self.spots[place][:limit] for place in wanted}


# No deadline: the machine's load is not what is tested.
CHECK = settings(deadline=None, max_examples=60)

articles = st.lists(
    st.tuples(
        st.lists(st.integers(0, len(NAMES) - 1), max_size=12),
        st.lists(st.integers(0, len(LEMMAS) - 1), max_size=25),
    ),
    max_size=4,
)
many_sides = st.lists(articles, min_size=2, max_size=5)


def sides_of(drawn: Drawn) -> tuple[list[Side], Texts]:
    texts, ids = Texts(), count()
    sides = [
        Side(f"s{number}", f"Side {number}", tuple(texts.add(next(ids), *each) for each in side))
        for number, side in enumerate(drawn)
    ]
    return sides, texts


def compared(sides: Sequence[Side], texts: Texts, evidence: int = 5, top: int = 50) -> Comparison:
    return compare(
        sides,
        texts,
        left_out=(),
        sections=("entities", "terms"),
        evidence=evidence,
        top=top,
        versions={"parallax": "test"},
    )


@CHECK
@given(many_sides, st.randoms())
def test_swapping_sides_swaps_the_answer(drawn: Drawn, random: Random) -> None:
    sides, texts = sides_of(drawn)
    shuffled = random.sample(sides, len(sides))
    answer, other = compared(sides, texts), compared(shuffled, texts)
    assert answer.entities == other.entities
    assert answer.terms == other.terms
    assert {side.key: side for side in answer.sides} == {side.key: side for side in other.sides}
    assert [side.key for side in other.sides] == [side.key for side in shuffled]


@CHECK
@given(articles, st.integers(2, 8))
def test_identical_sides_have_no_distance_and_no_telling_terms(
    drawn: list[tuple[list[int], list[int]]], number: int
) -> None:
    sides, texts = sides_of([drawn] * number)
    answer = compared(sides, texts)
    assert answer.entities is not None
    assert answer.terms is not None
    named = any(names for names, _ in drawn)
    assert answer.entities.distance == (0.0 if named else None)
    assert not any(answer.entities.only.values())
    assert answer.terms.items == ()
    assert answer.terms.note is not None
    assert answer.terms.note.startswith("insufficient evidence")


@CHECK
@given(many_sides)
def test_counts_and_shares_add_up(drawn: Drawn) -> None:
    sides, texts = sides_of(drawn)
    entities = compared(sides, texts).entities
    assert entities is not None
    items = [*entities.shared, *(item for only in entities.only.values() for item in only)]
    for side in sides:
        here = [item.sides[side.key] for item in items if side.key in item.sides]
        counts = [article.entities for article in side.articles]
        assert sum(each.mentions for each in here) == sum(sum(of.mentions) for of in counts)
        assert sum(each.articles for each in here) == sum(len(of.entities) for of in counts)
        assert sum(each.headline for each in here) == sum(sum(of.headline) for of in counts)
        assert sum(each.lead for each in here) == sum(sum(of.lead) for of in counts)
        assert not here or sum(each.share for each in here) == pytest.approx(1, abs=1e-4)
        assert all(0 < each.salience <= 1 for each in here)
        assert all(each.articles <= len(side.articles) for each in here)
    assert all(len(item.sides) > 1 for item in entities.shared)
    assert all(set(item.sides) == {key} for key, only in entities.only.items() for item in only)
    assert entities.distance is None or 0 <= entities.distance <= 1


@CHECK
@given(many_sides)
def test_term_counts_are_those_of_the_articles(drawn: Drawn) -> None:
    sides, texts = sides_of(drawn)
    terms = compared(sides, texts).terms
    assert terms is not None
    for item in terms.items:
        assert item.counts == {
            side.key: sum(article.terms.get(item.term, 0) for article in side.articles)
            for side in sides
        }
        assert item.z >= THRESHOLD
        assert item.towards in item.counts


@CHECK
@given(many_sides, st.integers(0, 6))
def test_evidence_is_the_first_places_on_each_side(drawn: Drawn, evidence: int) -> None:
    sides, texts = sides_of(drawn)
    answer = compared(sides, texts, evidence=evidence)
    assert answer.entities is not None
    assert answer.terms is not None
    ids = {side.key: [article.article for article in side.articles] for side in sides}
    shown = [
        (found.mentions, ids[key], item.name, found.evidence)
        for item in (
            *answer.entities.shared,
            *(i for o in answer.entities.only.values() for i in o),
        )
        for key, found in item.sides.items()
    ] + [
        (item.counts[key], ids[key], item.term, spots)
        for item in answer.terms.items
        for key, spots in item.evidence.items()
    ]
    for occurrences, articles_of_side, surface, spots in shown:
        assert len(spots) == min(occurrences, evidence)
        assert all(
            texts.by_article[spot.article][spot.start : spot.end] == spot.text for spot in spots
        )
        assert all(spot.text == surface and spot.article in articles_of_side for spot in spots)
        assert list(spots) == sorted(spots, key=lambda spot: (spot.article, spot.start))


@CHECK
@given(many_sides, st.integers(1, 3))
def test_a_shorter_list_is_the_head_of_the_whole_and_counts_the_rest(
    drawn: Drawn, top: int
) -> None:
    sides, texts = sides_of(drawn)
    whole, cut = compared(sides, texts), compared(sides, texts, top=top)
    assert whole.entities is not None
    assert cut.entities is not None
    assert whole.terms is not None
    assert cut.terms is not None
    assert whole.entities.more == 0
    assert whole.entities.shared[:top] == cut.entities.shared
    alone, shown = whole.entities.only, cut.entities.only
    assert {key: only[: len(shown[key])] for key, only in alone.items()} == shown
    named, told = (sum(map(len, each.values())) for each in (alone, shown))
    assert told == min(named, top)
    # In turns: no side is cut while another shows two more.
    for key, only in alone.items():
        if len(shown[key]) < len(only):
            assert max(map(len, shown.values())) <= len(shown[key]) + 1
    assert cut.entities.more == named - told + len(whole.entities.shared[top:])
    assert cut.terms.items == whole.terms.items[:top]
    assert cut.terms.more + len(cut.terms.items) == len(whole.terms.items)
    assert cut.terms.note == whole.terms.note


RUIN, FERRY, SAY = LEMMAS.index("ruin"), LEMMAS.index("ferry"), LEMMAS.index("say")


def test_words_of_one_side_alone_lean_to_it_and_a_word_of_both_does_not() -> None:
    sides, texts = sides_of(
        [[([], [RUIN] * 10 + [SAY] * 10)] * 5, [([], [FERRY] * 12 + [SAY] * 10)] * 5]
    )
    terms = compared(sides, texts).terms
    assert terms is not None
    assert [(item.term, item.towards) for item in terms.items] == [("ferry", "s1"), ("ruin", "s0")]
    assert terms.items[0].counts == {"s0": 0, "s1": 60}
    assert terms.items[0].evidence["s0"] == ()
    assert len(terms.items[0].evidence["s1"]) == 5
    assert terms.note is None


def test_few_articles_are_said_to_tell_texts_apart_not_outlets() -> None:
    sides, texts = sides_of([[([], [RUIN] * 20 + [SAY] * 9)], [([], [FERRY] * 20 + [SAY] * 9)]])
    terms = compared(sides, texts).terms
    assert terms is not None
    assert len(terms.items) == 2
    assert terms.note is not None
    assert "rather than their outlets" in terms.note


def test_a_side_without_words_is_named_as_insufficient_evidence() -> None:
    sides, texts = sides_of([[([], [RUIN] * 20)], []])
    terms = compared(sides, texts).terms
    assert terms is not None
    assert terms.note == "insufficient evidence: no words on Side 1."


def test_equally_mentioned_entities_stand_in_the_order_of_their_names() -> None:
    sides, texts = sides_of([[([0, 1, 2, 3, 4], [])], [([4, 3, 2, 1, 0], [])]])
    entities = compared(sides, texts).entities
    assert entities is not None
    assert [item.name for item in entities.shared] == [
        "Anna Kold",
        "Anna Weiss",
        "Homs",
        "IS",
        "Palmyra",
    ]


def test_a_section_that_was_not_asked_for_is_absent() -> None:
    sides, texts = sides_of([[([0], [0])], [([0], [0])]])
    answer = compare(
        sides, texts, left_out=(), sections=[SECTIONS[1]], evidence=5, top=50, versions={}
    )
    assert answer.entities is None
    assert answer.terms is not None
    assert set(answer.versions) == {"compare.terms"}
