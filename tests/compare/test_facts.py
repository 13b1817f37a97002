"""Groups of sentences that all report one thing."""

from collections.abc import Mapping
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.compare.statements.facts import Pair, groups

type Drawn = tuple[dict[Pair, float], list[int]]


@st.composite
def graphs(draw: st.DrawFn) -> Drawn:
    """Pairs across the sides of a few sentences, each with a probability."""
    sides = sorted(draw(st.lists(st.integers(0, 3), min_size=2, max_size=10)))
    across = [
        pair for pair in combinations(range(len(sides)), 2) if sides[pair[0]] != sides[pair[1]]
    ]
    chosen = draw(st.sets(st.sampled_from(across))) if across else set()
    return {pair: draw(st.sampled_from([0.5, 0.7, 0.9, 1.0])) for pair in sorted(chosen)}, sides


def across(group: list[int], sides: list[int]) -> set[Pair]:
    return {pair for pair in combinations(group, 2) if sides[pair[0]] != sides[pair[1]]}


@settings(deadline=None)
@given(graphs())
def test_groups_cover_every_pair_and_hold_no_other(drawn: Drawn) -> None:
    pairs, sides = drawn
    found = groups(pairs, sides)
    assert set().union(*(across(group, sides) for group in found)) == pairs.keys()


@settings(deadline=None)
@given(graphs())
def test_no_group_can_take_in_another_sentence(drawn: Drawn) -> None:
    pairs, sides = drawn
    for group in groups(pairs, sides):
        outside = [place for place in range(len(sides)) if place not in group]
        for place in outside:
            more = sorted([*group, place])
            joined = across(more, sides)
            # One with pairs of its own to the group, all of which are pairs, would have come in.
            assert not (joined <= pairs.keys() and joined - across(group, sides))


@settings(deadline=None)
@given(graphs())
def test_the_order_of_the_pairs_changes_no_group(drawn: Drawn) -> None:
    pairs, sides = drawn
    turned: Mapping[Pair, float] = dict(reversed(pairs.items()))
    assert groups(turned, sides) == groups(pairs, sides)


def test_a_chain_is_two_facts() -> None:
    assert groups({(0, 1): 0.9, (1, 2): 0.8}, [0, 1, 2]) == [[0, 1], [1, 2]]


def test_several_sentences_of_a_side_report_one_fact() -> None:
    assert groups({(0, 2): 0.9, (1, 2): 0.8}, [0, 0, 1]) == [[0, 1, 2]]


def test_a_sentence_stands_in_two_facts() -> None:
    pairs = {(0, 2): 0.9, (0, 3): 0.9, (1, 3): 0.8}
    assert groups(pairs, [0, 0, 1, 1]) == [[0, 2, 3], [0, 1, 3]]


def test_of_two_ways_the_surest_pairs_are_kept_together() -> None:
    pairs = {(0, 1): 0.9, (0, 2): 0.7, (1, 2): 0.7, (0, 3): 0.8}
    assert groups(pairs, [0, 1, 2, 2]) == [[0, 1, 2], [0, 2, 3]]
