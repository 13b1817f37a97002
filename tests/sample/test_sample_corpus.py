"""The sample corpus: whole, and with the traps that its README promises."""

import json
import re
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample"
ROWS = [json.loads(line) for line in (SAMPLE / "manifest.jsonl").read_text("utf-8").splitlines()]
TEXTS = {row["file"]: (SAMPLE / row["file"]).read_text("utf-8") for row in ROWS}


def test_the_manifest_names_every_report_once() -> None:
    reports = {path.name for path in SAMPLE.iterdir()} - {"README.md", "manifest.jsonl"}
    assert sorted(row["file"] for row in ROWS) == sorted(reports)
    assert len(ROWS) >= 12


def test_the_readme_says_that_it_is_free() -> None:
    assert "CC0" in (SAMPLE / "README.md").read_text("utf-8")


def holding(pattern: str) -> set[str]:
    """The reports in which the pattern occurs, by their number."""
    return {name[:2] for name, text in TEXTS.items() if re.search(pattern, text)}


@pytest.mark.parametrize(
    ("trap", "pattern", "reports"),
    [
        ("full name of the group", r"Islamic State\b", {"01", "03", "04"}),
        ("its abbreviation defined", r"Islamic State \(IS\)", {"01"}),
        ("its other abbreviation", r"\bISIS\b", {"02", "04"}),
        ("the scholar", r"Khaled al-Asaad", {"01", "02", "03"}),
        ("the baker of the same first name", r"Khaled,", {"01", "02", "03"}),
        ("the president's father", r"Hafez al-Assad", {"04"}),
        ("captain and founder, son and father", r"Robert(?: Mercer)?\b", {"05", "06", "07", "08"}),
        ("two called Anna", r"Anna Reyes", {"05", "06"}),
        ("two called Anna, the other", r"Anna Lindqvist", {"05", "06", "07"}),
        ("two called Brandt", r"Tobias Brandt", {"09", "10", "11", "12"}),
        ("a third called Brandt", r"Margaret Brandt", {"11"}),
        ("hurt, rounded", r"[Aa]t least 40 people", {"05"}),
        ("hurt, counted", r"\b47\b|[Ff]orty-seven", {"06", "07"}),
        ("hurt, counted later", r"\b49\b", {"08"}),
        ("savings in euros", r"€90 million|90 million euros", {"09", "11"}),
        ("savings in pounds", r"£78 million", {"10"}),
        ("a relative date", r"last May", {"01", "04"}),
        ("an age notice", r"more than 5 years old", {"01"}),
        ("a caption or credit", r"Photo:|Picture:|Photograph:", {"01", "02", "05", "06"}),
        ("a follow line", r"(?m)^Follow ", {"01", "05", "12"}),
        ("a share line", r"(?m)^Share this|Share on Facebook", {"02", "04", "08"}),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_the_traps_are_set(trap: str, pattern: str, reports: set[str]) -> None:
    assert holding(pattern) >= reports, trap


def test_one_quote_is_whole_in_one_report_and_trimmed_or_split_in_others() -> None:
    whole = "We heard the engines go astern, then nothing at all, and then a sound like a building"
    assert holding(whole) == {"05"}
    assert holding('told of "a sound like a building coming down"') == {"06"}
    assert holding("“We heard the engines go astern, then nothing at all,”") == {"07"}


def test_one_paragraph_is_the_same_in_two_outlets() -> None:
    meridian, courier = (
        set(TEXTS[name].split("\n\n")) for name in ("07-ferry-meridian.txt", "08-ferry-courier.txt")
    )
    (shared,) = meridian & courier
    assert len(shared.split()) > 30
