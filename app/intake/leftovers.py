"""Lines that a page leaves in an article's text, told by their own words.

Every rule is about a whole line and is narrow: what is not sure stays. Rules are data
(`data/languages/mul/leftovers.json`): their words are those that outlets print, in the languages
that they print them in, and a new one is one more line there. The first rule that fits gives the
reason. Of its parts, a `picture_desk` sells pictures and nothing else, so that its name alone is a
credit; an `agency` sells news too, and is one only beside another name, an image word or a slash;
in brackets at the end of a line (`credit_bracket`) a credit may be freer: "(Imagen vía EPA)".
"""

import re
from collections.abc import Iterator

from app.intake.patterns import Patterns

CAPTION = "caption"

_RULES = Patterns("leftovers").rules()
_LONGEST = 520
# A caption says one thing or two; a paragraph that merely ends in a bracket says more.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]* +(?=[\"'“‘(]?[^\W\d_a-z])")
_MOST_SENTENCE_ENDS = 3


def leftover(text: str) -> str | None:
    """The reason why a line (clean, without line breaks) is no prose of the article, or None."""
    return next(_reasons(text), None) if len(text) <= _LONGEST else None


def _reasons(text: str) -> Iterator[str]:
    lower = text.lower()
    for reason, cue, rule in _RULES:
        if cue in lower and rule.fullmatch(text):
            if reason == CAPTION and len(_SENTENCE_END.findall(text)) > _MOST_SENTENCE_ENDS:
                continue
            yield reason
