"""Charts over time: of an outlet's articles, and of who names an entity."""

from app.domain.article import Source
from app.domain.entity import Entity
from app.pages.charts.drawing import ChartFile, Drawn, chart_file
from app.pages.entities.coverage import Coverage, Lane
from app.pages.sources.coverage import Bars
from app.pages.wording import day, many

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
    note = "Mentions of each outlet by day; the larger, the more." if words else "Nobody names it."
    height = _LANE * len(coverage.lanes) + 24
    drawn = Drawn("lanes.svg", height, words, note, {"coverage": coverage})
    return chart_file(
        f"entity-{entity.id}-mentions", "Who names it, and when", drawn, about=entity.name
    )


def _in_words(lane: Lane) -> str:
    name = lane.source.name if lane.source else "No outlet known"
    days = "".join(f", {day(dot.day)} {dot.bucket.mentions:,}" for dot in lane.dots)
    return f"{name}: {many(lane.mentions, 'mention')}{days}"
