"""A text with marks in it, as HTML."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.pages.comparison.quoted import paragraphs
from app.pages.marking import Mark, marked


def test_what_stands_in_a_text_is_text() -> None:
    assert marked('<b> & "x"', []) == "&lt;b&gt; &amp; &#34;x&#34;"


def test_marks_stand_inside_each_other() -> None:
    html = marked("abcdef", [Mark(2, 4, "i"), Mark(0, 6, "b", {"title": 'a"b'})])
    assert html == '<b title="a&#34;b">ab<i>cd</i>ef</b>'


def test_a_mark_that_reaches_out_of_another_is_parted_and_has_its_id_once() -> None:
    html = marked("abcdef", [Mark(0, 4, "b"), Mark(2, 6, "i", {"id": "x"})])
    assert html == '<b>ab<i id="x">cd</i></b><i>ef</i>'


def test_a_mark_over_paragraphs_is_in_each_of_them_and_has_its_id_once() -> None:
    html = paragraphs("ab\n\ncd", [Mark(1, 5, "i", {"id": "x"})])
    assert html == ['a<i id="x">b</i>', "<i>c</i>d"]


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=8),
)
def test_marks_change_nothing_of_the_text(text: str, places: list[tuple[int, int]]) -> None:
    html = marked(text, [Mark(start, start + length, "i") for start, length in places])
    assert re.sub(r"</?i>", "", html) == marked(text, [])
    assert html.count("<i>") == html.count("</i>")
