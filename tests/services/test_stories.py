"""Articles join stories as they are analysed; people correct them; all are grouped anew."""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.article import ArticleChanges, Published
from app.domain.page import PageRequest
from app.domain.story import Member
from app.domain.story_correction import assigned_stories
from app.errors import Conflict, InvalidInput, NotFound
from app.services import correct, correct_stories, ingest, stories
from app.services.corrector import Corrector
from app.services.story_rebuild import regroup
from app.store.corrections.story_log import story_corrections
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.store.stories.membership import articles_in_story, stories_of_articles
from app.stories.memory import MemoryGrouping
from app.stories.stream import add
from tests.services.events import (
    FLOOD,
    TRIAL,
    VOTE,
    about,
    analyse,
    grouped,
    listed,
    quiet,
    send,
    story_of,
    tell,
)
from tests.store.recount import assert_stories_hold
from tests.undated import undated

ADA = Corrector("ada", "she read them")


def check(store: Store) -> None:
    with store.read() as s:
        assert_stories_hold(s)


def test_articles_of_one_event_are_one_story_with_its_outlets_and_days(store: Store) -> None:
    tell(store, FLOOD, "a", source="Star", day="2024-03-01")
    tell(store, FLOOD, "b", source="Globe", day="2024-03-04")
    tell(store, TRIAL, "c")
    assert grouped(store) == {frozenset("ab"), frozenset("c")}
    (flood,) = listed(store, 2)
    assert [each.source.slug for each in flood.sources if each.source] == ["globe", "star"]
    assert flood.first_published == Published.parse("2024-03-01").instant
    assert flood.last_published == Published.parse("2024-03-04").instant
    check(store)


def test_what_says_nothing_is_in_no_story(store: Store) -> None:
    assert story_of(store, tell(store, "  .  ", "a")) is not None
    with store.write() as s:
        stories.join_stories(s, {1: about("")})
    assert story_of(store, 1) is None
    check(store)


def test_a_new_revision_about_another_event_leaves_its_story(store: Store) -> None:
    tell(store, FLOOD, "a")
    tell(store, FLOOD, "b")
    tell(store, TRIAL, "c")
    tell(store, TRIAL, "b")
    assert grouped(store) == {frozenset("a"), frozenset("bc")}
    check(store)


def test_the_same_analysis_again_moves_nothing(store: Store) -> None:
    first = tell(store, FLOOD, "a")
    was = story_of(store, first)
    with store.write() as s:
        stories.join_stories(s, {first: about(FLOOD)})
    assert story_of(store, first) == was


def test_a_deleted_article_is_counted_in_no_story(store: Store) -> None:
    gone = tell(store, FLOOD, "a")
    tell(store, FLOOD, "b")
    ingest.delete_article(store, gone)
    assert [each.articles for each in listed(store)] == [1]
    check(store)


def test_another_day_is_the_storys_too_and_articles_are_found_by_it(store: Store) -> None:
    first = tell(store, FLOOD, "a", day="2020-01-01")
    ingest.change_article(store, first, ArticleChanges(published=Published.parse("2024-02-20")))
    check(store)
    tell(store, FLOOD, "b", day="2024-03-01")
    assert grouped(store) == {frozenset("ab")}


def test_a_story_whose_articles_went_elsewhere_says_where(store: Store) -> None:
    first = tell(store, "fire harbour crew @mole smoke tug pier rope", "a")
    with store.write() as s:
        stories.join_stories(s, {first: about(FLOOD)})
    alone = tell(store, TRIAL, "b")
    before = story_of(store, alone)
    assert before is not None
    tell(store, FLOOD, "c")
    into = story_of(store, first)
    assert into is not None
    correct_stories.merge(store, before, into, ADA)
    with store.read() as s:
        found = stories.story(s, before)
    assert (found.articles, found.merged_into) == (0, into)
    check(store)


def test_a_merged_story_stays_merged_and_takes_up_what_is_like_it(store: Store) -> None:
    flood, trial = tell(store, FLOOD, "a"), tell(store, TRIAL, "b")
    into = story_of(store, trial)
    assert into is not None
    done = correct_stories.merge(store, story_of(store, flood) or 0, into, ADA)
    assert (done.author, done.reason) == ("ada", "she read them")
    tell(store, FLOOD, "c")
    tell(store, TRIAL, "d")
    assert regroup(store, quiet) == 0
    assert grouped(store) == {frozenset("abcd")}
    check(store)


def test_merging_again_changes_nothing(store: Store) -> None:
    flood, trial = tell(store, FLOOD, "a"), tell(store, TRIAL, "b")
    pair = (story_of(store, flood) or 0, story_of(store, trial) or 0)
    assert correct_stories.merge(store, *pair, ADA) == correct_stories.merge(store, *pair, ADA)


def test_merge_then_undo_is_the_identity(store: Store) -> None:
    for name, words in zip("abcd", (FLOOD, FLOOD, TRIAL, VOTE), strict=True):
        tell(store, words, name)
    before = listed(store)
    done = correct_stories.merge(store, before[0].id, before[1].id, ADA)
    assert listed(store) != before
    correct.undo(store, done.id, ADA)
    assert undated(listed(store)) == undated(before)
    assert regroup(store, quiet) == 0
    check(store)


def test_split_articles_stay_apart_however_alike_until_it_is_undone(store: Store) -> None:
    ids = [tell(store, FLOOD, name) for name in "abc"]
    story = story_of(store, ids[0]) or 0
    done = correct_stories.split(store, story, [ids[2]], ADA)
    assert grouped(store) == {frozenset("ab"), frozenset("c")}
    assert regroup(store, quiet) == 0
    tell(store, FLOOD, "d")
    assert {frozenset("ab"), frozenset("c")} & {each - {"d"} for each in grouped(store)}
    correct.undo(store, done.id, ADA)
    assert story_of(store, ids[2]) == story
    check(store)


def test_undoing_a_merge_leaves_what_a_later_one_made(store: Store) -> None:
    ids = [
        tell(store, words, name) for name, words in zip("abc", (FLOOD, TRIAL, VOTE), strict=True)
    ]
    flood, trial, vote = (story_of(store, each) or 0 for each in ids)
    first = correct_stories.merge(store, flood, trial, ADA)
    correct_stories.merge(store, trial, vote, ADA)
    correct.undo(store, first.id, ADA)
    assert grouped(store) == {frozenset("abc")}
    check(store)


@pytest.mark.parametrize("articles", [[99], [1, 2], []])
def test_a_split_that_makes_no_sense_is_refused_at_its_field(
    store: Store, articles: list[int]
) -> None:
    tell(store, FLOOD, "a")
    tell(store, FLOOD, "b")
    with pytest.raises(InvalidInput) as refused:
        correct_stories.split(store, story_of(store, 1) or 0, articles, ADA)
    assert [each.pointer for each in refused.value.errors] == ["#/articles"]


def test_a_story_without_articles_cannot_be_corrected(store: Store) -> None:
    flood, trial = tell(store, FLOOD, "a"), tell(store, TRIAL, "b")
    was, into = story_of(store, flood) or 0, story_of(store, trial) or 0
    correct_stories.merge(store, was, into, ADA)
    with pytest.raises(Conflict, match=f"part of story {into}"):
        correct_stories.merge(store, into, was, ADA)
    with pytest.raises(InvalidInput, match="itself"):
        correct_stories.merge(store, into, into, ADA)
    with pytest.raises(NotFound, match="no story 77"):
        correct_stories.merge(store, 77, into, ADA)


def test_similar_articles_come_with_what_is_shared(store: Store) -> None:
    first = tell(store, FLOOD, "a")
    tell(store, "flood dam ship @verin", "b")
    tell(store, TRIAL, "c")
    with store.read() as s:
        page = stories.similar(s, first, PageRequest())
    (found,) = page.items
    assert found.article.external_id == "b"
    assert 0.7 < found.similarity < 0.8
    assert {(each.text, each.kind) for each in found.shared} == {
        ("flood", "word"),
        ("dam", "word"),
        ("verin", "name"),
    }
    assert abs(sum(each.share for each in found.shared) - 1) < 0.001


def test_similar_articles_come_in_pages(store: Store) -> None:
    ids = [tell(store, FLOOD, f"n{n}") for n in range(7)]
    seen: list[int] = []
    cursor = None
    while True:
        with store.read() as s:
            page = stories.similar(s, ids[0], PageRequest(limit=2, cursor=cursor))
        seen += [each.article.id for each in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert sorted(seen) == ids[1:]


_WORDS = st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=5, unique=True)
_ARTICLES = st.lists(
    st.tuples(_WORDS.map(" ".join), st.sampled_from(["2024-03-01", "2024-04-20", None])),
    min_size=1,
    max_size=14,
)


@settings(max_examples=12, deadline=None)
@given(_ARTICLES, st.randoms(use_true_random=False), st.integers(1, 5))
def test_stories_grouped_anew_do_not_depend_on_the_order_of_arrival(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[str, str | None]],
    rnd: random.Random,
    at_once: int,
) -> None:
    named = [(words, day, f"n{n}") for n, (words, day) in enumerate(drawn)]
    found = []
    for order in (named, rnd.sample(named, len(named))):
        with fresh(tmp_path_factory.mktemp("order")) as store:
            for words, day, name in order:
                send(store, words, name, day=day)
            analyse(store, at_once)
            check(store)
            regroup(store, quiet)
            check(store)
            found.append(grouped(store))
            assert regroup(store, quiet) == 0
    assert found[0] == found[1]


def fresh(folder: Path) -> Store:
    """A store of the newest schema, copied: the migrations take longer than a test."""
    pattern = folder.parent / "pattern.db"
    if not pattern.exists():
        upgrade(f"sqlite:///{pattern}")
    shutil.copy(pattern, folder / "own.db")
    return Store(f"sqlite:///{folder / 'own.db'}")


@settings(max_examples=12, deadline=None)
@given(st.lists(_WORDS.map(" ".join), min_size=1, max_size=20), st.integers(1, 7))
def test_the_store_groups_as_memory_does(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[str], at_once: int
) -> None:
    with fresh(tmp_path_factory.mktemp("both")) as store:
        for n, words in enumerate(drawn):
            send(store, words, f"{n}")
        analyse(store, at_once)
        stored = grouped(store)
    profiles = [about(words) for words in drawn]
    grouping = MemoryGrouping(lambda numbers: {each: profiles[each] for each in numbers})
    day = Published.parse("2024-03-01").day
    for n, each in enumerate(profiles):
        new = Member(n, None, day, each)
        grouping.take_up(new)
        add(grouping, new)
    assert stored == {frozenset(map(str, members)) for _, members in grouping.stories()}


_STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "undo", "tell"]), st.integers(0, 99)), max_size=12
)


@settings(max_examples=15, deadline=None)
@given(_STEPS)
# The second split found its articles where the merge had put them, and there they go back.
@example([("split", 8), ("merge", 7), ("split", 6), ("undo", 1), ("undo", 5)])
def test_what_persons_placed_is_there_whatever_comes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    with fresh(tmp_path_factory.mktemp("steps")) as store:
        for n, words in enumerate((FLOOD, FLOOD, TRIAL, TRIAL, VOTE)):
            tell(store, words, f"{n}")
        made: list[int] = []
        for step, number in steps:
            there = listed(store)
            one, other = there[number % len(there)], there[(number + 1) % len(there)]
            if step == "merge" and one != other:
                made.append(correct_stories.merge(store, one.id, other.id, ADA).id)
            elif step == "split" and one.articles > 1:
                with store.read() as s:
                    held = articles_in_story(s, one.id)
                made.append(correct_stories.split(store, one.id, held[:1], ADA).id)
            elif step == "undo" and made:
                correct.undo(store, made.pop(number % len(made)), ADA)
            elif step == "tell":
                tell(store, (FLOOD, TRIAL, VOTE)[number % 3], f"more {number}")
            check_placed(store)
        regroup(store, quiet)
        check_placed(store)


def check_placed(store: Store) -> None:
    check(store)
    with store.read() as s:
        placed = assigned_stories(story_corrections(s))
        assert stories_of_articles(s, placed) == placed
