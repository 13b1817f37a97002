"""The one tree of expected errors. Each class carries its HTTP status and a stable code.

ParallaxError
├── InvalidInput            422  a field, parameter or document that cannot be taken
│   ├── RefusedAddress      422  a URL that must not be fetched
│   └── UnreadableDocument  422  bytes that hold no text, or none that can be decoded
├── BadRequest              400  a body that is not JSON at all
├── Unauthorized            401
├── Forbidden               403  asked in a way that a page of another site could have made up
├── NotFound                404
├── Conflict                409
├── TooLarge                413
├── UnsupportedMedia        415
├── TooManyRequests         429
├── FetchFailed             422  the other server failed, or refused: the URL holds no article now
├── Unavailable             503  not now: busy database, no worker, a model that is missing
│   ├── ModelMissing
│   ├── StoreBusy
│   ├── DeadlinePassed
│   └── SchemaMismatch
└── StorageFull             507
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class FieldError:
    """One bad field. `pointer` is `#/field` (RFC 6901, in the body) or `?name` (a parameter)."""

    pointer: str
    detail: str


class ParallaxError(Exception):
    """An expected failure: `detail` is a sentence for the person who caused it."""

    status = 500
    code = "internal"
    title = "Something went wrong"

    def __init__(self, detail: str, *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; BaseException would drop the keyword-only fields.
        return (_rebuild, (type(self), self.detail, self.errors, self.__dict__.copy()))

    def at(self, pointer: str) -> Self:
        """The same error, with its detail pinned to one field."""
        pinned = type(self).__new__(type(self))
        Exception.__init__(pinned, self.detail)
        pinned.__dict__.update(self.__dict__)
        pinned.errors = (FieldError(pointer, self.detail),)
        return pinned


def _rebuild(
    cls: type[ParallaxError], detail: str, errors: tuple[FieldError, ...], state: dict[str, object]
) -> ParallaxError:
    error = cls.__new__(cls)
    Exception.__init__(error, detail)
    error.__dict__.update(state)
    error.detail, error.errors = detail, errors
    return error


class InvalidInput(ParallaxError):
    status = 422
    code = "invalid-input"
    title = "The input is not valid"


class RefusedAddress(InvalidInput):
    code = "refused-address"
    title = "This address is not fetched"


class UnreadableDocument(InvalidInput):
    code = "unreadable-document"
    title = "The document holds no readable text"


class BadRequest(ParallaxError):
    status = 400
    code = "bad-request"
    title = "The request cannot be read"


class Unauthorized(ParallaxError):
    status = 401
    code = "unauthorized"
    title = "An API key is needed"


class Forbidden(ParallaxError):
    status = 403
    code = "forbidden"
    title = "This is not answered here"


class NotFound(ParallaxError):
    status = 404
    code = "not-found"
    title = "There is no such thing here"


class Conflict(ParallaxError):
    status = 409
    code = "conflict"
    title = "This clashes with what is stored"


class TooLarge(ParallaxError):
    status = 413
    code = "too-large"
    title = "This is larger than the limit"


class UnsupportedMedia(ParallaxError):
    status = 415
    code = "unsupported-media"
    title = "This kind of content is not taken"


class TooManyRequests(ParallaxError):
    """`retry_after` is in whole seconds."""

    status = 429
    code = "too-many-requests"
    title = "Too many requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class FetchFailed(ParallaxError):
    """`answered` is the status of the server, `retry_after` the seconds that it asks to wait; None
    where it said none."""

    # Not 502: Parallax works, and it is the address in the request that cannot be taken.
    status = 422
    code = "fetch-failed"
    title = "The address could not be fetched"

    def __init__(
        self, detail: str, *, answered: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(detail)
        self.answered = answered
        self.retry_after = retry_after


class Unavailable(ParallaxError):
    """`retry_after` is in whole seconds; None where somebody has to mend something first."""

    status = 503
    code = "unavailable"
    title = "Not available now"
    retry_after: int | None = 5


class ModelMissing(Unavailable):
    code = "model-missing"
    title = "A language model is missing"
    retry_after = None


class StoreBusy(Unavailable):
    code = "store-busy"
    title = "The database is locked"
    retry_after = 1


class DeadlinePassed(Unavailable):
    """`retry_after` is in whole seconds."""

    code = "deadline-passed"
    title = "The answer takes too long"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class SchemaMismatch(Unavailable):
    code = "schema-mismatch"
    title = "The database does not fit this version"
    retry_after = None


class StorageFull(ParallaxError):
    status = 507
    code = "storage-full"
    title = "The disk is full"
