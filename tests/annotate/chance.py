"""Parses by chance: whatever a model says of a text, nothing may break on it."""

import random
from collections.abc import Callable, Sequence

from app.domain.annotation import Tokens


def tokens(
    chance: random.Random,
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    pos: Sequence[str],
    tags: Sequence[str],
    deps: Sequence[str],
    lemma: Callable[[str], str],
) -> Tokens:
    """Tokens at these places; each hangs on one not far from it, circles included."""
    count = len(spans)
    return Tokens(
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
        tuple(chance.choice(pos) for _ in spans),
        tuple(chance.choice(tags) for _ in spans),
        tuple(lemma(text[start:end]) for start, end in spans),
        tuple(min(count - 1, max(0, i + chance.randint(-4, 4))) for i in range(count)),
        tuple(chance.choice(deps) for _ in spans),
    )
