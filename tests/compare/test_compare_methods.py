"""The measures against values worked out by hand or by scipy."""

from collections.abc import Mapping
from math import log, sqrt

import pytest
from scipy.spatial.distance import jensenshannon

from app.compare.sections.entities import distance, salience
from app.compare.sections.terms import THRESHOLD, z_scores
from app.domain.comparison import ArticleFindings, EntityCounts


@pytest.mark.parametrize("share", [0.0, 1e-5, 0.01])
def test_a_common_word_has_to_lean_further(share: float) -> None:
    totals = {"a": 500, "b": 500}
    rarer = z_scores({"a": 12, "b": 4}, totals, share)["a"]
    commoner = z_scores({"a": 12, "b": 4}, totals, share + 0.02)["a"]
    assert rarer > commoner


def test_a_word_of_one_side_alone_takes_eight_occurrences() -> None:
    totals = {"a": 500, "b": 500}
    assert z_scores({"a": 7, "b": 0}, totals, 0.0)["a"] < THRESHOLD
    assert z_scores({"a": 8, "b": 0}, totals, 0.0)["a"] > THRESHOLD


def test_distance_of_two_sides_is_scipys() -> None:
    one, two = {"a": 8, "b": 1, "c": 1}, {"a": 2, "c": 3, "d": 5}
    expected = jensenshannon([0.8, 0.1, 0.1, 0], [0.2, 0, 0.3, 0.5], base=2)
    assert distance([one, two]) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("sides", range(2, 9))
def test_distance_of_sides_with_nothing_in_common_is_one(sides: int) -> None:
    assert distance([{number: number + 1} for number in range(sides)]) == 1.0


def test_distance_of_proportional_counts_is_zero() -> None:
    assert distance([{"a": 1, "b": 3}, {"a": 7, "b": 21}, {"a": 10, "b": 30}]) == 0.0


@pytest.mark.parametrize("sides", [[{}, {"a": 1}], [{}, {}], [{"a": 0}, {"a": 2}]])
def test_distance_to_an_empty_side_is_unknown(sides: list[Mapping[str, int]]) -> None:
    assert distance(sides) is None


def article(counts: EntityCounts, *, titled: bool) -> ArticleFindings:
    return ArticleFindings(1, 1, 100, "test", titled, counts, {})


def test_salience_is_one_for_the_most_mentioned_in_headline_and_lead() -> None:
    counts = EntityCounts([1, 2, 3], mentions=[4, 2, 1], headline=[1, 0, 0], lead=[1, 1, 0])
    assert salience(article(counts, titled=True)) == pytest.approx([1.0, 0.45, 0.125])


def test_salience_without_a_headline_rests_on_frequency_and_lead() -> None:
    counts = EntityCounts([1, 2], mentions=[4, 4], headline=[0, 0], lead=[1, 0])
    assert salience(article(counts, titled=False)) == pytest.approx([1.0, 5 / 7])


def test_z_is_the_formula_of_monroe_colaresi_and_quinn() -> None:
    z = z_scores({"a": 12, "b": 3}, {"a": 400, "b": 300})
    a_w, a_0 = 0.2 * 15, 0.2 * 700
    odds_a = (12 + a_w) / (400 + a_0 - 12 - a_w)
    odds_b = (3 + a_w) / (300 + a_0 - 3 - a_w)
    expected = (log(odds_a) - log(odds_b)) / sqrt(1 / (12 + a_w) + 1 / (3 + a_w))
    assert z == pytest.approx({"a": expected, "b": -expected})


def test_a_word_of_one_side_alone_tells_it_apart_from_seven_occurrences() -> None:
    totals = {"a": 10_000, "b": 10_000}
    assert z_scores({"a": 6, "b": 0}, totals)["a"] < 1.96
    assert z_scores({"a": 7, "b": 0}, totals)["a"] > 1.96


def test_a_vocabulary_of_one_word_tells_nothing_apart() -> None:
    assert z_scores({"a": 9, "b": 2}, {"a": 9, "b": 2}) == {"a": 0.0, "b": 0.0}


def test_each_of_several_sides_is_measured_against_all_the_others() -> None:
    three = z_scores({"a": 9, "b": 1, "c": 2}, {"a": 300, "b": 200, "c": 250})
    two = z_scores({"a": 9, "rest": 3}, {"a": 300, "rest": 450})
    assert three["a"] == pytest.approx(two["a"])
