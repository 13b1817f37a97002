"""Expressions of time in a text, and what they say once the day of publication is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when, `text` at `[start, end)`."""

    start: int
    end: int
    text: str
