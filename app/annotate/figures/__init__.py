"""Quantities in a text: numbers with their unit, rate, counted noun and who is given for them."""

from app.annotate.figures.find import figures

# Goes up with every change of what is found, so that stored figures can be told apart.
VERSION = "4"

__all__ = ["VERSION", "figures"]
