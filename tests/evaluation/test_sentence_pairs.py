"""What counts as noticed, and as confused, on a few sentences of our own."""

import pytest

from app.domain.comparison import TextToCompare
from evaluation.compared_statements import Statements
from evaluation.sentence_pairs import alone, in_articles
from evaluation.statements import changed

ROWS = [
    {
        "cat": "opposite",
        "sentence": "The council of Elmsford approved the new bridge on Tuesday.",
        "same": "The new bridge was approved by the council of Elmsford on Tuesday.",
        "other": "The council of Elmsford rejected the new bridge on Tuesday.",
    },
    {
        "cat": "fact",
        "sentence": "Storm Petra tore the roof off a school in Harle.",
        "same": "In Harle a school lost its roof to Storm Petra.",
        "other": "Fishermen off Greenland caught more cod than ever.",
    },
]
TEXT = """The ferry ran aground near Kelmouth on Monday with 212 people on board.
Divers found a hole in the hull that was as large as a garden gate.
The owner of the line will pay for new tickets, a spokeswoman said."""


@pytest.fixture(scope="module")
def statements() -> Statements:
    return Statements()


def test_claims_are_counted_once_each(statements: Statements) -> None:
    found, traps = alone(statements, ROWS)
    assert (found.positives, found.found, found.wrong) == (2, 2, 0)
    assert (found.precision, found.recall) == (1.0, 1.0)
    assert traps["opposite"] == {"differs": 1}
    assert traps["fact"] == {"neither": 1}


def test_pairs_in_articles_count_each_pair_once(statements: Statements) -> None:
    found = in_articles(statements, ROWS)
    assert found.positives == 2
    assert found.found <= 2
    assert found.wrong == 0


def test_changes_in_copies_are_noticed(statements: Statements) -> None:
    deleted, not_shared, not_same, denied, number, alone_, identical = changed(
        statements, [TextToCompare("a", TEXT)]
    )
    assert not_shared == not_same == denied == identical == 1.0
    assert number == alone_ == 1.0
    assert deleted >= 0.66
