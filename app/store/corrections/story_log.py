"""The log of what people corrected about stories."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from app.domain.story_correction import Placement, StoryCorrection, StoryCorrectionKind
from app.store.changes import note
from app.store.corrections.rows import in_common, write_row
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.stories.counts import refresh_stories
from app.store.tables import correction


@dataclass(frozen=True, slots=True)
class NewStoryCorrection:
    """A correction that is not in the log yet; see `StoryCorrection` for its fields."""

    kind: StoryCorrectionKind
    story: int
    other: int
    placed: tuple[Placement, ...]
    author: str | None = None
    reason: str | None = None


def log_story_correction(s: WriteSession, new: NewStoryCorrection) -> StoryCorrection:
    """Writes a correction into the log. Returns it as it stands there."""
    if new.kind == "split_story":
        note(s, "story", "split", [new.story], to=new.other)
    row = write_row(
        s,
        new,
        {"placed": [asdict(each) for each in new.placed]},
        story_id=new.story,
        other_id=new.other,
    )
    return story_correction_of(row)


def story_corrections(s: ReadSession) -> list[StoryCorrection]:
    """All corrections of stories that were not undone, in the order in which they were made."""
    rows = s.connection.execute(
        select(correction)
        .where(correction.c.story_id.is_not(None), correction.c.undone_at.is_(None))
        .order_by(correction.c.id)
    )
    return [story_correction_of(row) for row in rows]


def story_correction_of(row: Any) -> StoryCorrection:
    """The record of a row of `correction`."""
    return StoryCorrection(
        story=row.story_id,
        placed=tuple(
            Placement(each["story"], each["was"], tuple(each["articles"]))
            for each in row.payload["placed"]
        ),
        **in_common(row),
    )


def recount_stories(
    s: WriteSession,
    placed: Collection[Placement],
    *,
    back: bool = False,
    also: Collection[int] = (),
) -> None:
    """Counts the stories anew between which articles were placed, and those in `also`; `back`:
    placed back."""
    went = {each.was: each.story for each in placed if each.was != each.story}
    if back:
        went = {to: was for was, to in went.items()}
    touched = {story for each in placed for story in (each.was, each.story)}
    refresh_stories(s, touched.union(also), went)
