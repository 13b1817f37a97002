"""What measures the alignment, on small made-up data; and whose gold its weights are from."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.compare.statements.features import FEATURES
from app.compare.statements.model import fitted as shipped
from evaluation.aligned import OWN_GOLD, SHARED_GOLD, ReadPair, fitted, gold_hash
from evaluation.corpora import rows_of
from evaluation.fit_alignment import USED, folds
from evaluation.reliability import Bin, bins, calibration_error, plot
from evaluation.scored_alignment import counted, figures, intervals
from evaluation.two_readers import SECOND, agreement

here = pytest.mark.skipif(not SHARED_GOLD.is_file(), reason="../shared/eval is not here")


def pair(name: str, story: str) -> ReadPair:
    return ReadPair({"pair": name}, story, True, (), None, (), 0, ())  # type: ignore[arg-type]


def test_fitted_finds_the_weights_that_made_the_data() -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=(20_000, 2)) * [1.0, 5.0] + [0.0, 3.0]
    odds = -0.5 + values @ [2.0, -0.3]
    right = random.random(20_000) < 1 / (1 + np.exp(-odds))
    base, of = fitted(values, right)
    assert base == pytest.approx(-0.5, abs=0.1)
    assert of == pytest.approx([2.0, -0.3], abs=0.1)


def test_fitted_gives_no_weight_to_what_never_varies() -> None:
    values = np.column_stack([[0.0, 1.0, 0.0, 1.0], np.full(4, 7.0)])
    _, of = fitted(values, np.array([False, True, False, True]))
    assert of[0] > 0
    assert of[1] == 0


def test_no_story_is_on_both_sides_of_a_fold() -> None:
    pairs = [pair("1", "fire"), pair("2", "vote"), pair("3", "fire"), pair("4", "storm")]
    made = folds(pairs)
    assert [[each.gold["pair"] for each in own] for own, _ in made] == [["1", "3"], ["4"], ["2"]]
    for own, others in made:
        assert not {each.story for each in own} & {each.story for each in others}
        assert len(own) + len(others) == len(pairs)


def test_bins_leave_out_the_improbable_and_hold_one_to_ten_tenths() -> None:
    chances = np.array([0.01, 0.05, 0.06, 0.08, 0.95, 1.0])
    right = np.array([True, True, True, False, True, True])
    low, high = bins(chances, right)
    assert low == pytest.approx(Bin(0.07, 0.5, 2))
    assert high == pytest.approx(Bin(0.975, 1.0, 2))
    assert calibration_error([low, high]) == pytest.approx((2 * 0.43 + 2 * 0.025) / 4)
    assert len(list(plot([low, high]))) == 2


def test_what_is_calibrated_has_no_error() -> None:
    chances = np.repeat([0.2, 0.6], 10)
    right = np.arange(20) % 10 < np.repeat([2, 6], 10)
    assert calibration_error(bins(chances, right)) == pytest.approx(0.0)


def test_two_readers_agree_on_their_pairs() -> None:
    ids = {row["pair"] for row in rows_of(SECOND)}
    assert ids == {"G03", "G10"}
    found = agreement()
    assert 0.8 < found.any_grade < 1
    assert found.grade_2 > 0.9


def test_second_readings_are_numbers_of_sentences_that_are_there() -> None:
    first = {row["pair"]: row for row in rows_of(OWN_GOLD)}
    for row in rows_of(SECOND):
        lengths = [len(first[row["pair"]][f"sentences_{side}"]) for side in "ab"]
        for one, other, *_ in (*row["aligned"], *row["differ"]):
            assert 0 <= one < lengths[0]
            assert 0 <= other < lengths[1]


def test_no_text_is_in_the_gold_of_our_own() -> None:
    for path in (OWN_GOLD, SECOND):
        for row in rows_of(path):
            assert all(len(word) < 80 for word in _strings(row))
            assert " " not in "".join(_strings(row))


def _strings(value: object) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [each for inner in value.values() for each in _strings(inner)]
    return [s for inner in value for s in _strings(inner)] if isinstance(value, list) else []


@here
def test_shipped_weights_are_fitted_on_the_gold_that_they_name() -> None:
    assert shipped()["gold"] == gold_hash(), "run `python -m evaluation.fit_alignment` again"


def test_shipped_weights_are_of_features_that_are_there() -> None:
    weights = shipped()["weights"]
    assert weights.keys() == USED.keys()
    for setting, of in weights.items():
        assert [*of] == ["base", *USED[setting]]
    assert {name for of in weights.values() for name in of} - {"base"} == FEATURES.keys()


@here
def test_a_perfect_row_has_perfect_figures_and_narrow_intervals() -> None:
    gold = [
        {
            "pair": "X",
            **{"sentences_a": [[0, 10], [11, 20]], "sentences_b": [[0, 10], [11, 20]]},
            **{"aligned": [[0, 0, 2]], "differ": [], "own_a": [1], "own_b": [1]},
        }
    ]
    row = {
        "pair": "X",
        **{"aligned": [[[0, 10], [0, 9]]], "only_a": [[11, 20]], "only_b": [[12, 20]]},
    }
    counts = counted(gold, [row])
    reached = figures(counts)
    assert reached["precision_any"] == reached["recall_2"] == reached["own_recall_8"] == 1.0
    assert intervals(counts, ["recall_2"]) == {"recall_2": (1.0, 1.0)}
    wrong = {"pair": "X", "aligned": [[[11, 20], [0, 9]]], "only_a": [[0, 9]], "only_b": []}
    reached = figures(counted(gold, [wrong]))
    assert reached["precision_any"] == reached["recall_2"] == reached["omission_precision"] == 0.0
