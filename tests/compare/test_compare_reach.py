"""Every section says how much it left out, and how far it reaches."""

from dataclasses import fields

import pytest

from app.compare.notes import reach
from app.domain.answer import SECTIONS, Comparison
from app.domain.comparison import ArticleFindings, EntityCounts, Side, TextToCompare
from app.domain.quote import Utterance
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from app.web.schemas.comparison import Comparison as Answer

TOLD = TextToCompare(
    "told",
    'On Friday Daniel Mercer, the harbour master, closed the port. "Forty people were hurt in '
    'May 2015," Mercer said.',
)
BARE = TextToCompare("bare", "It rained again. Nobody knows why.")


def compared(analyser: Analyser, *texts: TextToCompare) -> Comparison:
    return compare_texts(texts, analyser.analyse)


def quoted(language: str | None, quotes: int) -> ArticleFindings:
    quote = Utterance("indirect", 0, 4, 1, (), None, None, None, None, "")
    return ArticleFindings(
        0, 1, 9, "", False, EntityCounts((), (), (), ()), {}, language, quotes=(quote,) * quotes
    )


def test_every_section_has_items_cut_off_and_a_note(analyser: Analyser) -> None:
    comparison = compared(analyser, TOLD, TOLD.__class__("too", TOLD.text))
    answer = Answer.of(comparison).model_dump(exclude_unset=True)
    for name in SECTIONS:
        section = getattr(comparison, name)
        assert {"more", "note"} <= {field.name for field in fields(section)}
        assert answer[name]["more"] == section.more
        assert answer[name]["note"] == section.note
    assert "more" not in answer


def test_where_all_is_found_nothing_is_noted(analyser: Analyser) -> None:
    dated = [TextToCompare(key, TOLD.text.replace("On Friday ", "")) for key in ("one", "other")]
    answer = compared(analyser, *dated)
    for name in ("entities", "labels", "roles", "quotes", "figures", "timeline", "reuse"):
        assert getattr(answer, name).note is None, name


@pytest.mark.parametrize(
    ("section", "note"),
    [
        ("entities", "insufficient evidence: no named entities on bare."),
        ("labels", "insufficient evidence: no labels on bare."),
        ("roles", "insufficient evidence: no roles on bare."),
        ("quotes", "insufficient evidence: no quotes on bare."),
        ("figures", "insufficient evidence: no figures on bare."),
        (
            "timeline",
            "Expressions of time that wait for a date of publication are left out, as the articles "
            "have none: told (1). insufficient evidence: no times on bare.",
        ),
        ("reuse", "No two articles of two sides share a passage of 8 words or more."),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_section_names_the_sides_that_have_nothing_for_it(
    analyser: Analyser, section: str, note: str, swapped: bool
) -> None:
    texts = (BARE, TOLD) if swapped else (TOLD, BARE)
    assert getattr(compared(analyser, *texts), section).note == note


def test_a_language_that_is_not_read_is_named() -> None:
    sides = [
        Side(name, name, (quoted(language, count),))
        for name, language, count in (
            ("Tagblatt", "de", 0), ("Gazette", "en", 2), ("Soir", "fr", 0), ("Courier", None, 0)
        )
    ]  # fmt: skip
    assert reach(sides, "quotes", lambda article: article.quotes, "quotes") == (
        "Quotes are not looked for in texts in 'de' (Tagblatt). insufficient evidence: no quotes "
        "on Courier and Soir."
    )


def test_sentences_that_are_unclear_are_listed_on_request_alone(analyser: Analyser) -> None:
    texts = (TOLD, BARE)
    asked = compare_texts(texts, analyser.analyse, sections=["statements"], unclear=True)
    listed = Answer.of(asked).model_dump(exclude_unset=True)["statements"]
    assert set(listed["unclear_items"]) == {"told", "bare"}
    bare = Answer.of(compared(analyser, *texts)).model_dump(exclude_unset=True)["statements"]
    assert "unclear_items" not in bare


def test_top_cuts_shared_and_one_sided_statements(analyser: Analyser) -> None:
    text = "The ferry struck the pier. Forty people were hurt. The engines had failed."
    other = "A minister resigned in Oslo. Snow fell in the hills."
    texts = [TextToCompare("a", f"{text} {other}"), TextToCompare("b", text)]
    answer = compare_texts(texts, analyser.analyse, sections=["statements"], top=1)
    assert answer.statements is not None
    assert len(answer.statements.shared) == len(answer.statements.only["a"]) == 1
    assert answer.statements.more == 3
