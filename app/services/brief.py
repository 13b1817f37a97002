"""The brief of a story: its outlets side by side, the eight with the most words where there are
more."""

from dataclasses import replace

from app.compare.statements import PAIRS
from app.domain.answer import Comparison
from app.errors import InvalidInput
from app.services.compare import compare_stored
from app.services.sides import MAX_SIDES, MIN_SIDES
from app.services.vectors import Vectors
from app.store.engine.sessions import ReadSession
from app.store.queries.sides import story_outlets
from app.store.queries.stories import find_story


def story_brief(
    session: ReadSession,
    story: int,
    *,
    max_side_articles: int = 2_000,
    max_pairs: int = PAIRS,
    vectors: Vectors | None = None,
) -> Comparison:
    """A comparison of the outlets of a story, of which only the brief is made. Of more than eight
    outlets those with the most words are its sides, which the note of the brief says.

    Raises NotFound; InvalidInput for a story that went into another, of fewer than two outlets, or
    with an outlet that has more than `max_side_articles` there.
    """
    moved = find_story(session, story).merged_into
    if moved is not None:
        raise InvalidInput(f"Story {story} has no articles any more: they are in story {moved}.")
    outlets = story_outlets(session, story)
    if len(outlets) < MIN_SIDES:
        raise InvalidInput(
            f"A brief sets two outlets or more side by side, and story {story} has articles of "
            f"{len(outlets)}."
        )
    ranked = sorted(outlets, key=lambda each: (-each.words, each.slug))
    chosen, others = ranked[:MAX_SIDES], ranked[MAX_SIDES:]
    comparison = compare_stored(
        session,
        sources=sorted(each.slug for each in chosen),
        story=story,
        sections=["brief"],
        max_side_articles=max_side_articles,
        max_pairs=max_pairs,
        vectors=vectors,
    )
    if comparison.brief is None or not others:
        return comparison
    note = (
        f"The story has articles of {len(outlets)} outlets; this is about the {MAX_SIDES} with the "
        f"most words, without {', '.join(sorted(each.name for each in others))}."
    )
    whole = " ".join(filter(None, (note, comparison.brief.note)))
    return replace(comparison, brief=replace(comparison.brief, note=whole))
