"""Who says what: direct, mixed and indirect speech with its content, cue and speaker."""

from app.annotate.quotes.extract import quotes
from app.annotate.quotes.utterances import utterances, with_references
from app.annotate.quotes.voices import voices

# Goes up with every change of what is found, so that stored quotes can be told apart.
VERSION = "3"

__all__ = ["VERSION", "quotes", "utterances", "voices", "with_references"]
