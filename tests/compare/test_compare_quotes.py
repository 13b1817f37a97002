"""Who is heard on each side, and one quote in two wordings."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compare import wording
from app.compare.wording import Wording
from app.domain.answer import Comparison
from app.domain.comparison import Spot, TextToCompare
from app.domain.sections.quotes import QuoteSection
from app.domain.text import Span
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from tests.compare.articles import real_articles, without_articles

ONE = (
    "The mayor, Anna Weiss, spoke on Monday. “The ferry will sail again before the winter comes "
    "to the islands,” Weiss said. One resident said: “We have waited for years.”"
)
OTHER = (
    "“The ferry will sail again,” Anna Weiss told reporters. Ben Kold, a fisherman, said that "
    "nobody believed it."
)


def compared(analyser: Analyser, *texts: str) -> Comparison:
    sides = [TextToCompare(f"side {n}", text) for n, text in enumerate(texts)]
    return compare_texts(sides, analyser.analyse, sections=["quotes"])


def quotes(analyser: Analyser, *texts: str) -> QuoteSection:
    section = compared(analyser, *texts).quotes
    assert section is not None
    return section


def test_speakers_are_named_with_their_share_of_words(analyser: Analyser) -> None:
    section = quotes(analyser, ONE, OTHER)
    weiss = next(each for each in section.speakers if each.name == "Anna Weiss")
    assert {key: side.quotes for key, side in weiss.sides.items()} == {"side 0": 1, "side 1": 1}
    assert weiss.sides["side 0"].share == pytest.approx(12 / 17, abs=1e-6)
    assert weiss.entity is not None


def test_a_speaker_without_a_name_keeps_their_own_words(analyser: Analyser) -> None:
    section = quotes(analyser, ONE, OTHER)
    (resident,) = [each for each in section.speakers if each.entity is None]
    assert resident.name.lower() == "one resident"
    assert list(resident.sides) == ["side 0"]


def test_a_voice_heard_on_one_side_has_that_side_alone(analyser: Analyser) -> None:
    section = quotes(analyser, ONE, OTHER)
    kold = next(each for each in section.speakers if each.name == "Ben Kold")
    assert list(kold.sides) == ["side 1"]


def test_a_trimmed_quote_shows_what_was_left_out(analyser: Analyser) -> None:
    (same,) = quotes(analyser, ONE, OTHER).same
    assert same.change == "trimmed"
    assert same.diff[-1].step == "delete"
    assert same.diff[-1].before == "before the winter comes to the islands"


def test_identical_texts_have_every_quote_in_the_same_words(analyser: Analyser) -> None:
    section = quotes(analyser, ONE, ONE)
    assert [each.change for each in section.same] == ["same", "same"]


def test_an_altered_word_is_shown(analyser: Analyser) -> None:
    section = quotes(analyser, ONE, ONE.replace("will sail again", "may sail again"))
    altered = section.same[0]
    assert altered.change == "altered"
    assert [(d.before, d.after) for d in altered.diff if d.step == "replace"] == [("will", "may")]


def test_swapped_sides_swap_the_answer(analyser: Analyser) -> None:
    one, other = quotes(analyser, ONE, OTHER), quotes(analyser, OTHER, ONE)
    assert [each.name for each in one.speakers] == [each.name for each in other.speakers]
    assert [each.change for each in one.same] == [each.change for each in other.same]


def test_evidence_is_what_stands_there(analyser: Analyser) -> None:
    section = quotes(analyser, ONE, OTHER)
    spots = [
        spot for each in section.speakers for side in each.sides.values() for spot in side.evidence
    ]
    spots += [spot for each in section.same for spot in each.sides.values()]
    assert spots
    assert all((ONE, OTHER)[s.article][s.start : s.end] == s.text for s in spots)


def test_no_quotes_at_all_is_an_empty_section(analyser: Analyser) -> None:
    section = quotes(analyser, "The ferry lay in port.", "The sea was calm.")
    assert section.speakers == ()
    assert section.same == ()


def given_words(text: str, speaker: object = None, article: int = 0) -> Wording:
    words = wording.words(text, [Span(0, len(text))])
    keys = tuple(word.key for word in words)
    return Wording(speaker, words, keys, Spot(article, 1, 0, len(text), text))


@pytest.mark.parametrize(
    ("one", "two", "change"),
    [
        ("We will not leave.", "we will not leave", "same"),
        ("We won’t leave the city today", "We won't leave the city today", "same"),
        ("The war goes on and on", "The war goes on", "trimmed"),
        ("The war, which began in May, goes on and on", "The war … goes on and on", "trimmed"),
        ("We took the city at noon", "We took the town at noon", "altered"),
        ("We took the city at noon", "Nobody here has any bread left", None),
        ("to the city", "he said that he went to the shop in the old city", None),
    ],
)
def test_two_wordings(one: str, two: str, change: str | None) -> None:
    match = wording.compare(given_words(one), given_words(two, article=1))
    assert (match and match.change) == change


def test_one_speaker_is_believed_with_fewer_words() -> None:
    said = [given_words("Totally unacceptable.", 7), given_words("Wholly unacceptable!", 7, 1)]
    match = wording.compare(*said)
    assert match is not None
    assert match.change == "altered"
    assert wording.compare(given_words("Totally unacceptable."), said[1]) is None


def test_each_wording_is_in_one_match() -> None:
    first = [given_words("They will come back in spring", article=0)]
    second = [
        given_words("They will come back in autumn", article=1),
        given_words("They will come back in spring", article=2),
    ]
    (match,) = wording.matches(first, second)
    assert match.change == "same"
    assert match.second.spot.article == 2


WORDS = st.lists(st.sampled_from(["we", "will", "hold", "city", "war", "never", "end"]), max_size=9)


@given(WORDS, WORDS)
def test_a_diff_leads_from_one_wording_to_the_other(one: Sequence[str], two: Sequence[str]) -> None:
    first, second = given_words(" ".join(one)), given_words(" ".join(two), article=1)
    steps = wording.diff(first, second)
    assert " ".join(filter(None, (step.before for step in steps))) == " ".join(one)
    assert " ".join(filter(None, (step.after for step in steps))) == " ".join(two)


@without_articles
def test_who_speaks_directly_in_the_real_articles(analyser: Analyser) -> None:
    answer = compare_texts(real_articles(), analyser.analyse, sections=["quotes"], top=500)
    section = answer.quotes
    assert section is not None
    direct = {
        key: {each.name.split()[-1] for each in section.speakers if _direct(each.sides, key)}
        for key in ("VICE News", "Inquisitr")
    }
    assert {"Kozak", "Orton", "Khaled", "resident", "commander"} <= direct["VICE News"]
    assert direct["Inquisitr"] == {"member"}


def _direct(sides: object, key: str) -> bool:
    assert isinstance(sides, dict)
    return key in sides and sides[key].direct > 0
