"""Which things of a text stand where, against a look at each of them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.spans import Spans
from app.domain.text import Span


@st.composite
def apart(draw: st.DrawFn) -> list[Span]:
    """Spans that do not overlap, in any order."""
    edges = sorted(draw(st.sets(st.integers(0, 40), max_size=16)))
    spans = [Span(start, end) for start, end in pairwise(edges)]
    return draw(st.permutations([span for span in spans if draw(st.booleans())]))


@given(apart(), st.integers(0, 42), st.integers(0, 42))
def test_each_question_agrees_with_a_look_at_every_span(
    spans: list[Span], one: int, other: int
) -> None:
    start, end = sorted((one, other))
    found, ordered = Spans(spans), sorted(spans)
    assert found.at(start) == next((x for x in spans if x.start <= start < x.end), None)
    assert [*found.starting(start, end)] == [x for x in ordered if start <= x.start < end]
    if start < end:
        inside = [x for x in ordered if x.start < end and start < x.end]
        assert [*found.overlapping(start, end)] == inside
