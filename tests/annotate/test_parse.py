"""The one wrapper of a parse, on parses written by hand."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annotate.parse import Parse
from app.domain.annotation import Annotation, Tokens
from tests.annotate.parses import parsed

_TEXT, _ANNOTATION = parsed(
    "Troops/NOUN/nsubj/1 left/VERB/ROOT/1/VBD/leave the/DET/det/4 old/ADJ/amod/4 "
    "town/NOUN/dobj/1 of/ADP/prep/4 Lindau/PROPN/pobj/5 +./PUNCT/punct/1 "
    "They/PRON/nsubj/9 may/AUX/ROOT/9 +./PUNCT/punct/9",
    sentences=((0, 35), (36, 45)),
)


@pytest.fixture(scope="module")
def parse() -> Parse:
    return Parse(_TEXT, _ANNOTATION)


def words(parse: Parse, tokens: Sequence[int]) -> list[str]:
    return [parse.surface(token) for token in tokens]


def test_a_word_is_in_lower_case_and_a_surface_as_it_stands(parse: Parse) -> None:
    assert (parse.surface(0), parse.word(0)) == ("Troops", "troops")


@pytest.mark.parametrize(("offset", "token"), [(0, 0), (5, 0), (6, 1), (7, 1), (34, 7), (99, 11)])
def test_the_token_at_a_character(parse: Parse, offset: int, token: int) -> None:
    assert parse.token_at(offset) == token


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        (12, 24, ["the", "old", "town"]),
        (17, 21, ["old", "town"]),
        (11, 12, []),
        (24, 36, ["of", "Lindau", "."]),
        (46, 90, []),
    ],
)
def test_the_tokens_within_a_span(parse: Parse, start: int, end: int, inside: list[str]) -> None:
    assert words(parse, parse.within(start, end)) == inside


def test_sentences_are_numbered_and_have_their_tokens(parse: Parse) -> None:
    assert [parse.sentence(token) for token in (0, 7, 8, 10)] == [0, 0, 1, 1]
    assert words(parse, parse.sentence_of(9)) == ["They", "may", "."]
    assert parse.sentence_of(0) == range(8)


def test_what_stands_before_the_first_sentence_is_one() -> None:
    text, annotation = parsed("-/PUNCT/punct/1 Go/VERB/ROOT/1", sentences=((2, 4),))
    assert [Parse(text, annotation).sentence(token) for token in (0, 1)] == [0, 1]


def test_the_roots_of_a_span_hang_on_what_stands_outside(parse: Parse) -> None:
    assert parse.roots(range(2, 5)) == [4]
    assert parse.roots(range(0, 2)) == [1]
    assert parse.roots(range(2, 4)) == [2, 3]


def test_a_chain_leads_from_a_token_to_its_root(parse: Parse) -> None:
    assert words(parse, [*parse.chain(6)]) == ["Lindau", "of", "town", "left"]
    assert words(parse, [*parse.chain(6, 1)]) == ["Lindau", "of"]


def test_the_verb_of_a_token(parse: Parse) -> None:
    assert parse.verb(6) == 1
    assert parse.verb(8) == 9
    text, annotation = parsed("Bridge/NOUN/ROOT/0 closed/ADJ/acl/0")
    assert Parse(text, annotation).verb(1) is None


def test_relations_are_passed_over(parse: Parse) -> None:
    assert parse.past(6, {"pobj", "prep"}) == 4
    assert parse.past(6, {"pobj", "prep"}, steps=1) == 5
    assert parse.past(6, {"dobj"}) == 6


def test_children_and_edges_of_a_subtree(parse: Parse) -> None:
    assert words(parse, parse.children(1)) == ["Troops", "town", "."]
    assert words(parse, parse.children(4)) == ["the", "old", "of"]
    assert parse.children(6) == []
    assert (parse.edges(4), parse.edges(1), parse.edges(3)) == ((2, 6), (0, 7), (3, 3))


def test_a_text_without_tokens() -> None:
    parse = Parse("", Annotation("none", "en", Tokens((), (), (), (), (), (), ()), (), ()))
    assert (parse.size, parse.token_at(0), [*parse.within(0, 5)], parse.openings) == (0, 0, [], [])


def test_no_dependent_stands_in_another_sentence() -> None:
    text, annotation = parsed("Go/VERB/ROOT/0 on/ADP/prt/0", sentences=((0, 2), (3, 5)))
    assert Parse(text, annotation).children(0) == []


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30), st.data())
def test_any_heads_give_an_end(heads: list[int], data: st.DataObject) -> None:
    """Whatever hangs on what, circles included: chains end, and subtrees hold their tokens."""
    rows = " ".join(f"x/VERB/dep/{head % len(heads)}" for head in heads)
    parse = Parse(*parsed(rows))
    token = data.draw(st.integers(0, parse.size - 1))
    assert len([*parse.chain(token)]) <= 13
    assert 0 <= parse.past(token, {"dep"}) < parse.size
    left, right = parse.edges(token)
    assert left <= token <= right
    assert all(parse.heads[child] == token for child in parse.children(token))
