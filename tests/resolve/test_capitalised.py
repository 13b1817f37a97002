import pytest

from app.resolve.capitalised import capitalised_runs
from app.resolve.words import TextWords


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Bank of England rose", ["Bank", "Bank of England", "England"]),
        ("Omar bin Said, Lima", ["Omar", "Omar bin Said", "Said", "Lima"]),
        ("Oslo\nBergen", ["Oslo", "Bergen"]),
        ("Ministry responsible for Ports", ["Ministry", "Ports"]),
        ("nothing here", []),
    ],
)
def test_runs_of_capitals(text: str, expected: list[str]) -> None:
    assert list(capitalised_runs(text, TextWords.of(text))) == expected
