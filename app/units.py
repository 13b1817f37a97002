"""What units measure, and what those of one dimension are to each other: data, read here alone."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import orjson


@cache
def units() -> Mapping[str, tuple[str, float]]:
    """The dimension of each unit that has one, and how much of its base unit it is."""
    data = orjson.loads((files("app") / "data" / "units.json").read_bytes())
    return {unit: (name, factor) for name, of in data.items() for unit, factor in of.items()}


def ratio(unit: str, other: str) -> float | None:
    """How many of the other unit one of a unit is; None for units of two dimensions."""
    one, two = units().get(unit), units().get(other)
    if one is None or two is None or one[0] != two[0]:
        return None
    return one[1] / two[1]
