"""Figures of several sides about the same thing."""

import pytest

from app.compare.quantities import judge
from app.domain.comparison import TextToCompare
from app.domain.figure import Figure
from app.domain.sections.figures import FigureGroup
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from evaluation.changed_figures import figures as changed
from tests.compare.articles import real_articles, without_articles


def groups(analyser: Analyser, *texts: str, top: int = 50) -> tuple[FigureGroup, ...]:
    sides = [TextToCompare(f"s{n}", text) for n, text in enumerate(texts)]
    answer = compare_texts(sides, analyser.analyse, sections=["figures"], top=top)
    assert answer.figures is not None
    return answer.figures.items


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("The blast killed 40 workers.", "The blast killed 40 workers.", "agree"),
        ("The blast killed at least 400 workers.", "The blast killed 417 workers.", "compatible"),
        ("The blast killed some 400 workers.", "The blast killed 417 workers.", "compatible"),
        ("The blast killed hundreds of workers.", "The blast killed 417 workers.", "compatible"),
        ("The blast killed 40 workers.", "The blast killed 47 workers.", "conflict"),
        ("The blast killed at least 47 workers.", "The blast killed 40 workers.", "conflict"),
        ("The blast hurt 40 people.", "40 people were hurt in the blast.", "agree"),
        ("The blast hurt 40 people.", "47 people were hurt in the blast.", "conflict"),
        ("The trench is 10 km long.", "The trench is 10,000 metres long.", "agree"),
        ("Jets flew 25 sorties a day.", "Jets flew 40 air strikes.", "compatible"),
    ],
)
def test_two_figures(analyser: Analyser, one: str, other: str, verdict: str) -> None:
    (group,) = groups(analyser, one, other)
    assert group.verdict == verdict
    assert set(group.sides) == {"s0", "s1"}
    assert group.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The blast killed 40 workers.", "The factory had hired 900 workers in spring."),
        ("The blast killed 40 workers.", "It cost £40."),
        ("Four ships sank.", "Four trees fell."),
    ],
)
def test_two_figures_of_two_things(analyser: Analyser, one: str, other: str) -> None:
    assert [each.verdict for each in groups(analyser, one, other)] == ["single", "single"]


def test_equal_figures_are_paired_before_others(analyser: Analyser) -> None:
    text = "The blast killed 40 workers. The blast hurt 90 workers."
    assert [each.verdict for each in groups(analyser, text, text)] == ["agree", "agree"]


def test_conflicts_come_first_and_top_cuts_the_rest(analyser: Analyser) -> None:
    one = "The blast killed 40 workers. It cost £9 million."
    other = "The blast killed 47 workers. It cost £9 million."
    assert [each.verdict for each in groups(analyser, one, other)] == ["conflict", "agree"]
    assert [each.verdict for each in groups(analyser, one, other, top=1)] == ["conflict"]


def test_swapped_sides_swap_the_answer(analyser: Analyser) -> None:
    one = "The blast killed 40 workers and 3 guards. It cost £9 million."
    other = "The blast killed 47 workers. It cost over £5 million."
    here = [(each.verdict, each.noun) for each in groups(analyser, one, other)]
    there = [(each.verdict, each.noun) for each in groups(analyser, other, one)]
    assert here == there


def test_evidence_is_what_stands_there(analyser: Analyser) -> None:
    texts = ("The blast killed 40 workers.", "Some say that 47 workers were killed.")
    for group in groups(analyser, *texts):
        for side in group.sides.values():
            for figure in side:
                assert texts[figure.article][figure.start : figure.end] == figure.text


@without_articles
def test_sorties_a_day_meet_airstrikes_as_the_same_kind_of_thing(analyser: Analyser) -> None:
    answer = compare_texts(real_articles(), analyser.analyse, sections=["figures"], top=500)
    assert answer.figures is not None
    (group,) = [each for each in answer.figures.items if each.verdict == "compatible"]
    values = {side: found[0].value for side, found in group.sides.items()}
    assert values == {"VICE News": 25, "Inquisitr": 40}
    assert "rate" in group.reason


@without_articles
def test_the_dead_are_counted_on_one_side_alone(analyser: Analyser) -> None:
    texts = real_articles()
    answer = compare_texts(texts, analyser.analyse, sections=["figures"], top=500)
    assert answer.figures is not None
    (dead,) = [each for each in answer.figures.items if each.noun == "fighter"]
    assert (dead.verdict, list(dead.sides)) == ("single", ["VICE News"])
    assert not [each for each in answer.figures.items if each.verdict == "conflict"]
    same = changed(analyser, texts)
    assert same.groups == same.agree > 0
    assert same.conflicts == same.changes > 0


def _one(value: float, unit: str, text: str, quantifier: str | None = None) -> Figure:
    return Figure(0, len(text), text, "measure", value, unit=unit, quantifier=quantifier)


def test_a_rounded_conversion_agrees_and_another_amount_does_not() -> None:
    walk = _one(20, "mile", "20 miles")
    assert judge(walk, _one(32.2, "km", "32.2 km")).verdict == "agree"
    assert judge(walk, _one(45, "km", "45 km")).verdict == "conflict"
    assert judge(_one(70, "mph", "70 mph"), _one(113, "km/h", "113 kph")).verdict == "agree"


def test_at_least_and_more_than_a_number_are_compatible() -> None:
    least = _one(50, "kg", "at least 50 kg", "at least")
    more = _one(50, "kg", "over 50 kg", "more than")
    assert judge(least, more).verdict == "compatible"
    assert judge(least, least).verdict == "agree"


def test_one_large_sum_meets_under_two_verbs_and_other_plants_do_not_clash(
    analyser: Analyser,
) -> None:
    (sum_,) = groups(
        analyser,
        "The council asks for $4.7 billion for the tunnel.",
        "Nobody would sign a plan without $4.7 billion in tunnel money.",
    )
    assert sum_.verdict == "agree"
    apart = groups(
        analyser,
        "The factory in Berlin employs 2,300 workers.",
        "The factory in Madrid employs 700 workers.",
    )
    assert {each.verdict for each in apart} == {"single"}
    assert all("not matched" in each.reason for each in apart)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Women won 30 percent of the seats.", "Men won 45 percent of the seats."),
        ("The mill made a profit of £6m last year.", "The mill made a loss of £6m last year."),
        ("The mill made a profit of £6m last year.", "The mill made a loss of £9m last year."),
        ("The rate rose 4 percent in the north.", "The rate rose 7 percent in the south."),
        ("Wages rose 4 percent.", "Rents rose 7 percent."),
    ],
)
def test_figures_of_two_groups_or_signs_are_of_two_things(
    analyser: Analyser, one: str, other: str
) -> None:
    assert [each.verdict for each in groups(analyser, one, other)] == ["single", "single"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The gale broke 200 masts in Kern and 70 masts in Otterby.",
            "The gale broke 70 masts in Kern and 200 masts in Otterby.",
        ),
        (
            "In May the ward took in 60 patients, and in June 90 patients.",
            "In May the ward took in 90 patients, and in June 60 patients.",
        ),
    ],
)
def test_numbers_that_have_changed_places_clash_and_do_not_agree(
    analyser: Analyser, one: str, other: str
) -> None:
    assert [each.verdict for each in groups(analyser, one, other)] == ["conflict", "conflict"]
    assert [each.verdict for each in groups(analyser, one, one)] == ["agree", "agree"]


@pytest.mark.parametrize(
    "wrong",
    [
        "An earlier version of this story said that 60 divers were saved.",
        "Correction: It was six divers, not 60.",
    ],
)
def test_what_an_article_takes_back_is_no_claim(analyser: Analyser, wrong: str) -> None:
    text = "Six divers were saved off Kern."
    (group,) = groups(analyser, f"{text}\n\n{wrong}", text)
    assert group.verdict == "agree"
    (claimed,) = groups(analyser, "Correction officers saved 60 divers.", "60 divers were saved.")
    assert claimed.verdict == "agree"


@pytest.mark.parametrize(
    ("one", "other", "verdicts"),
    [
        ("About 23,000 nurses marched on Friday.",
         "An estimated 23,000 members of the nurses' union left the wards.", ["agree"]),
        ("Inflation stood at 6.35 percent in May.",
         "A rate of 6.35 percent for May is the lowest of the decade.", ["agree"]),
        ("About 23,000 nurses marched on Friday.",
         "The match drew 23,000 fans to Kern.", ["single", "single"]),
    ],
)  # fmt: skip
def test_equal_amounts_meet_by_what_both_name(
    analyser: Analyser, one: str, other: str, verdicts: list[str]
) -> None:
    assert [each.verdict for each in groups(analyser, one, other)] == verdicts
