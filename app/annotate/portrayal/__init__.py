"""How a text puts names into words: what it calls them, what it has them do and suffer."""

from app.annotate.portrayal.labels import labels
from app.annotate.portrayal.roles import roles

__all__ = ["labels", "roles"]
