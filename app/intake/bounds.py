"""What of a page is kept from the extractor, whose patterns take the square or the cube of it."""

import json
from typing import Any

# Characters that patterns may walk over for all of a page's data, half a second. Pages of news need
# a hundredth.
_MOST_STEPS = 50_000_000
_DATA = ("application/ld+json", "application/settings+json")
# Where the patterns begin that strip tags and blanks: each may walk to the end.
_SIGNS = ("<", "&", "\\u003", '\\"')
_AUTHORS = ('"author"', 'erson"', '"publisher"', '"name')


def drop_slow_data(tree: Any) -> None:
    """Empties JSON-LD and `meta` elements of a parsed page (lxml) that would hold the extractor up,
    from the first that goes beyond what all may cost. Our own readers are to read them before."""
    left = _MOST_STEPS
    for element in tree.iter("meta", "script"):
        if element.tag == "script":
            text = element.text or ""
            if element.get("type") not in _DATA or not text:
                continue
            left -= _steps(text)
            if left < 0 or _breaks_into_many(text, left):
                element.text = None
        else:
            left -= _steps(element.get("content") or "")
            if left < 0:
                element.set("content", "")


def _steps(text: str) -> int:
    return len(text) * sum(map(text.count, _SIGNS))


def _breaks_into_many(text: str, most: int) -> bool:
    """Whether data is no JSON for the extractor, and patterns would look for authors in it for
    longer than `most` steps."""
    from trafilatura.json_metadata import normalize_json
    from trafilatura.metadata import JSON_MINIFY

    if len(text) * sum(map(text.count, _AUTHORS)) ** 2 <= most:
        return False
    try:
        json.loads(normalize_json(JSON_MINIFY.sub(r"\1", text)), strict=False)
    except (ValueError, RecursionError):
        return True
    return False
