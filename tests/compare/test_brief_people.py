"""The brief on people: who is named, quoted and called what, and by whom."""

import pytest

from app.domain.comparison import Spot
from app.domain.portrayal import LabelKind
from app.domain.sections.entities import EntityItem, EntityOnSide, EntitySection
from app.domain.sections.labels import ComparedLabel, LabelItem, LabelSection
from app.domain.sections.quotes import QuoteChange, SameQuote
from tests.compare.briefed import (
    NOTHING,
    brief,
    quotes,
    shared,
    speaker,
    spot,
    texts,
    told,
)


def entity(number: int, name: str, type_: str, **mentions: int) -> EntityItem:
    return EntityItem(
        number,
        name,
        type_,
        {
            key: EntityOnSide(count, 1, 0.1, 0, 0, 0.1, (spot("_ab".index(key), name, 700),))
            for key, count in mentions.items()
        },
    )


def test_who_is_named_in_both_and_in_one() -> None:
    section = EntitySection(
        0.5,
        (entity(1, "Palmyra", "GPE", a=3, b=4), entity(2, "Syrian", "NORP", a=3, b=4)),
        {
            "a": (
                entity(3, "Homs", "GPE", a=4),
                entity(4, "Raqqa", "GPE", a=1),
                entity(5, "Nina Reyes", "PERSON", a=2),
                entity(6, "old Palmyra", "GPE", a=2),
            ),
            "b": (),
        },
        0,
        None,
    )
    sections = quotes(speaker("Nina Reyes", 5, a=[spot(1, "No.")]))._replace(entities=section)
    assert texts(brief(sections), "shared") == ["Named in both: Palmyra."]
    # Once named is little, a name within another may be the same, and who is quoted is told of.
    assert texts(brief(sections), "only") == ["Named in A, not found in B: Homs."]


def test_who_is_quoted_where() -> None:
    found = quotes(
        speaker("Kremlin", 1, a=[spot(1, "No.")], b=[spot(2, "Never.")]),
        speaker("Ruth Okafor", 2, a=[spot(1, "One.", 9), spot(1, "Two.", 30)]),
        speaker("The general command", None, a=[spot(1, "Yes.", 50)]),
        speaker("She", None, b=[spot(2, "Well.", 90)]),
    )
    assert texts(brief(found), "voices") == [
        "Quoted in both: Kremlin.",
        "Quotes found in A alone: Ruth Okafor (two) and the general command.",
    ]


@pytest.mark.parametrize(
    ("change", "one", "other", "sentence"),
    [
        (
            "same",
            "We lost all",
            "we lost all",
            "A and B quote Ruth Okafor in the same words: “We lost all”.",
        ),
        (
            "trimmed",
            "We lost all, and more",
            "We lost all",
            "A quotes Ruth Okafor at greater length than B, which has: “We lost all”.",
        ),
        (
            "altered",
            "We lost all",
            "We lost it",
            "A and B quote Ruth Okafor, but not in the same words: “We lost all” (A); “We lost it” "
            "(B).",
        ),
    ],
)
def test_a_quote_that_both_give(change: QuoteChange, one: str, other: str, sentence: str) -> None:
    spots = {"a": spot(1, one), "b": spot(2, other)}
    who = speaker("Ruth Okafor", 2, a=[spots["a"]], b=[spots["b"]])
    section = brief(quotes(who, same=[SameQuote(change, 0.9, spots, ())]))
    assert texts(section, "voices") == [sentence, "Quoted in both: Ruth Okafor."]


def test_a_quote_that_was_told_is_no_shared_fact_too() -> None:
    spots = {"a": spot(1, "We lost all that we had."), "b": spot(2, "We lost all that we had.")}
    found = quotes(same=[SameQuote("same", 1.0, spots, ())])
    sections = found._replace(statements=told(shared(spots)).statements)
    assert [each.kind for each in brief(sections).items] == ["voices"]


def label(each: Spot, kind: LabelKind, *, only: bool = True, count: int = 1) -> ComparedLabel:
    return ComparedLabel(each.text, kind, count, only, (each,))


def test_which_words_each_side_has_for_an_actor() -> None:
    items = (
        LabelItem(
            1,
            "Bashar al-Assad",
            "PERSON",
            {
                "a": (
                    label(spot(1, "President"), "title", count=2),
                    label(spot(1, "Mr", 20), "title"),
                    label(spot(1, "Assad", 30), "name", count=9),
                    label(spot(1, "leader", 40), "description"),
                    label(spot(1, "leader of a war", 50), "description"),
                ),
                "b": (label(spot(2, "Assad regime"), "head"),),
            },
        ),
        LabelItem(
            2,
            "Palmyra",
            "GPE",
            {
                "a": (label(spot(1, "desert", 60), "description"),),
                "b": (label(spot(2, "bride of the desert", 60), "description"),),
            },
        ),
        LabelItem(3, "Homs", "GPE", {"a": (label(spot(1, "base", 80), "description"),)}),
    )
    section = brief(NOTHING._replace(labels=LabelSection(items, 0, None)))
    assert texts(section, "labels") == [
        "Words put on Bashar al-Assad: “President” and “leader” in A alone, “Assad regime” in B "
        "alone.",
        "Words put on Palmyra: “bride of the desert” in B alone.",
    ]


def test_who_may_be_quoted_elsewhere_by_a_fuller_name_is_not_called_alone() -> None:
    found = quotes(
        speaker("Anna Reyes", 1, a=[spot(1, "No.")], b=[spot(2, "Never.")]),
        speaker("Reyes", 2, a=[spot(1, "One.", 9)]),
        speaker("Anna Lind", 3, b=[spot(2, "Two.", 9)]),
    )
    assert texts(brief(found), "voices") == [
        "Quoted in both: Anna Reyes.",
        "Quotes found in B alone: Anna Lind.",
    ]
