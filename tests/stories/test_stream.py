"""Articles that join stories as they arrive."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.annotation import Cluster, Mention, Term
from app.domain.story import UNIT, Profile
from app.stories.joining import MOST
from app.stories.likeness import HALF_LIKE_DAYS, likenesses
from app.stories.linkage import groups
from app.stories.profile import KEYS, profile
from app.stories.stream import Stream

DAY = date(2024, 3, 1)


def about(*keys: str) -> Profile:
    """A profile of these keys, each of the same weight."""
    return Profile(keys, (round(UNIT / len(keys) ** 0.5),) * len(keys))


def stories(*articles: tuple[date | None, Profile]) -> set[tuple[int, ...]]:
    stream = Stream()
    for number, (day, what) in enumerate(articles):
        stream.add(number, day, what)
    return set(stream.stories())


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


def test_a_profile_weighs_rare_and_early_words_and_leaves_common_ones_out() -> None:
    terms = [
        Term("say", ((0, 3),)),
        Term("siege", ((10, 15),)),
        Term("bread", ((4_000, 4_005),)),
    ]
    made = profile(terms, (), {"say": 0.02, "siege": 1e-6, "bread": 1e-6})
    assert made.keys == ("siege", "bread")
    assert made.weights[0] > 2 * made.weights[1]


def test_a_profile_holds_names_whole_beside_their_words() -> None:
    mention = Mention(0, 10, "Ada Lorimo", "PERSON")
    cluster = Cluster("Ada Lorimo", "PERSON", (mention,), None, ())
    made = profile([Term("lorimo", ((4, 10),))], [cluster], {})
    assert set(made.keys) == {"lorimo", "@ada lorimo"}


def test_a_profile_has_unit_length_and_few_keys() -> None:
    terms = [Term(f"word{n}", ((n, n + 1),)) for n in range(3 * KEYS)]
    made = profile(terms, (), {})
    assert len(made.keys) == KEYS
    assert abs(sum(w * w for w in made.weights) - UNIT**2) < UNIT**2 / 100


_profiles = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5, unique=True)


@given(st.lists(_profiles, max_size=25))
def test_every_article_has_one_story(drawn: Sequence[list[str]]) -> None:
    found = stories(*((DAY, about(*keys)) for keys in drawn))
    assert sorted(each for members in found for each in members) == list(range(len(drawn)))
