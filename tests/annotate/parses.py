"""Parses written by hand: what a model would say, without the model."""

import re

from app.domain.annotation import Annotation, Mention, Tokens


def parsed(
    words: str,
    *,
    sentences: tuple[tuple[int, int], ...] | None = None,
    mentions: tuple[Mention, ...] = (),
    language: str = "en",
) -> tuple[str, Annotation]:
    """A text and its annotation from `surface/POS/relation/head` for each token, parted by blanks;
    TAG or lemma may follow. Two tokens that a `+` joins stand side by side in the text. `head` is
    the number of the head, counted from 0. One sentence unless told otherwise.

    >>> parsed("Troops/NOUN/nsubj/1 left/VERB/ROOT/1/VBD/leave +./PUNCT/punct/1")
    """
    text, spans, rows = "", [], []
    for token in words.split():
        surface, *rest = re.sub(r"^\+(?=.)", "", token).split("/")
        text += "" if token.startswith("+") or not text else " "
        spans.append((len(text), len(text) + len(surface)))
        text += surface
        rows.append((surface, *rest, *("", "")[: 5 - len(rest)]))
    tokens = Tokens(
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        pos=tuple(row[1] for row in rows),
        tags=tuple(row[4] for row in rows),
        lemmas=tuple(row[5] or row[0].lower() for row in rows),
        heads=tuple(int(row[3]) for row in rows),
        deps=tuple(row[2] for row in rows),
    )
    whole = ((0, len(text)),) if text else ()
    return text, Annotation("by hand", language, tokens, sentences or whole, mentions)
