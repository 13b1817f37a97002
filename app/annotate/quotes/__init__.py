"""Who says what: direct, mixed and indirect speech with its content, cue and speaker."""

from app.annotate.quotes.extract import quotes

__all__ = ["quotes"]
