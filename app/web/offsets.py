"""UTF-16 offsets for clients that ask for them, from the texts that the offsets count into."""

from collections.abc import Iterable
from typing import Protocol

from app.domain.text import Utf16
from app.services import query
from app.store.engine.sessions import ReadSession
from app.web.parameters.base import OffsetParameters
from app.web.schemas.spots import Turn


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


def _turn(
    session: ReadSession, wanted: set[tuple[int, int]], parameters: OffsetParameters
) -> Turn | None:
    if not parameters.utf16:
        return None
    offsets = {key: Utf16(text) for key, text in query.texts(session, wanted).items()}
    return lambda article, revision: offsets[article, revision]
