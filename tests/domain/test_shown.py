from dataclasses import fields

from app.domain.figure import Figure
from app.domain.quote import Utterance
from app.domain.sections.figures import ComparedFigure
from app.domain.shown import DATE, FIGURE, REFERENCE, quote_surfaces, shown
from app.domain.text import Span, Surface
from app.web.schemas.dates import Date
from app.web.schemas.references import Reference
from app.web.schemas.sections.figures import Quantity

WHERE = {"article", "revision"}
# What stands around a place, for `?context=`: cut from the text when it is asked for.
AROUND = {"before", "after"}


def test_wire_shapes_have_the_fields_that_are_shown() -> None:
    assert {*FIGURE} | WHERE | AROUND == Quantity.model_fields.keys()
    assert {*FIGURE} | WHERE == {each.name for each in fields(ComparedFigure)}
    assert {*DATE} | WHERE == Date.model_fields.keys()
    assert {*REFERENCE} | WHERE | {"entity", "entity_name"} == Reference.model_fields.keys()


def test_what_only_serves_to_match_is_not_shown() -> None:
    figure = Figure(0, 9, "400 tanks", "count", 400.0, noun="tank", lemmas=("tank",), mentions=(3,))
    answer = shown(figure, FIGURE, article=7)
    assert answer["noun"] == "tank"
    assert answer["article"] == 7
    assert answer.keys() == {*FIGURE, "article"}


def test_surfaces_of_a_quote_stand_in_its_text() -> None:
    text = "“We wait,” he said."
    quote = Utterance("direct", 0, 10, 2, (), Span(14, 18), None, None, None, "")
    content, cue, speaker = quote_surfaces(quote, text)
    assert content == Surface(0, 10, "“We wait,”")
    assert cue == Surface(14, 18, "said")
    assert speaker is None
