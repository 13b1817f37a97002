"""Any text with any parse: what is found stands there, in time in proportion to its length."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annotate.terms import terms
from app.domain.annotation import AnalysisInput, Annotation
from app.domain.comparison import ComparedText, Spot, TextToCompare
from app.domain.text import Span
from app.resolve.knowledge import Knowledge
from app.resolve.within import resolve
from app.services import knowledge
from app.services.compare import compare_texts
from app.services.text_findings import find
from tests.threats.parsed_by_chance import PIECES, analysed, parsed
from tests.threats.repeated import Repeated, assert_in_proportion, examples, repeated

_SEEDS = st.integers(0, 10**6)
_LANGUAGES = st.sampled_from(("en", "fr"))
_ANY = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map("".join)


@dataclass(frozen=True, slots=True)
class Read:
    text: str
    annotation: Annotation


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load(())


def places(found: object) -> Iterator[tuple[int, int]]:
    """All places in what was found: whatever has a start and an end."""
    if isinstance(found, tuple | list):
        for each in found:
            yield from places(each)
    elif is_dataclass(found) and not isinstance(found, type):
        start, end = getattr(found, "start", None), getattr(found, "end", None)
        if isinstance(start, int) and isinstance(end, int):
            yield start, end
        for field in fields(found):
            yield from places(getattr(found, field.name))
    elif isinstance(found, Span):
        yield found.start, found.end


def spots(found: object) -> Iterator[Spot]:
    """All evidence in an answer."""
    if isinstance(found, Spot):
        yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from spots(each)
    elif isinstance(found, tuple | list):
        for each in found:
            yield from spots(each)
    elif is_dataclass(found) and not isinstance(found, type):
        for field in fields(found):
            yield from spots(getattr(found, field.name))


@given(repeated(PIECES), _SEEDS, _LANGUAGES)
@examples(12, measured=True)
def test_names_take_time_in_proportion(
    known: Knowledge, text: Repeated, seed: int, language: str
) -> None:
    def make(size: int) -> Read:
        return Read(text.of(size), parsed(text.of(size), seed, language))

    assert_in_proportion(lambda read: resolve(read.text, 0, read.annotation, known), make)


@given(repeated(PIECES), _SEEDS, _LANGUAGES)
@examples(12, measured=True)
def test_findings_take_time_in_proportion(
    known: Knowledge, text: Repeated, seed: int, language: str
) -> None:
    def make(size: int) -> tuple[Read, tuple[object, ...]]:
        read = Read(text.of(size), parsed(text.of(size), seed, language))
        return read, resolve(read.text, 0, read.annotation, known)

    def work(given: tuple[Read, tuple[object, ...]]) -> None:
        read, clusters = given
        terms(read.annotation)
        find(read.text, 0, read.annotation, clusters)  # type: ignore[arg-type]

    assert_in_proportion(work, make)


@given(repeated(PIECES), repeated(PIECES), _SEEDS)
@examples(8, measured=True)
def test_a_comparison_takes_time_in_proportion(
    known: Knowledge, one: Repeated, other: Repeated, seed: int
) -> None:
    _assert_compared_in_proportion(known, one, other, seed)


def test_a_comparison_of_a_long_run_of_letters_takes_time_in_proportion(known: Knowledge) -> None:
    _assert_compared_in_proportion(known, Repeated("", "p", ""), Repeated("", "ab-c ", ""), 1)


def _assert_compared_in_proportion(
    known: Knowledge, one: Repeated, other: Repeated, seed: int
) -> None:
    def make(size: int) -> list[tuple[TextToCompare, object]]:
        texts = [f"Anna spoke. {each.of(size)}" for each in (one, other)]
        return [
            (TextToCompare(name, text), analysed(text, parsed(text, seed, "en"), known))
            for name, text in zip("AB", texts, strict=True)
        ]

    def work(given: list[tuple[TextToCompare, object]]) -> None:
        texts, analyses = zip(*given, strict=True)
        compare_texts(texts, lambda _: list(analyses), max_pairs=10_000)

    assert_in_proportion(work, make)


@given(_ANY, _SEEDS, _LANGUAGES)
@examples(60)
def test_what_is_found_stands_in_the_text(
    known: Knowledge, text: str, seed: int, language: str
) -> None:
    analysis = analysed(text, parsed(text, seed, language), known)
    for cluster in analysis.clusters:
        for mention in cluster.mentions:
            assert text[mention.start : mention.end] == mention.text
    for term in analysis.terms:
        assert all(0 <= start < end <= len(text) for start, end in term.spans)
    for start, end in places(analysis.findings):
        assert 0 <= start <= end <= len(text)


@given(_ANY, _ANY, _SEEDS)
@examples(40)
def test_what_a_comparison_shows_stands_in_its_texts(
    known: Knowledge, one: str, other: str, seed: int
) -> None:
    def analyse(inputs: list[AnalysisInput]) -> list[object]:
        return [analysed(each.text, parsed(each.text, seed, "en"), known) for each in inputs]

    texts = [TextToCompare("A", f"Anna spoke. {one}"), TextToCompare("B", f"Anna spoke. {other}")]
    comparison = compare_texts(texts, analyse, unclear=True)  # type: ignore[arg-type]
    compared = {
        each.article: each for each in comparison.articles if isinstance(each, ComparedText)
    }
    assert len(compared) == 2
    for spot in spots(comparison):
        assert compared[spot.article].text[spot.start : spot.end] == spot.text
