"""What belongs to a language is data: one folder a language, one file a purpose, read here alone.

`data/languages/LANG/TITLE.json`: LANG is an ISO 639-1 code, TITLE says what the lists are for;
docs/languages.md tells what each file holds and what goes without it. The folder `mul` (ISO 639-2:
several languages) holds what belongs to no language alone.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

# The folder of what belongs to no language alone.
ALL = "mul"

_FOLDER = files("app") / "data" / "languages"


@cache
def languages_with(title: str) -> tuple[str, ...]:
    """The languages that have a file of this title, in the order of the alphabet; `mul` is none."""
    return tuple(
        sorted(
            each.name
            for each in _FOLDER.iterdir()
            if each.name != ALL and (each / f"{title}.json").is_file()
        )
    )


@cache
def load(language: str | None, title: str) -> Mapping[str, Any]:
    """What a language's file of this title holds, read once; empty where it has none. Everybody
    gets the same object: nobody changes it."""
    if language not in (*languages_with(title), ALL):
        return {}
    found: Mapping[str, Any] = orjson.loads(content(language, title))
    return found


def content(language: str, title: str) -> bytes:
    """The bytes of a file that is there, for who counts them into a version."""
    return (_FOLDER / language / f"{title}.json").read_bytes()
