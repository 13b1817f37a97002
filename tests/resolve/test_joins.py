"""Names joined to groups."""

from hypothesis import given
from hypothesis import strategies as st

from app.resolve.joins import SCORES, Join, groups
from app.resolve.names import Name

NAMES = [Name(key, key, "ORG", None, (), (key,)) for key in "abcdef"]


def grouped(*joins: tuple[str, str]) -> list[str]:
    made = groups(NAMES, [Join(into, key, "surname") for into, key in joins])
    return ["".join(name.key for name in group) for group in made]


def test_without_joins_each_name_is_alone() -> None:
    assert grouped() == ["a", "b", "c", "d", "e", "f"]


def test_joins_of_joins_make_one_group_in_the_order_of_the_names() -> None:
    assert grouped(("c", "a"), ("e", "c"), ("b", "d")) == ["ace", "bd", "f"]


def test_a_join_is_as_sure_as_its_rule() -> None:
    assert all(Join("a", "b", rule).score == score for rule, score in SCORES.items())
    assert all(0 < score <= 1 for score in SCORES.values())


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_every_name_is_in_one_group_and_the_joined_are_together(
    joins: list[tuple[str, str]],
) -> None:
    made = grouped(*joins)
    assert sorted("".join(made)) == [*"abcdef"]
    assert all(any(one in group and other in group for group in made) for one, other in joins)
