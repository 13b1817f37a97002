"""Corrections of stories by people: logged, applied at once, undone.

A person says which articles are one story. They stay so whatever is grouped later, and no two
stories that persons made become one; articles still to come join them by what they say.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import structlog

from app.domain.limits import MAX_SPLIT
from app.domain.story_correction import Placement, StoryCorrection, assigned_stories
from app.errors import Conflict, InvalidInput, NotFound
from app.services.corrector import Corrector
from app.store.corrections.log import log_undo
from app.store.corrections.story_log import (
    NewStoryCorrection,
    log_story_correction,
    recount_stories,
    story_corrections,
)
from app.store.engine.sessions import ReadSession, Store, WriteSession
from app.store.queries.stories import find_story
from app.store.stories.membership import (
    articles_in_story,
    create_story,
    place_articles,
    stories_of_articles,
)

log = structlog.get_logger(__name__)


def merge(store: Store, story: int, into: int, by: Corrector) -> StoryCorrection:
    """Makes all articles of `story` part of `into`. Returns the correction; one that was made
    before is not made again.

    Raises NotFound; InvalidInput at `#/into`; Conflict where one of them has no articles.
    """
    with store.write() as session:
        find_story(session, story)
        try:
            find_story(session, into)
        except NotFound as error:
            raise InvalidInput(error.detail).at("#/into") from None
        if story == into:
            raise InvalidInput("a story cannot be merged into itself").at("#/into")
        for done in story_corrections(session):
            if done.kind == "merge_stories" and (done.story, done.other) == (story, into):
                return done
        placed = tuple(
            Placement(into, each, _own_articles(session, each)) for each in (story, into)
        )
        return _correct(session, NewStoryCorrection("merge_stories", story, into, placed), by)


def split(store: Store, story: int, articles: Sequence[int], by: Corrector) -> StoryCorrection:
    """Takes these articles of a story to a new one. Returns the correction; its `other` is the new
    one.

    Raises NotFound, Conflict; InvalidInput at `#/articles` for what is no article of the story,
    and for all of them.
    """
    with store.write() as session:
        held = _own_articles(session, story)
        if not 1 <= len(articles) <= MAX_SPLIT:
            raise InvalidInput(f"articles holds {len(articles):,}: it must be 1 to {MAX_SPLIT}").at(
                "#/articles"
            )
        for each in articles:
            if each not in held:
                raise InvalidInput(f"story {story} has no article {each}").at("#/articles")
        rest = tuple(each for each in held if each not in articles)
        if not rest:
            raise InvalidInput(f"these are all articles of story {story}: none would stay").at(
                "#/articles"
            )
        made = create_story(session)
        placed = (
            Placement(made, story, tuple(sorted(set(articles)))),
            Placement(story, story, rest),
        )
        return _correct(session, NewStoryCorrection("split_story", story, made, placed), by)


def undo(session: WriteSession, done: StoryCorrection, by: Corrector) -> None:
    """Takes a correction back: its articles are where the other corrections in force put them,
    else where they were."""
    log_undo(session, done.id, author=by.author, reason=by.reason)
    kept = assigned_stories(story_corrections(session))
    moves: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
    for placement in done.placed:
        there = stories_of_articles(session, placement.articles)
        for article in placement.articles:
            if there.get(article) == placement.story:
                to = kept.get(article, placement.was)
                moves[to, article in kept].append(article)
    for (to, fixed), articles in moves.items():
        place_articles(session, articles, to, fixed=fixed)
    # Another correction in force may have put them where this one never did.
    recount_stories(session, done.placed, back=True, also={to for to, _ in moves})


def _correct(session: WriteSession, new: NewStoryCorrection, by: Corrector) -> StoryCorrection:
    done = log_story_correction(session, replace(new, author=by.author, reason=by.reason))
    for each in new.placed:
        place_articles(session, each.articles, each.story, fixed=True)
    recount_stories(session, new.placed)
    log.info("stories corrected", correction=done.id, kind=done.kind, story=done.story)
    return done


def _own_articles(session: ReadSession, story: int) -> tuple[int, ...]:
    found = find_story(session, story)
    if found.articles:
        return articles_in_story(session, story)
    part = f"is part of story {found.merged_into}" if found.merged_into else "has no articles"
    raise Conflict(f"story {story} {part}: correct another, or undo a merge first")
