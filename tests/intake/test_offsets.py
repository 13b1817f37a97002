"""Everything kept maps back to what came in, everything removed says where it stood."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.article import Document, Submission
from app.errors import ParallaxError
from app.intake.characters import mapped
from app.intake.clean import clean
from app.intake.composition import recompose

LIMIT = 1_000_000

PROSE = (
    "The council voted on Tuesday to close the old bridge, which carries two thousand cars a day.",
    "“We had no choice,” said Marta Lindqvist, who leads the works department.",
    "Engineers found cracks in three of the eleven piers last autumn, and more in spring.",
    "Shopkeepers on both banks fear for their trade; some have asked for a ferry.",
)
LINES = (
    "Old Bridge to Close for Two Years",
    "This story is over 3 years old.",
    "Photo: Reuters",
    "Workers on the bridge. (Photo by Ada Storm/Getty Images)",
    "Follow Ada Storm on Twitter: @adastorm",
    "Share this article: Old Bridge to Close for Two Years",
    "Mayor Says the Ferry Will Sail Before the Summer Ends",
    "By Ada Storm",
    "12 March 2021",
    "cafÃ© owners didnâ€™t agree",
    "non\u00adbreaking\u00a0space and\u200bzero width",
    "",
    "   ",
    "\t",
)
pieces = st.one_of(
    st.sampled_from(PROSE + LINES),
    st.text(max_size=60),
    st.text(alphabet="aA .,!?\"'\n\r\t\u00a0\u200b\u00adÃ©â€™\x92\ufeff-/()[]:", max_size=40),
)
texts = st.builds(
    lambda parts, gap: gap.join(parts),
    st.lists(pieces, max_size=12),
    st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\n \n", " "]),
)


def cleaned(text: str, title: str | None = None, subtitle: str | None = None) -> Document | None:
    try:
        submission = Submission(text=text, title=title, subtitle=subtitle, language="en")
        return clean(submission, max_chars=LIMIT)
    except ParallaxError:
        return None


def check_maps(document: Document) -> None:
    raw, text = document.raw, document.text
    kept: list[tuple[int, int]] = []
    at = 0
    for clean_start, raw_start, length in document.offsets.segments:
        assert length > 0
        assert clean_start >= at, "segments ascend and do not overlap"
        at = clean_start + length
        assert raw[raw_start : raw_start + length] == text[clean_start : clean_start + length]
        kept.append((raw_start, raw_start + length))
    taken = [(r.start, r.end) for r in document.removed]
    for removed in document.removed:
        assert raw[removed.start : removed.end] == removed.text
        assert removed.reason
    spans = sorted(kept + taken)
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start, "nothing is kept twice, or both kept and removed"


@given(texts)
@settings(max_examples=300, deadline=None)
def test_every_kept_character_maps_back_and_no_removed_one_is_kept(text: str) -> None:
    document = cleaned(text)
    if document is not None:
        check_maps(document)


@given(st.text(max_size=300), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_arbitrary_unicode_is_cleaned_or_refused_in_words(text: str, title: str) -> None:
    document = cleaned(text, title=title)
    if document is not None:
        check_maps(document)
        assert 0 <= document.body_start < len(document.text)


def plain_texts() -> st.SearchStrategy[str]:
    """Text without mojibake, so that every character is kept, removed, or no letter."""
    return st.lists(
        st.one_of(
            st.sampled_from([piece for piece in PROSE + LINES if "Ã" not in piece]),
            st.text(alphabet="abc ABC.,\n\r\t\u00a0\u200b\u00ad-", max_size=40),
        ),
        max_size=12,
    ).map("\n\n".join)


@given(plain_texts())
@settings(max_examples=200, deadline=None)
def test_nothing_but_white_space_and_invisible_characters_is_lost(text: str) -> None:
    document = cleaned(text)
    if document is None:
        return
    accounted = bytearray(len(text))
    for _, start, length in document.offsets.segments:
        accounted[start : start + length] = b"\x01" * length
    for removed in document.removed:
        accounted[removed.start : removed.end] = b"\x01" * (removed.end - removed.start)
    lost = {character for character, there in zip(text, accounted, strict=True) if not there}
    assert all(c.isspace() or c in "\u200b\u00ad" for c in lost)


# Always the same examples: the rounds of cleaning are bounded, so that some text out of many
# millions may need one more.
@given(texts)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_cleaning_the_clean_text_takes_nothing_more_away(text: str) -> None:
    first = cleaned(text)
    if first is not None:
        again = cleaned(first.text, first.title, first.subtitle)
        assert again is not None
        assert [r.text for r in again.removed] == []


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("  two   blanks ", "two blanks"),
        ("a\u00a0b\u2003c\td", "a b c d"),
        ("Pal\u00admyra and\u200b Homs", "Palmyra and Homs"),
        ("\ufeffHoms", "Homs"),
        ("\u200eKhaled\u200f", "Khaled"),
        ("bell\x07ring", "bellring"),
        ("pro-\ngovernment", "pro-government"),
        ("a -\nb", "a - b"),
        ("It\u00e2\u20ac\u2122s a caf\u00c3\u00a9", "It’s a café"),
        ("\x93quoted\x94", "“quoted”"),
        ("voil\u00c3\u00a0", "voilà"),
        ("‘curly’ “stays”", "‘curly’ “stays”"),
        ("naïve café Łódź", "naïve café Łódź"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_characters_as_an_article_has_them(raw: str, wanted: str) -> None:
    within = f"<{raw}>"
    result = mapped(within, 1, 1 + len(raw))
    assert result.text == wanted
    for clean_start, raw_start, length in result.segments:
        assert within[raw_start : raw_start + length] == wanted[clean_start : clean_start + length]


def test_a_repaired_character_stands_nowhere_in_the_raw_text() -> None:
    document = cleaned(
        "Title of It\n\nThe caf\u00c3\u00a9 opened again on Monday, two years late.\n"
    )
    assert document is not None
    place = document.text.index("é")
    assert document.offsets.to_raw(place) is None
    assert document.offsets.to_raw(place - 1) == document.raw.index("f\u00c3")


def test_a_new_title_keeps_the_body_and_its_way_back() -> None:
    document = cleaned("Old Bridge to Close\n\n" + "\n\n".join(PROSE))
    assert document is not None
    assert document.title == "Old Bridge to Close"
    text, body_start, offsets = recompose(
        document.text, document.body_start, document.offsets, "Bridge closes", "For two years"
    )
    body = document.text[document.body_start :]
    assert text == f"Bridge closes\n\nFor two years\n\n{body}"
    assert text[body_start:] == body
    assert offsets.to_raw(0) is None
    assert offsets.to_raw(body_start) == document.raw.index(PROSE[0])


def test_a_title_that_stays_keeps_its_way_back() -> None:
    document = cleaned("Old Bridge to Close\n\n" + "\n\n".join(PROSE))
    assert document is not None
    before = (document.text, document.body_start, document.offsets)
    text, body_start, offsets = recompose(*before, document.title, "For two years")
    assert offsets.to_raw(0) == 0
    assert recompose(text, body_start, offsets, document.title, None) == before


@given(texts, st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_title_can_be_taken_for_another(text: str, title: str, subtitle: str) -> None:
    document = cleaned(text)
    if document is None:
        return
    new, body_start, offsets = recompose(
        document.text, document.body_start, document.offsets, title, subtitle
    )
    assert new[body_start:] == document.text[document.body_start :]
    for clean_start, start, length in offsets.segments:
        assert document.raw[start : start + length] == new[clean_start : clean_start + length]


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a\n",
        "\u200ba",
        "a  ",
        "Ã©",
        "\x92 ",
        "Follow on x on x ",
        "(photo by ",
        "A/",
        "a b c d e f g h\n\n",
        "Old Bridge to Close for Two Long Years\n\n",
        "[",
        ". “",
        "one two three four five six seven eight nine\n\n",
    ],
    ids=repr,
)
def test_long_odd_texts_take_linear_time(unit: str) -> None:
    text = (unit * (200_000 // len(unit) + 1))[:200_000]
    started = time.perf_counter()
    cleaned(text)
    assert time.perf_counter() - started < 10
