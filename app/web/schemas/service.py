"""How the service itself is."""

from typing import Literal

from app.web.schemas.base import Answer


class Health(Answer):
    """The process answers."""

    status: Literal["ok"]


class Readiness(Answer):
    """Database and workers are up."""

    status: Literal["ready"]
    workers: int
