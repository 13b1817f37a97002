"""Which words stand for a name: pronouns, definite descriptions."""

from app.annotate.references.find import references
from app.annotate.references.genders import genders

# Goes up with every change of what is found, so that what is stored can be told apart.
VERSION = "3"

__all__ = ["VERSION", "genders", "references"]
