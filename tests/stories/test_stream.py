"""Articles that join stories as they arrive."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.annotation import Cluster, Mention, Term
from app.domain.story import UNIT, Member, Profile
from app.stories.joining import MOST
from app.stories.likeness import HALF_LIKE_DAYS, Matrix, likenesses, likenesses_to
from app.stories.linkage import groups
from app.stories.memory import MemoryGrouping
from app.stories.profile import KEYS, profile
from app.stories.stream import add

DAY = date(2024, 3, 1)


def about(*keys: str) -> Profile:
    """A profile of these keys, each of the same weight."""
    return Profile(keys, (round(UNIT / len(keys) ** 0.5),) * len(keys))


def stories(*articles: tuple[date | None, Profile]) -> set[tuple[int, ...]]:
    grouping = MemoryGrouping(lambda numbers: {each: articles[each][1] for each in numbers})
    for number, (day, what) in enumerate(articles):
        new = Member(number, None, day, what)
        grouping.take_up(new)
        add(grouping, new)
    return {members for _, members in grouping.stories()}


def test_articles_about_the_same_thing_are_one_story() -> None:
    flood = about("flood", "dam", "valley", "@verin")
    trial = about("trial", "judge", "verdict", "@karo")
    assert stories((DAY, flood), (DAY, trial), (DAY, flood)) == {(0, 2), (1,)}


def test_an_article_leaves_a_story_once_one_of_its_own_event_comes() -> None:
    first = about("fire", "harbour", "crew", "@mole", "smoke", "tug", "pier", "rope")
    near = about("fire", "harbour", "mill", "@lond", "grain", "night", "flour", "rope")
    own = about("mill", "@lond", "grain", "night", "flour", "miller", "sack", "oven")
    assert stories((DAY, first), (DAY, near)) == {(0, 1)}
    assert stories((DAY, first), (DAY, near), (DAY, own)) == {(0,), (1, 2)}


def test_the_same_words_half_a_year_later_are_another_story() -> None:
    election = about("election", "vote", "seat", "@parliament")
    later = DAY + timedelta(days=400)
    assert stories((DAY, election), (later, election)) == {(0,), (1,)}


def test_articles_without_a_day_join_too() -> None:
    strike = about("strike", "port", "@union")
    assert stories((None, strike), (DAY, strike), (None, strike)) == {(0, 1, 2)}


def test_articles_without_a_key_share_no_story() -> None:
    nothing = Profile((), ())
    assert stories((DAY, nothing), (DAY, nothing)) == {(0,), (1,)}


def test_a_large_story_stays_whole() -> None:
    quake = about("quake", "rubble", "@sel")
    many = [(DAY, quake)] * (MOST + 8)
    assert stories(*many) == {tuple(range(MOST + 8))}


def test_days_apart_make_articles_less_alike() -> None:
    same = about("budget", "deficit")
    row = likenesses([same] * 3, [DAY, DAY, DAY + timedelta(days=HALF_LIKE_DAYS)])[0]
    assert list(row) == [UNIT, UNIT, UNIT / 2]


def test_identical_profiles_are_wholly_alike_and_disjoint_ones_not_at_all() -> None:
    one, same, other = likenesses([about("a"), about("a"), about("b")], [None] * 3)[0] / UNIT
    assert (one, same) == (1, 1)
    assert other == 0


def test_blocks_stay_together_whatever_their_likeness() -> None:
    apart = likenesses([about("a"), about("b"), about("c")], [None] * 3)
    assert groups(apart, [[0, 2], [1]]) == [[0, 2], [1]]


def test_pairs_that_happen_to_be_alike_ask_little_and_larger_groups_more() -> None:
    assert groups(_two_groups(2), [[row] for row in range(4)]) == [[0, 1, 2, 3]]
    assert len(groups(_two_groups(5), [[row] for row in range(10)])) == 2


def _two_groups(size: int) -> Matrix:
    """The likeness of two groups of this many: 0.6 within them, 0.3 between them."""
    group = np.repeat([0, 1], size)
    alike: Matrix = np.where(group[:, None] == group[None, :], 0.6, 0.3) * UNIT
    np.fill_diagonal(alike, UNIT)
    return alike


def test_a_profile_weighs_rare_and_early_words_and_leaves_common_ones_out() -> None:
    terms = [
        Term("say", ((0, 3),)),
        Term("siege", ((10, 15),)),
        Term("bread", ((4_000, 4_005),)),
    ]
    made = profile("", terms, (), {"say": 0.02, "siege": 1e-6, "bread": 1e-6})
    assert made.keys == ("siege", "bread")
    assert made.weights[0] > 2 * made.weights[1]


def test_a_profile_holds_names_whole_beside_their_words() -> None:
    mention = Mention(0, 10, "Ada Lorimo", "PERSON")
    cluster = Cluster("Ada Lorimo", "PERSON", (mention,), None, ())
    made = profile("", [Term("lorimo", ((4, 10),))], [cluster], {})
    assert set(made.keys) == {"lorimo", "@ada lorimo"}


def test_a_profile_has_unit_length_and_few_keys() -> None:
    terms = [Term(f"word{n}", ((n, n + 1),)) for n in range(3 * KEYS)]
    made = profile("", terms, (), {})
    assert len(made.keys) == KEYS
    assert abs(sum(w * w for w in made.weights) - UNIT**2) < UNIT**2 / 100


_profiles = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5, unique=True)


@settings(deadline=None)
@given(st.lists(_profiles, max_size=25))
def test_every_article_has_one_story(drawn: Sequence[list[str]]) -> None:
    found = stories(*((DAY, about(*keys)) for keys in drawn))
    assert sorted(each for members in found for each in members) == list(range(len(drawn)))


def placed(*articles: tuple[date | None, Profile, int | None]) -> dict[int, int]:
    """The story of each article; with those that a person put into one comes its id."""
    grouping = MemoryGrouping(
        lambda numbers: {each: articles[each][1] for each in numbers}, last=100
    )
    for number, (day, what, story) in enumerate(articles):
        new = Member(number, story, day, what, fixed=story is not None)
        grouping.take_up(new)
        add(grouping, new)
    return {each: story for story, members in grouping.stories() for each in members}


def test_articles_that_a_person_put_into_stories_stay_there_however_alike() -> None:
    vote = about("vote", "seat", "@parliament")
    found = placed((DAY, vote, 7), (DAY, vote, 9), (DAY, vote, None))
    assert found == {0: 7, 1: 9, 2: found[2]}
    assert found[2] in (7, 9)


def test_what_is_like_a_story_that_a_person_made_joins_it() -> None:
    vote, flood = about("vote", "seat", "@parliament"), about("flood", "dam", "valley", "@verin")
    found = placed((DAY, vote, 7), (DAY, flood, 7), (DAY, vote, None), (DAY, flood, None))
    assert set(found.values()) == {7}


def test_a_large_story_that_a_person_made_takes_no_other_such_story_in() -> None:
    quake = about("quake", "rubble", "@sel")
    many = [(DAY, quake, 7)] * (MOST + 4)
    found = placed(*many, (DAY, quake, 9), (DAY, quake, None))
    assert [found[n] for n in range(MOST + 4)] == [7] * (MOST + 4)
    assert found[MOST + 4] == 9


def test_years_stand_behind_the_words_of_a_profile() -> None:
    text = "In 2008, 2,015 people paid $2008 for flat 1999b; the 2012 fair was like that of 2008."
    made = profile(text, [Term("fair", ((60, 64),))], (), {})
    assert made.keys == ("fair", "#2008", "#2012")
    assert made.weights[1] > made.weights[2]


def test_reports_of_different_years_are_less_alike() -> None:
    words = [Term(word, ((40 * n, 40 * n + 4),)) for n, word in enumerate(("fair", "cow", "prize"))]
    old, new = (profile(f"The fair of {year}.", words, (), {}) for year in (1998, 2014))
    matrix = likenesses([old, new, new], [None, None, None])
    assert matrix[0, 1] < 0.9 * matrix[1, 2]


def test_the_same_words_of_other_names_are_of_one_template_and_two_stories() -> None:
    words = ("beat", "header", "crowd", "referee", "table", "season", "goal", "half")
    first = about("@dorsten united", "@halle park", *words)
    second = about("@dorsten united", "@sundby rangers", *words)
    third = about("@averley athletic", "@sundby rangers", *words)
    assert stories((DAY, first), (DAY, second), (DAY, third)) == {(0,), (1,), (2,)}
    again = about("@halle park", "@dorsten united", *words)
    assert stories((DAY, first), (DAY, again)) == {(0, 1)}


def test_one_name_more_makes_no_template() -> None:
    words = ("reef", "ferry", "storm", "crew", "coast", "hospital", "rescue", "boat")
    owner = about("@northern star", "@kolstad", *words)
    captain = about("@northern star", *words)
    assert stories((DAY, owner), (DAY, captain)) == {(0, 1)}


def test_a_short_form_of_a_name_makes_no_template() -> None:
    words = ("trial", "verdict", "judge", "appeal", "fraud", "bank", "jury", "cell")
    full = about("@ada storm", "@karo bank", *words)
    short = about("@storm", "@karo", *words)
    assert stories((DAY, full), (DAY, short)) == {(0, 1)}


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "@a", "@x y", "@z"]), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_one_to_others_is_as_all_to_all(keys: list[str]) -> None:
    profiles = [
        about("a", "b", "c", "@x y"),
        about(*dict.fromkeys(keys)),
        about("a", "b", "c", "@z"),
    ]
    members = [Member(number, None, DAY, each) for number, each in enumerate(profiles)]
    row = likenesses(profiles, [DAY] * 3)[0]
    assert likenesses_to(members[0], members[1:]) == list(row[1:])
