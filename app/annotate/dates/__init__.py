"""Expressions of time in a text, understood by a grammar that is data."""

from app.annotate.dates.find import dates

# Goes up with every change of what is found, so that stored expressions can be told apart.
VERSION = "4"

__all__ = ["VERSION", "dates"]
