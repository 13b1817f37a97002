"""A comparison, or the brief of a story, as one file to keep: it asks for nothing, and says itself
what it may do."""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from app.domain.answer import Comparison
from app.domain.story import Story
from app.pages.comparison.quoted import Texts
from app.pages.comparison.view import view, within
from app.pages.environment import ASSETS, rendered

# Of these the file has copies; other letters are set in the fonts of who reads it.
_FONTS = ("source-serif-4-latin-wght-normal.woff2", "source-sans-3-latin-wght-normal.woff2")
_FACE = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)


class Kept(NamedTuple):
    """The file: its name, its HTML, and the policy that it states."""

    name: str
    page: str
    policy: str


def comparison_file(comparison: Comparison, texts: Texts, *, top: int | None = None) -> Kept:
    """The file of a comparison, with the texts of its evidence (long ones in parts), at most `top`
    items in each list."""
    shown = view(comparison, within(texts), top=top, texts=texts)
    keys = "-".join(re.sub(r"[^a-z0-9]+", "-", side.key.lower()) for side in comparison.sides)
    return _kept(keys[:100].strip("-") or "comparison", "compare.html", shown)


def brief_file(story: Story, comparison: Comparison, texts: Texts) -> Kept:
    """The file of the brief of a story, with the texts of its evidence."""
    shown = view(comparison, within(texts), texts=texts)
    return _kept(f"story-{story.id}-brief", "brief.html", {"story": story, **shown})


def _kept(name: str, template: str, shown: Mapping[str, object]) -> Kept:
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    given = {
        "layout": "base_kept.html",
        "style": style,
        "policy": policy,
        "folded": ("roles", "method"),
        "kept": None,
    }
    return Kept(f"{name}.html", rendered(template, {**given, **shown}), policy)


@cache
def _style() -> str:
    """The style of all pages, with its fonts in it and without what it says to those who write
    it."""
    style = (ASSETS / "pages.css").read_text("utf-8")

    def face(match: re.Match[str]) -> str:
        name = next((each for each in _FONTS if each in match[0]), None)
        if name is None:
            return ""
        font = b64encode((ASSETS / "fonts" / name).read_bytes()).decode()
        return match[0].replace(f"fonts/{name}", f"data:font/woff2;base64,{font}")

    return _REMARK.sub("", _FACE.sub(face, style)).strip()
