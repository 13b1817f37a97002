"""A place found again in a changed text: never another surface, and nowhere when unsure."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.moved_spans import GONE, MOVED, Revised
from app.domain.text import Span

OLD = (
    "Palmyra falls\n\n"
    "IS fighters took Palmyra on Thursday, residents said. The army left the city at night.\n\n"
    "Palmyra is known for its ruins. Officials in Damascus said that IS would not stay there.\n\n"
    "Palmyra"
)

WORDS = st.sampled_from(["IS", "is", "Palmyra", "the", "army", "said", ".", "“no”", "🙂", "a-b"])
LINES = st.lists(WORDS, max_size=7).map(" ".join)
TEXTS = st.lists(LINES, max_size=6).map("\n\n".join)


def at(text: str, surface: str, number: int = 0) -> Span:
    start = -1
    for _ in range(number + 1):
        start = text.index(surface, start + 1)
    return Span(start, start + len(surface))


@pytest.mark.parametrize(
    ("surface", "number", "new", "there"),
    [
        # Nothing around it changed; something before it did.
        ("IS", 0, "Update: the city.\n\n" + OLD, 0),
        ("Palmyra", 0, OLD.replace("residents", "many residents"), 0),
        # Its sentence was changed, or moved, or joined to another paragraph.
        ("Palmyra", 1, OLD.replace("on Thursday", "late on Friday"), 1),
        ("IS", 0, OLD.replace("residents said", "the mayor and residents said on the phone"), 0),
        ("IS", 1, OLD.replace("stay there.\n\nPalmyra", "stay there, Palmyra"), 1),
        ("Damascus", 0, "\n\n".join(reversed(OLD.split("\n\n"))), 0),
        ("Palmyra", 2, OLD.replace("at night.\n\n", "at night. "), 2),
        # The same name is new before it.
        ("IS", 0, OLD.replace("Palmyra falls", "IS takes Palmyra"), 1),
        # A line that holds nothing else.
        ("Palmyra", 3, OLD.replace("falls", "falls to IS"), 3),
    ],
)
def test_where_it_stands_now(surface: str, number: int, new: str, there: int) -> None:
    assert Revised(OLD, new).find(at(OLD, surface, number)) == at(new, surface, there)


@pytest.mark.parametrize(
    ("surface", "number", "new", "reason"),
    [
        ("Damascus", 0, OLD.replace("Damascus", "the capital"), GONE),
        ("IS", 0, "", GONE),
        # It stands elsewhere only, or in other words.
        ("Damascus", 0, OLD.replace(" in Damascus", "") + "\n\nDamascus was calm.", MOVED),
        ("IS", 0, OLD.replace("IS fighters", "Fighters"), MOVED),
        ("IS", 1, "Nobody knew where IS came from.", MOVED),
        # Within another word.
        ("IS", 0, "ISIS fighters took it.", MOVED),
        ("Palmyra", 3, OLD + " is quiet", MOVED),
    ],
)
def test_why_it_cannot_be_placed(surface: str, number: int, new: str, reason: str) -> None:
    assert Revised(OLD, new).find(at(OLD, surface, number)) == reason


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS, start=st.integers(0, 60), length=st.integers(1, 12))
def test_what_is_placed_is_the_same_surface(old: str, new: str, start: int, length: int) -> None:
    assume(start + length <= len(old))
    placed = Revised(old, new).find(Span(start, start + length))
    if isinstance(placed, Span):
        assert new[placed.start : placed.end] == old[start : start + length]


@settings(deadline=None)
@given(text=TEXTS, start=st.integers(0, 60), length=st.integers(1, 12))
def test_in_the_same_text_it_stands_where_it_stood(text: str, start: int, length: int) -> None:
    span = Span(start, min(start + length, len(text)))
    assume(text[span.start : span.end].strip())
    assert Revised(text, text).find(span) == span


@settings(deadline=None)
@given(text=TEXTS, added=st.lists(st.sampled_from(["new", "words"]), min_size=1))
def test_what_is_added_before_a_text_moves_its_places(text: str, added: list[str]) -> None:
    new = " ".join(added) + "\n\n" + text
    for word in ("IS", "Palmyra"):
        start = text.find(word)
        if start >= 0:
            shift = len(new) - len(text) + start
            assert Revised(text, new).find(Span(start, start + len(word))) == Span(
                shift, shift + len(word)
            )


def test_a_long_text_that_was_all_rewritten_is_soon_done() -> None:
    old = "the army of the city said that IS " * 20_000
    assert Revised(old, "no. " + old[:-3] + "the IS").find(Span(31, 33)) == MOVED
