"""Tokens in time that grows with the text, whatever stands in it.

spaCy's tokenizer searches all that is left of a word for each sign that it takes off: 16,000
brackets in a row, which are one word to it, hold it for half a minute.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# In characters; no word of a language is as long, and a longer address becomes several tokens.
LONGEST_WORD = 200
_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def document(nlp: "Language", text: str) -> "Doc":
    """The tokens of a text; a word longer than `LONGEST_WORD` is read as several, cut there."""
    cuts = [match.end() for match in _LONG.finditer(text)]
    if not cuts:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    docs = [nlp.make_doc(piece) for piece in pieces]
    return Doc.from_docs(docs, ensure_whitespace=False)
