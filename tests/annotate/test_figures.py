"""Quantities: what is found, what it says, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annotate.figures import figures
from app.annotate.pipeline import Pipelines
from app.domain.annotation import Annotation, Tokens
from tests.annotate.found import figures_in

# A text, the figure's surface, kind, value, and what else it says.
MEANT: list[tuple[str, str, str, float, dict[str, object]]] = [
    ("It struck 146 targets.", "146 targets", "count", 146, {"noun": "target"}),
    ("At least 400 fighters died.", "At least 400 fighters", "count", 400,
     {"quantifier": "at least", "noun": "fighter"}),
    ("More than 1,200 workers left.", "More than 1,200 workers", "count", 1200,
     {"quantifier": "more than"}),
    ("Up to 25 sorties a day were flown.", "Up to 25 sorties a day", "count", 25,
     {"quantifier": "at most", "per": "day", "noun": "sortie"}),
    ("Some 70,000 people fled.", "Some 70,000 people", "count", 70000, {"quantifier": "about"}),
    ("Nearly 300 homes burned.", "Nearly 300 homes", "count", 300, {"quantifier": "nearly"}),
    ("Fewer than 50 houses stand.", "Fewer than 50 houses", "count", 50,
     {"quantifier": "less than"}),
    ("As many as 90 miners are missing.", "As many as 90 miners", "count", 90,
     {"quantifier": "at most"}),
    ("Forty-seven people were hurt.", "Forty-seven people", "count", 47, {"noun": "people"}),
    ("Three fishermen drowned.", "Three fishermen", "count", 3, {"noun": "fisherman"}),
    ("A dozen soldiers fell.", "A dozen soldiers", "count", 12, {}),
    ("A hundred and six people came.", "A hundred and six people", "count", 106, {}),
    ("Hundreds of rockets fell.", "Hundreds of rockets", "count", 200,
     {"upper": 999, "quantifier": "about"}),
    ("Dozens were killed.", "Dozens", "count", 24, {"upper": 99}),
    ("Tens of thousands of people marched.", "Tens of thousands of people", "count", 20000,
     {"upper": 99999}),
    ("Between 20 and 30 boats sank.", "Between 20 and 30 boats", "count", 20, {"upper": 30}),
    ("They lost 20 to 30 tanks.", "20 to 30 tanks", "count", 20, {"upper": 30}),
    ("They lost 20-30 tanks.", "20-30 tanks", "count", 20, {"upper": 30}),
    ("It employs 2.5 million people.", "2.5 million people", "count", 2.5e6, {}),
    ("It cost £18 million.", "£18 million", "money", 18e6, {"unit": "GBP"}),
    ("It cost $3bn.", "$3bn", "money", 3e9, {"unit": "USD"}),
    ("It cost 90 million euros a year.", "90 million euros a year", "money", 90e6,
     {"unit": "EUR", "per": "year"}),
    ("Oil sold at $40 a barrel.", "$40 a barrel", "money", 40, {"unit": "USD", "per": "barrel"}),
    ("It will cost 2 to 3 million dollars.", "2 to 3 million dollars", "money", 2e6,
     {"upper": 3e6, "unit": "USD"}),
    ("It cost US$500.", "US$500", "money", 500, {"unit": "USD"}),
    ("Between £2 million and £3 million was lost.", "Between £2 million and £3 million", "money",
     2e6, {"upper": 3e6, "unit": "GBP"}),
    ("Prices rose 6%.", "6%", "percent", 6, {"unit": "%"}),
    ("Prices rose 6.5 percent.", "6.5 percent", "percent", 6.5, {"unit": "%"}),
    ("They want six per cent.", "six per cent", "percent", 6, {"unit": "%"}),
    ("It fell by two percentage points.", "two percentage points", "percent", 2,
     {"unit": "points"}),
    ("The town lies 15 km away.", "15 km", "measure", 15, {"unit": "km"}),
    ("They hold some 12,000 square miles.", "some 12,000 square miles", "measure", 12000,
     {"unit": "mile2", "quantifier": "about"}),
    ("It burned 40 tonnes of coal.", "40 tonnes", "measure", 40, {"unit": "t"}),
    ("It made six knots.", "six knots", "measure", 6, {"unit": "knot"}),
    ("It lasted four hours.", "four hours", "duration", 4, {"unit": "hour"}),
    ("They ruled for four decades.", "four decades", "duration", 4, {"unit": "decade"}),
    ("The five-year war goes on.", "five-year", "duration", 5, {"unit": "year"}),
    ("The house is 30 years old.", "30 years old", "age", 30, {"unit": "year"}),
    ("A 16-year-old boy died.", "16-year-old", "age", 16, {"unit": "year"}),
    ("Captain Daniel Mercer, 44, spoke.", "44", "age", 44, {}),
    ("A man aged 52 was held.", "52", "age", 52, {}),
]  # fmt: skip

NONE = [
    "One day they left.",
    "It was one of the worst.",
    "It fell in 2015.",
    "They left at 7.04 in the morning.",
    "They left at 5 pm.",
    "They left at 5:30.",
    "They won 3-1.",
    "1. Introduction",
    "The F-16 landed.",
    "It began on March 23.",
    "Leaders of the G7 met.",
]


@pytest.mark.parametrize(("text", "surface", "kind", "value", "fields"), MEANT)
def test_what_a_figure_says(
    pipelines: Pipelines,
    text: str,
    surface: str,
    kind: str,
    value: float,
    fields: dict[str, object],
) -> None:
    (figure,) = figures_in(pipelines, text)
    assert (figure.text, figure.kind, figure.value) == (surface, kind, value)
    assert {name: getattr(figure, name) for name in fields} == fields


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_figure(pipelines: Pipelines, text: str) -> None:
    assert [each.text for each in figures_in(pipelines, text)] == []


def test_who_is_quoted_with_it_is_given_for_it(pipelines: Pipelines) -> None:
    (figure,) = figures_in(pipelines, "The ministry said that 40 people were killed.")
    assert figure.attribution == "The ministry"


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["at least", "400", "1,2", "hundreds", "of", "people", "$", "3", "million", "%", "km",
             "a day", "two", "and", "-", "hundred", "İ", "\n\n", "old", "years", "5", "to"]
        ),
        max_size=14,
    ).map(" ".join)
)  # fmt: skip
def test_figures_stand_where_they_say_and_never_overlap(text: str) -> None:
    annotation = Annotation("test", "en", Tokens((), (), (), (), (), (), ()), (), ())
    end = 0
    for each in figures(text, annotation, (), (), ()):
        assert each.start >= end
        assert text[each.start : each.end] == each.text
        end = each.end
