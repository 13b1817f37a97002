"""Query parameters of what changed."""

from pydantic import Field

from app.domain.change import ChangedType, ChangeKind
from app.domain.limits import MAX_CHANGES
from app.web.numbers import Whole
from app.web.parameters.base import Parameters


class ChangeFilterParameters(Parameters):
    """Which changes."""

    type: tuple[ChangedType, ...] = Field((), description="What changed; may repeat.")
    kind: tuple[ChangeKind, ...] = Field((), description="How it changed; may repeat.")
    after: str | None = Field(
        None,
        description="Where to go on: the last `next_cursor`. Without it all begins with the first "
        "change that is kept.",
    )


class ChangeListParameters(ChangeFilterParameters):
    """Which page of which changes."""

    limit: Whole = Field(100, ge=1, le=MAX_CHANGES, description="Most items on the page.")


class EventParameters(ChangeFilterParameters):
    """Which changes are sent, and for how long."""

    seconds: Whole | None = Field(
        None,
        ge=1,
        le=86_400,
        description="When to end the stream; without it, it goes on until one side ends it.",
        examples=[1],
    )
