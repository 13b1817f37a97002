"""What speaks for two sentences, each feature on sentences that were made for it."""

from dataclasses import replace

import numpy as np
import pytest

from app.compare.statements.features import FEATURES, Table, Weigher
from app.compare.statements.sentences import Statement
from tests.compare.told import Told

NAMES = list(FEATURES)


def table(statements: list[Statement]) -> Table:
    """The pairs of two sides of one article each."""
    border = sum(each.side == 0 for each in statements)
    return Weigher(statements).table(slice(0, border), slice(border, len(statements)))


def features(found: Table, row: int, column: int) -> dict[str, float]:
    """Those of one pair."""
    (at,) = np.flatnonzero((found.rows == row) & (found.columns == column))
    return dict(zip(NAMES, map(float, found.values[at]), strict=True))


def told(one: list[str], other: list[str]) -> list[Statement]:
    return Told([one], [other]).statements()


FERRY = "The ferry struck the wooden pier of Larnach harbour yesterday evening."
SNOW = "Snow covered distant hills."


def test_containment_is_the_share_of_the_shorter_ones_weight() -> None:
    found = table(told([FERRY, "Snow fell."], [FERRY + " Nobody was injured.", "Snow fell."]))
    assert features(found, 0, 2)["containment"] == pytest.approx(1.0)
    # A light sentence is contained by chance.
    assert 0 < features(found, 1, 3)["containment"] < 1


def test_pairs_without_a_word_in_common_are_not_weighed() -> None:
    found = table(told([FERRY], [SNOW]))
    assert len(found.rows) == 0
    assert found.values.shape == (0, len(FEATURES))


def test_rare_counts_words_by_how_many_sentences_have_them() -> None:
    found = table(told(["Ferry struck."], ["Ferry sank.", "Ferry waited.", "Ferry left."]))
    # One sentence here has the word, three there do.
    assert features(found, 0, 1)["rare"] == pytest.approx(1 / 3)
    many = "Harbour engine captain pilot anchor"
    assert features(table(told([many], [many])), 0, 1)["rare"] == 4.0


def test_best_counts_for_how_many_of_the_two_the_other_is_the_most_alike() -> None:
    found = table(
        told(["The ferry struck the pier.", "The ferry left."], ["The ferry struck the pier hard."])
    )
    assert features(found, 0, 2)["best"] == 2.0
    assert features(found, 1, 2)["best"] == 1.0


def test_echo_is_the_likeness_by_way_of_a_third_sentence() -> None:
    third = "A ferry struck the pier on Tuesday evening."
    found = table(
        told(["A ferry struck something."], ["Tuesday evening: a ferry accident.", third])
    )
    without = table(told(["A ferry struck something."], ["Tuesday evening: a ferry accident."]))
    assert features(found, 0, 1)["echo"] > features(without, 0, 1)["echo"] == 0.0


def test_lead_and_distance_are_of_the_places() -> None:
    filler = [f"Filler{n} alpha{n} beta{n}." for n in range(3)]
    found = table(told([FERRY, *filler], [*filler[:1], FERRY]))
    assert features(found, 0, 5)["lead"] == pytest.approx(1 / np.sqrt(2))
    assert features(found, 0, 5)["distance"] == pytest.approx(1.0)


def test_title_is_how_alike_both_are_to_one_of_the_titles() -> None:
    title = "Ferry strikes pier in Larnach"
    found = table(
        told([title, "Ferry strikes pier again."], ["Snow falls.", "Ferry strikes pier."])
    )
    other = table(
        told(["Rain", "Ferry strikes pier again."], ["Snow falls.", "Ferry strikes pier."])
    )
    assert features(found, 1, 3)["title"] > 0.5
    assert features(other, 1, 3)["title"] == 0.0


def test_meaning_is_the_cosine_times_the_logarithm_of_the_length() -> None:
    made = Told([["Ferry struck."]], [["Boat hit."]])
    vectors = [bytes([3, 4] + [0] * 510), bytes([4, 3] + [0] * 510)]
    made.sides = [
        replace(side, articles=(replace(side.articles[0], vectors=vector),))
        for side, vector in zip(made.sides, vectors, strict=True)
    ]
    found = table(made.statements())
    assert features(found, 0, 1)["meaning"] == pytest.approx(24 / 25 * np.log1p(2))


def test_blocks_of_articles_give_the_same_pairs_as_all_at_once() -> None:
    articles = [[FERRY, SNOW, "The pier shut."], ["Snow fell.", "A ferry sank."]]
    statements = Told(articles * 3, articles).statements()
    border = sum(each.side == 0 for each in statements)
    one, other = slice(0, border), slice(border, len(statements))
    weigher = Weigher(statements)
    whole = weigher.table(one, other)
    blocks = list(weigher.tables(one, other, cells=20))
    assert len(blocks) > 2
    for column, parts in zip(whole, zip(*blocks, strict=True), strict=True):
        assert np.array_equal(column, np.concatenate(parts))
