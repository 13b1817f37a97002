"""The two real articles, read as an editor would: who speaks directly in them, and who is meant."""

from pathlib import Path

import pytest

from app.annotate.pipeline import Pipelines
from app.annotate.quotes import quotes, voices
from app.domain.annotation import AnalysisInput

ARTICLES = Path(__file__).parents[4] / "shared" / "articles"

pytestmark = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the two real articles lie beside the project: ../shared/articles"
)


def heard(pipelines: Pipelines, opening: str, kind: str) -> set[str]:
    """The last words of all whose speech of a kind an article gives."""
    (path,) = ARTICLES.glob(f"{opening}_*.txt")
    text = path.read_text(encoding="utf-8")
    annotation = pipelines.annotate([AnalysisInput(text, 0, "en")])[0]
    assert annotation is not None
    found = quotes(text, 0, annotation)
    names = set()
    for quote, voice in zip(
        found, voices(text, annotation, found, annotation.mentions), strict=True
    ):
        assert quote.speaker is not None
        assert voice.span is not None
        if quote.kind == kind:
            names.add(text[voice.span.start : voice.span.end].split()[-1])
    return names


@pytest.mark.parametrize(
    ("opening", "speakers"),
    [
        ("000", {"Kozak", "Orton", "Khaled", "resident", "commander"}),
        ("001", {"member"}),
    ],
)
def test_who_speaks_directly(pipelines: Pipelines, opening: str, speakers: set[str]) -> None:
    assert heard(pipelines, opening, "direct") == speakers


def test_who_is_reported(pipelines: Pipelines) -> None:
    reported = heard(pipelines, "000", "indirect")
    assert {"Moscow", "IS", "Experts", "Khaled", "Orton", "Rights"} <= reported


def test_quoted_words_that_one_side_calls_something_are_mixed(pipelines: Pipelines) -> None:
    assert heard(pipelines, "000", "mixed") == {"resident", "government", "opposition"}
