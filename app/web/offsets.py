"""What clients ask for of the texts around spots: UTF-16 offsets, and what stands beside them."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from app.domain.text import Utf16
from app.services import query
from app.store.engine.sessions import ReadSession
from app.web.parameters.base import OffsetParameters
from app.web.schemas.spots import Around, Turn


class InText(Protocol):
    """Something with offsets into one revision of one article."""

    @property
    def article(self) -> int: ...
    @property
    def revision(self) -> int: ...


def turn_for(
    session: ReadSession, places: Iterable[InText], parameters: OffsetParameters
) -> Turn | None:
    """The function that turns the offsets of these spots into UTF-16 code units; None where code
    points are asked for."""
    return _turn(session, {(place.article, place.revision) for place in places}, parameters)


def turn_in(
    session: ReadSession, article: int, revision: int, parameters: OffsetParameters
) -> Turn | None:
    """The same for spots that all stand in one revision of one article."""
    return _turn(session, {(article, revision)}, parameters)


def surroundings(session: ReadSession, places: Iterable[InText], length: int) -> Around | None:
    """The function that gives up to `length` characters before and after each of these spots; None
    where none are asked for."""
    if not length:
        return None
    return around(query.texts(session, {(each.article, each.revision) for each in places}), length)


def around(texts: Mapping[tuple[int, int], str], length: int) -> Around | None:
    """The same for spots in these texts, by article and revision."""
    if not length:
        return None

    def beside(article: int, revision: int, start: int, end: int) -> tuple[str, str]:
        text = texts[article, revision]
        return text[max(0, start - length) : start], text[end : end + length]

    return beside


def _turn(
    session: ReadSession, wanted: set[tuple[int, int]], parameters: OffsetParameters
) -> Turn | None:
    if not parameters.utf16:
        return None
    offsets = {key: Utf16(text) for key, text in query.texts(session, wanted).items()}
    return lambda article, revision: offsets[article, revision]
