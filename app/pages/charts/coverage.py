"""Charts over time: of an outlet's articles, of who names an entity, of a story's articles."""

from app.domain.article import Source
from app.domain.entity import Entity
from app.domain.story import Story
from app.pages.charts.drawing import ChartFile, Drawn, chart_file
from app.pages.entities.coverage import Coverage, Lane
from app.pages.sources.coverage import Bars
from app.pages.stories.axis import Axis
from app.pages.wording import day, listed, many

_LANE = 32


def outlet_chart(source: Source, coverage: Bars | None) -> ChartFile:
    """The file of an outlet's articles over time."""
    note = coverage.says if coverage else "None of its articles has a date."
    words = (
        [f"{bar.label}: {bar.articles:,}" for bar in coverage.bars if bar.articles]
        if coverage
        else []
    )
    drawn = Drawn("time_bars.svg", 190 if coverage else 0, words, note, {"coverage": coverage})
    return chart_file(f"{source.slug}-articles", "Articles over time", drawn, about=source.name)


def entity_chart(entity: Entity, coverage: Coverage) -> ChartFile:
    """The file of who names an entity, and when."""
    words = [_in_words(lane) for lane in coverage.lanes]
    note = f"Mentions of each outlet by {coverage.step}; the larger, the more."
    if coverage.more:
        note += f" {many(coverage.more, 'more outlet')} with fewer."
    if not words:
        note = "Nobody names it."
    height = _LANE * len(coverage.lanes) + 24
    drawn = Drawn("lanes.svg", height, words, note, {"coverage": coverage})
    return chart_file(
        f"entity-{entity.id}-mentions", "Who names it, and when", drawn, about=entity.name
    )


def story_chart(story: Story, axis: Axis | None) -> ChartFile:
    """The file of the articles of a story in their time."""
    lanes = axis.lanes if axis else ()
    words = [
        f"{lane.source.name if lane.source else 'No outlet known'}: "
        + listed(day(dot.article.published.day) for dot in lane.dots if dot.article.published)
        for lane in lanes
    ]
    note = "A dot is an article." if words else "None of its articles has a date."
    drawn = Drawn("axis.svg", _LANE * len(lanes) + 24, words, note, {"axis": axis})
    about = story.title or "A story without a headline"
    return chart_file(
        f"story-{story.id}-articles", "When each outlet published", drawn, about=about
    )


def _in_words(lane: Lane) -> str:
    name = lane.source.name if lane.source else "No outlet known"
    days = "".join(f", {dot.label} {dot.mentions:,}" for dot in lane.dots)
    return f"{name}: {many(lane.mentions, 'mention')}{days}"
