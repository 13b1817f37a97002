"""The brief: what it says of sections, and that it says nothing that does not stand there."""

from collections.abc import Sequence
from datetime import date

import pytest

from app.compare.sections.brief import Sections
from app.domain.comparison import Spot
from app.domain.sections.figures import ComparedFigure, FigureSection, Verdict
from app.domain.sections.reuse import Derived, Passage, ReusePair, ReuseSection
from app.domain.sections.statements import Difference, SharedStatement
from tests.compare.briefed import (
    AB,
    ABC,
    FELL,
    NOTHING,
    TAKEN,
    brief,
    figure,
    figures,
    own,
    shared,
    side,
    spot,
    texts,
    told,
    with_note,
)

LOST = spot(3, "The town was lost on Sunday, to the surprise of all.")


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            shared({"a": FELL, "b": TAKEN}),
            "Both report: “The town fell to the army on Sunday.” (A).",
        ),
        (
            shared({"a": FELL, "b": TAKEN}, lead="ab"),
            "Both report, in headline or lead: “The town fell to the army on Sunday.” (A).",
        ),
        (
            shared({"a": FELL, "b": TAKEN}, lead="b"),
            "Both report (B in headline or lead): “The town fell to the army on Sunday.” (A).",
        ),
        (
            shared({"a": FELL, "b": TAKEN}, confidence=0.6),
            "Both seem to report: “The town fell to the army on Sunday.” (A).",
        ),
        (
            shared({"a": FELL, "b": TAKEN}, origins=1),
            "Both report: “The town fell to the army on Sunday.” (A). They carry one text here, "
            "which counts once.",
        ),
    ],
)
def test_what_both_report(fact: SharedStatement, sentence: str) -> None:
    assert texts(brief(told(fact)), "shared") == [sentence]


def test_what_some_of_three_report() -> None:
    section = brief(told(shared({"a": FELL, "c": LOST})), ABC)
    assert texts(section, "shared") == [
        "A and C report: “The town fell to the army on Sunday.” (A)."
    ]
    whole = brief(told(shared({"a": FELL, "b": TAKEN, "c": LOST})), ABC)
    assert texts(whole, "shared")[0].startswith("All three report: “")


def test_the_lead_comes_first_and_what_is_unsure_is_left_out() -> None:
    facts = [
        shared({"a": spot(1, "It rained on the hills.", 90), "b": spot(2, "Rain fell.", 90)}),
        shared({"a": FELL, "b": TAKEN}, lead="ab"),
        shared({"a": spot(1, "Snow.", 200), "b": spot(2, "Ice.", 200)}, confidence=0.4),
    ]
    said = texts(brief(told(*facts)), "shared")
    assert len(said) == 2
    assert "lead" in said[0]


KILLED = spot(1, "The clash killed 31 people.")
DIED = spot(2, "In the clash 28 people died.")


@pytest.mark.parametrize(
    ("what", "words", "phrase"),
    [
        ("number", ("31", "28"), "the number (“31” in A, “28” in B)"),
        ("state", ("killed", "died"), "how far things have come (“killed” in A, “died” in B)"),
        ("date", ("clash", "clash"), "the time (“clash” in A, “clash” in B)"),
        ("negation", ("killed", None), "what is denied (“killed” in A alone)"),
        ("attribution", (None, "In"), "who says so (“In” in B alone)"),
        ("other", ("31", "28"), "the wording (“31” in A, “28” in B)"),
    ],
)
def test_what_both_report_but_not_alike(
    what: Difference, words: tuple[str | None, str | None], phrase: str
) -> None:
    differ = {
        key: [spot(each.article, word, each.text.index(word))] if word else []
        for key, each, word in zip("ab", (KILLED, DIED), words, strict=True)
    }
    section = brief(told(shared({"a": KILLED, "b": DIED}, [(what, differ)])))
    assert texts(section, "differs") == [
        "Both report this, but not alike: “The clash killed 31 people.” (A); “In the clash 28 "
        f"people died.” (B). They differ in {phrase}."
    ]
    assert texts(section, "shared") == []


def at(each: Spot, surface: str) -> Spot:
    return spot(each.article, surface, each.text.index(surface))


CLASH = figures("conflict", a=figure(at(KILLED, "31 people")), b=figure(at(DIED, "28 people")))


def with_figures(sections: Sections, *groups: object) -> Sections:
    return sections._replace(figures=FigureSection(tuple(groups), 0, None))  # type: ignore[arg-type]


def test_a_conflict_that_a_differing_sentence_told_is_not_told_again() -> None:
    differ = {"a": [at(KILLED, "31")], "b": [at(DIED, "28")]}
    differing = told(shared({"a": KILLED, "b": DIED}, [("number", differ)]))
    assert texts(brief(with_figures(differing, CLASH)), "figures") == []
    # Told as alike, the sentences did not tell it.
    alike = told(shared({"a": KILLED, "b": DIED}))
    assert texts(brief(with_figures(alike, CLASH)), "figures") == [
        "Figures conflict: A gives “31 people”; B gives “28 people”."
    ]


def number(article: int, text: str, attribution: str | None = None) -> ComparedFigure:
    return figure(spot(article, text, 50), attribution)


@pytest.mark.parametrize(
    ("verdict", "one", "other", "sentence"),
    [
        (
            "conflict",
            number(1, "31 people", "the police"),
            number(2, "28 people", "he"),
            "Figures conflict: A gives “31 people” (from the police); B gives “28 people”.",
        ),
        (
            "compatible",
            number(1, "at least 30 people"),
            number(2, "31 people"),
            "Figures differ, but both can be true: A gives “at least 30 people”; B gives "
            "“31 people”.",
        ),
        ("agree", number(1, "six"), number(2, "six"), "Both give the same figure: “six”."),
        (
            "agree",
            number(1, "six"),
            number(2, "6"),
            "Both give the same figure: “six” in A and “6” in B.",
        ),
    ],
)
def test_figures_of_both(
    verdict: Verdict, one: ComparedFigure, other: ComparedFigure, sentence: str
) -> None:
    section = brief(with_figures(NOTHING, figures(verdict, a=one, b=other)))
    assert texts(section, "figures") == [sentence]


def test_a_figure_of_one_side_is_no_news() -> None:
    assert brief(with_figures(NOTHING, figures("single", a=number(1, "six")))).items == ()


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        (AB, "Reported in A, not found in B: “The mayor resigned over the bridge.”"),
        (ABC, "Reported in A, not found in the other two: “The mayor resigned over the bridge.”"),
    ],
)
def test_what_one_side_alone_reports(sides: Sequence[object], sentence: str) -> None:
    found = [own(spot(1, "The mayor resigned over the bridge."))]
    section = brief(told(only={"a": found}), sides)  # type: ignore[arg-type]
    assert texts(section, "only") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor resigns over the new bridge",
        "Who will now build the bridge?",
        "She resigned over the new bridge.",
        '"I resign over the new bridge.',
        "The mayor resigned.",
    ],
)
def test_headlines_questions_quotations_and_scraps_are_no_report(sentence: str) -> None:
    assert brief(told(only={"a": [own(spot(1, sentence))]})).items == ()


def test_one_side_says_a_thing_once_and_the_weightiest_first() -> None:
    found = [
        own(spot(1, "Old soldiers amassed outside the ancient city on Monday.", 100), 0.4),
        own(spot(1, "The ancient city saw old soldiers amassed outside.", 200), 0.6),
        own(spot(1, "A museum in the north will open its doors.", 300), 0.9, 0.6),
        own(spot(1, "Bakers want their ovens back before winter.", 400), 0.9, 0.4),
    ]
    assert texts(brief(told(only={"a": found})), "only") == [
        "Reported in A, not found in B: “The ancient city saw old soldiers amassed outside.”; “A "
        "museum in the north will open its doors.”"
    ]


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (
            "wholly",
            [
                "A (dated 24 March 2016) and B carry one text, with 12 words in a row in common, "
                "from “The ferry was making six knots” on."
            ],
        ),
        (
            "partly",
            [
                "A (dated 24 March 2016) and B have 12 words in a row in common, from “The ferry "
                "was making six knots” on."
            ],
        ),
        ("not", []),
    ],
)
def test_text_in_common(verdict: Derived, said: list[str]) -> None:
    passage = Passage(
        12, {key: spot(n, "The ferry was making six knots") for n, key in enumerate("ab", 1)}
    )
    pair = ReusePair(("a", "b"), (1, 2), 0.5, verdict, (passage,))
    sections = NOTHING._replace(reuse=ReuseSection((pair,), (), 0, None))
    sides = (side("a", 1, published=date(2016, 3, 24)), side("b", 2))
    assert texts(brief(sections, sides), "reuse") == said


def test_thin_evidence_is_said() -> None:
    short = (side("a", 1, words=30), side("b", 2, words=0))
    section = brief(with_note(NOTHING, "No dates."), short)
    assert section.items == ()
    assert section.note == (
        "A has only 30 words to compare. B has nothing to compare. No fact was found that several "
        "sides report. No dates."
    )


def test_a_brief_is_cut_at_top_and_says_by_how_much() -> None:
    facts = [
        shared({key: spot(n, f"Fact {i} was told again.", 100 * i) for n, key in enumerate("ab")})
        for i in range(20)
    ]
    whole, cut = brief(told(*facts)), brief(told(*facts), top=2)
    assert (len(whole.items), whole.more) == (5, 15)
    assert (len(cut.items), cut.more) == (2, 18)


def test_differences_of_a_kind_stand_together() -> None:
    one = {"a": [at(KILLED, "31")], "b": [at(DIED, "28")]}
    other = {"a": [at(KILLED, "people")], "b": [at(DIED, "people")]}
    verb = {"a": [at(KILLED, "killed")], "b": [at(DIED, "died")]}
    fact = shared(
        {"a": KILLED, "b": DIED},
        [("number", one), ("state", verb), ("number", other)],
        confidence=0.6,
    )
    (said,) = texts(brief(told(fact)), "differs")
    assert said.startswith("Both seem to report this, but not alike: ")
    assert said.endswith(
        " They differ in the number (“31” in A, “28” in B; “people” in A, “people” in B) and how "
        "far things have come (“killed” in A, “died” in B)."
    )
