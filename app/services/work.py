"""What services and routes ask of whoever analyses what is pending."""

from typing import Protocol


class WorkStatus(Protocol):
    """How the work stands."""

    @property
    def workers(self) -> int:
        """Workers that have their model loaded."""
        ...

    @property
    def error(self) -> str | None:
        """What keeps the work from going on; None where nothing does."""
        ...


class Analysing(Protocol):
    """Analyses what is pending, and can be waited for."""

    def wake(self) -> None:
        """Looks at once for what is pending."""
        ...

    def wait(self, article: int, timeout: float) -> bool:
        """Waits until the article is analysed, or for `timeout` seconds. Returns whether it is."""
        ...


class Work(Analysing, Protocol):
    """The same, and it says how it stands."""

    def status(self) -> WorkStatus:
        """How the work stands now."""
        ...
