"""The charts of a comparison, drawn of what its page is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.answer import Comparison
from app.errors import NotFound
from app.pages.charts.drawing import MARGIN, WIDTH, ChartFile, Drawn, chart_file
from app.pages.citing import Citations
from app.pages.comparison.quoted import Texts
from app.pages.comparison.view import view
from app.pages.sides import SideLook
from app.pages.wording import listed, percent

_ROW = 26
_WHEN, _LANE, _TWO_LANES, _LINE = 180, 260, 366, 18  # of a timeline
_MAP, _COLUMNS = 520, 3

type _View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Chart:
    """What a chart is called, and the section of the comparison that it shows."""

    title: str
    section: str
    draw: Callable[[_View], Drawn]


def section_of(name: str) -> str:
    """The section of a comparison that a chart shows. Raises NotFound."""
    if name not in _CHARTS:
        raise NotFound(f"There is no chart {name[:40]!r}: there are {listed(_CHARTS)}.")
    return _CHARTS[name].section


def comparison_chart(
    name: str, comparison: Comparison, texts: Texts, *, top: int | None = None
) -> ChartFile:
    """The file of a chart with at most `top` items, as on the page of the comparison. Raises
    NotFound."""
    section_of(name)
    shown = view(comparison, Citations(lambda _: "", texts), top=top, texts=None)
    chart = _CHARTS[name]
    return chart_file(name, chart.title, chart.draw(shown), shown["sides"].values())


def _extent(shown: _View) -> Drawn:
    extent, sides = shown["extent"], shown["sides"]
    if extent is None:
        note = "It is drawn where all sentences of the sides are known."
        return Drawn("extent.svg", 0, (), note, {"extent": None, "legend_of": ()})
    both = "both" if len(sides) == 2 else "two or more"
    parts = [
        *((f"side-{s.number}", extent.only[s.key], f"only in {s.letter}") for s in sides.values()),
        ("alike", extent.alike, f"in {both}"),
    ]
    if extent.differing:
        parts.append(("differing", extent.differing, f"in {both}, told differently"))
    words = [f"{count} {said}" for _, count, said in parts]
    note = "Facts that several report, and sentences that one alone has."
    given = {"extent": extent, "legend_of": parts}
    return Drawn("extent.svg", 60 + 24 * -(-len(parts) // 4), words, note, given)


def _names(shown: _View) -> Drawn:
    shared = shown["c"].entities.shared
    note = "Share of all names on each side." if shared else "No name stands on more than one side."
    return _bars(shared, shown["entity_bars"], shown["sides"], note)


def _voices(shown: _View) -> Drawn:
    speakers = shown["c"].quotes.speakers
    note = "Share of all quoted words on each side."
    if not speakers:
        note = "Nobody is quoted whose words the texts give to somebody."
    return _bars(speakers, shown["voice_bars"], shown["sides"], note)


def _bars(
    items: Sequence[Any],
    lengths: Sequence[Mapping[str, float]],
    sides: Mapping[str, SideLook],
    note: str,
) -> Drawn:
    shares = [{key: percent(item.sides[key].share) for key in item.sides} for item in items]
    rows = [
        (item.name, length, share)
        for item, length, share in zip(items, lengths, shares, strict=True)
    ]
    words = [
        f"{name}: {', '.join(f'{sides[key].name} {said}' for key, said in share.items())}"
        for name, _, share in rows
    ]
    width = WIDTH if len(sides) == 2 else max(WIDTH, 240 + 190 * len(sides) + MARGIN)
    given = {"rows": rows, "sides": sides}
    return Drawn("bars.svg", _ROW * len(rows), words, note, given, width)


def _figures(shown: _View) -> Drawn:
    rows: list[tuple[int, str | None, Any]] = []
    words = []
    y = 0
    for verdict, found in shown["figures"].items():
        heading = shown["figure_headings"][verdict]
        rows.append((y, heading, None))
        y += 40
        for group in found:
            rows.append((y, None, group))
            words.append(f"{group.subject}: {group.line.says} ({heading})")
            y += group.line.height + 66
    note = "An arrow is ‘at least’ or ‘up to’, a hollow dot ‘about’."
    if not rows:
        note = "No two sides give a figure about the same thing."
    return Drawn("figures.svg", y, words, note, {"rows": rows})


def _timeline(shown: _View) -> Drawn:
    sides = shown["sides"]
    room = _TWO_LANES if len(sides) == 2 else _LANE
    rows, words, y = [], [], 0
    for moment in shown["moments"]:
        rows.append((y, moment))
        lines = max(
            len(lane) + (moment.counts.get(key, 0) > len(lane))
            for key, lane in moment.lanes.items()
        )
        y += 14 + _LINE * lines
        counts = ", ".join(f"{sides[key].name} {moment.counts[key]}" for key in moment.lanes)
        words.append(f"{moment.when}: {counts}")
    note = "Times that the texts name, and how often." if rows else "No time is named."
    given = {"rows": rows, "sides": sides, "first": MARGIN + _WHEN, "room": room, "high": y}
    return Drawn("timeline.svg", y, words, note, given, 2 * MARGIN + _WHEN + room * len(sides))


def _places(shown: _View) -> Drawn:
    sides, found = shown["sides"], shown["map"]
    if found is None:
        note = "No place is named."
        return Drawn("places.svg", 0, (), note, {"map": None, "rows": (), "sides": sides})
    items = [*(dot.item for dot in found.dots), *found.beyond]
    column = (WIDTH - 2 * MARGIN) // _COLUMNS
    rows, words = [], []
    for number, item in enumerate(items):
        counts = [(sides[key], item.sides[key].mentions) for key in sides if key in item.sides]
        x, y = MARGIN + number % _COLUMNS * column, _MAP + 22 + number // _COLUMNS * 22
        rows.append((x, y, item.name, counts))
        words.append(f"{item.name}: {', '.join(f'{side.name} {n}' for side, n in counts)}")
    beyond = (
        f" Too far to be shown: {listed(e.name for e in found.beyond)}." if found.beyond else ""
    )
    note = f"The larger, the more often. Coasts and borders: Natural Earth.{beyond}"
    height = _MAP + 12 + 22 * -(-len(items) // _COLUMNS)
    return Drawn("places.svg", height, words, note, {"map": found, "rows": rows, "sides": sides})


_CHARTS: Mapping[str, _Chart] = {
    "statements": _Chart("How much they share", "statements", _extent),
    "entities": _Chart("Who and what is named", "entities", _names),
    "quotes": _Chart("Who is heard", "quotes", _voices),
    "figures": _Chart("Figures", "figures", _figures),
    "timeline": _Chart("Timeline", "timeline", _timeline),
    "places": _Chart("Where", "entities", _places),
}
CHARTS = tuple(_CHARTS)
