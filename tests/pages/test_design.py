"""The design holds what its page says: contrast in light and dark, tokens as they are listed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "app" / "pages" / "assets" / "pages.css").read_text("utf-8")
DESIGN = (ROOT / "docs" / "design.md").read_text("utf-8")


def scheme(number: int) -> dict[str, str]:
    """The colours of a scheme: 0 is light, 1 dark, 2 paper; what it does not set is as in light."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[0]))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[number]))


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("number", [0, 1, 2], ids=["light", "dark", "paper"])
def test_text_can_be_read_on_its_ground(number: int) -> None:
    colours = scheme(number)
    pairs = [(name, "paper") for name in ("ink", "soft", *"abcdefgh", "both", "differing")]
    pairs += [("ink", ground) for ground in ("raised", "a-tint", "b-tint", "other-tint", "mark")]
    pairs += [("a", "a-tint"), ("b", "b-tint"), ("soft", "raised"), ("ink", "land")]
    low = {(a, b): round(contrast(colours[a], colours[b]), 2) for a, b in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


def test_the_colours_on_the_page_are_those_of_the_style() -> None:
    light, dark = scheme(0), scheme(1)
    rows = re.findall(r"^\| (`--[^|]+) \|[^|]*\|([^|]+)\|([^|]+)\|$", DESIGN, re.MULTILINE)
    assert len(rows) >= 6
    for names, in_light, in_dark in rows:
        tokens = re.findall(r"--([\w-]+)", names)
        for found, colours in ((in_light, light), (in_dark, dark)):
            given = re.findall(r"#[0-9a-f]{6}", found)
            if given:
                assert given == [colours[name] for name in tokens]
