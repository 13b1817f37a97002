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
_SPOKEN = re.compile(r"[^\W_]")


def document(nlp: "Language", text: str) -> "Doc":
    """The tokens of a text; a word longer than `LONGEST_WORD` is read as several, cut there. One
    of them that has neither letter nor digit is one token: the model need not weigh each sign of a
    line that is drawn with them."""
    found = list(_LONG.finditer(text))
    if not found:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    docs = []
    begun = 0
    for word in found:
        if _SPOKEN.search(word.group()):
            docs.append(nlp.make_doc(text[begun : word.end()]))
        else:
            if begun < word.start():
                docs.append(nlp.make_doc(text[begun : word.start()]))
            docs.append(Doc(nlp.vocab, words=[word.group()], spaces=[False]))
        begun = word.end()
    docs.append(nlp.make_doc(text[begun:]))
    return Doc.from_docs(docs, ensure_whitespace=False)
