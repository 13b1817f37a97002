"""How common words are in a language, counted by us (`data/terms`)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import orjson


@cache
def word_shares(language: str | None) -> Mapping[str, float]:
    """How common the lemmas of a language are, as shares (0..1) of all content words; empty for
    a language that was not counted."""
    path = files("app") / "data" / "terms" / f"{language}.json"
    found: Mapping[str, float] = orjson.loads(path.read_bytes()) if path.is_file() else {}
    return found
