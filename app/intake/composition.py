"""The stored text put together from its parts, with the map of its offsets."""

from collections.abc import Sequence

from app.domain.article import OffsetMap
from app.intake.characters import Mapped, Segments, cut, joined

BREAK = "\n\n"


def compose(
    title: Mapped | None, subtitle: Mapped | None, body: Sequence[Mapped]
) -> tuple[str, int, OffsetMap]:
    """(text, body_start, offsets): title, subtitle and body, parted by one empty line."""
    heads = [part for part in (title, subtitle) if part is not None]
    body_start = sum(len(part.text) + len(BREAK) for part in heads)
    segments: list[tuple[int, int, int]] = []
    at = 0
    for part in (*heads, *body):
        segments += [(at + clean, raw, length) for clean, raw, length in part.segments]
        at += len(part.text) + len(BREAK)
    text = BREAK.join(part.text for part in (*heads, *body))
    return text, min(body_start, len(text)), OffsetMap(tuple(segments))


def recompose(
    text: str, body_start: int, offsets: OffsetMap, title: str | None, subtitle: str | None
) -> tuple[str, int, OffsetMap]:
    """(text, body_start, offsets) with another title and subtitle over the same body.

    A title or subtitle that already stands there keeps its place in the raw text; a new one
    stands nowhere in it.
    """
    old = text[:body_start].split(BREAK)
    known: dict[str, Mapped] = {}
    at = 0
    for part in old:
        known.setdefault(part, _slice(text, at, at + len(part), offsets.segments))
        at += len(part) + len(BREAK)

    def head(line: str | None) -> Mapped | None:
        plain = " ".join((line or "").split())
        return known.get(plain, Mapped(plain, ())) if plain else None

    body = _slice(text, body_start, len(text), offsets.segments)
    return compose(head(title), head(subtitle), [body])


def _slice(text: str, start: int, end: int, segments: Segments) -> Mapped:
    inside = joined((c - start, raw, size) for c, raw, size in cut(segments, start, end))
    return Mapped(text[start:end], inside)
