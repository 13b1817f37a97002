"""A chart as a file: one frame, one style, its title and what it says in words."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from app.pages.charts.lettering import ending, fitting
from app.pages.environment import ASSETS, environment
from app.pages.sides import SideLook

WIDTH = 960
MARGIN = 32
MEDIA_TYPE = "image/svg+xml"
_TITLE, _LEGEND, _FOOT = 72, 26, 44  # pixels
_IN_A_ROW = 4  # sides in one row of the legend
_LONGEST = 20_000  # characters of what a chart says in words
_LIGHT = re.compile(r":root \{(.*?)\}", re.DOTALL)
_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6});")
# What XML has no place for, however it is escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Drawn(NamedTuple):
    """A chart without its frame: the template of its marks with what that takes, its size in
    pixels, and the same `in_words`, one for each thing that it shows."""

    template: str
    height: int
    in_words: Sequence[str]
    note: str
    given: Mapping[str, object]
    width: int = WIDTH


class ChartFile(NamedTuple):
    """A file: its name, the SVG, and the policy that it is sent with."""

    name: str
    svg: str
    policy: str


def chart_file(
    name: str, title: str, drawn: Drawn, sides: Iterable[SideLook] = (), about: str = ""
) -> ChartFile:
    """The file of a chart: `title` stands over it, under that `about`, or the sides that it
    compares."""
    legend = [(number % _IN_A_ROW, number // _IN_A_ROW, side) for number, side in enumerate(sides)]
    rows = -(-len(legend) // _IN_A_ROW) or bool(about)
    top = _TITLE + _LEGEND * rows
    svg = (
        environment()
        .get_template(f"charts/{drawn.template}")
        .render(
            width=drawn.width,
            height=top + drawn.height + _FOOT,
            margin=MARGIN,
            top=top,
            title=title,
            about=about,
            legend=legend,
            says=_in_words(drawn.in_words, drawn.note),
            note=drawn.note,
            style=_style(),
            fitting=fitting,
            ending=ending,
            **drawn.given,
        )
    )
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower())[:100].strip("-")
    return ChartFile(f"{plain or 'chart'}.svg", _NO_XML.sub("\ufffd", svg), policy)


def _in_words(parts: Sequence[str], note: str) -> str:
    said = "; ".join(" ".join(each.split()) for each in parts) or note
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"


@cache
def _style() -> str:
    """The rules of all charts, with the light colours of the pages: a file does not know the scheme
    of who looks at it, and many viewers know no variables."""
    rules = (ASSETS.parent / "templates" / "charts" / "style.css").read_text("utf-8")
    light = _LIGHT.search((ASSETS / "pages.css").read_text("utf-8"))
    tokens = dict(_TOKEN.findall(light[1] if light else ""))
    return re.sub(r"var\(--([\w-]+)\)", lambda found: tokens[found[1]], rules).strip()
