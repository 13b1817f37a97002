import pytest

from app.resolve.candidates import candidates
from app.resolve.words import Words


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
    assert list(candidates(text, Words.of(text))) == expected
