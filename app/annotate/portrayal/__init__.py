"""How a text puts names into words: what it calls them, what it has them do and suffer."""

from app.annotate.portrayal.portrait import Portrait

# Goes up with every change of what is found, so that what is stored can be told apart.
VERSION = "5"

__all__ = ["VERSION", "Portrait"]
