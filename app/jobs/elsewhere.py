"""Work that other processes do: on this machine one that can be asked, or any that is not known."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Client
from typing import Any

from app.annotate.vectors import version
from app.domain.annotation import Analysis, AnalysisInput
from app.errors import ParallaxError, Unavailable
from app.measures import MEASURES, Sum
from app.store.articles.queue import is_pending
from app.store.engine.sessions import Store

_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work stands as others tell it."""

    workers: int
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Sees in the store what others have analysed, and can ask nobody (`PARALLAX_WORKERS=0`)."""

    store: Store

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        """Raises Unavailable."""
        raise Unavailable(
            "This process analyses nothing itself (PARALLAX_WORKERS=0): ask one that does."
        )

    def wake(self) -> None:
        """Nothing: who analyses looks each second."""

    def wait(self, article: int, timeout: float) -> bool:
        """Waits until the article is analysed, or for `timeout` seconds. Returns whether it is."""
        deadline = time.monotonic() + timeout
        while True:
            with self.store.read() as session:
                if not is_pending(session, article):
                    return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(_LOOK_SECONDS, left))

    def status(self) -> Standing:
        """No worker, and nothing that is known to be wrong."""
        return Standing(workers=0)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The work of the process that listens at `address` (`app.jobs.sharing`)."""

    address: str
    key: bytes

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        """One analysis for each text. Raises what the pool there raises."""
        found: list[Analysis] = self._ask("analyse", inputs)
        return found

    @property
    def version(self) -> str:
        """What the sentence vectors come from."""
        return version()

    def encode(self, sentences: Sequence[str]) -> bytes:
        """512 bytes for each sentence, in their order. Raises Unavailable."""
        found: bytes = self._ask("encode", list(sentences))
        return found

    def wake(self) -> None:
        """Has what is pending looked for at once, if anybody is there to do so."""
        with suppress(Unavailable):
            self._ask("wake")

    def wait(self, article: int, timeout: float) -> bool:
        """Waits until the article is analysed, or for `timeout` seconds. Returns whether it is."""
        with suppress(Unavailable):
            return bool(self._ask("wait", article, timeout))
        return False

    def status(self) -> Standing:
        """How the work stands there."""
        workers, error = self._ask("status")
        return Standing(workers, error)

    def sums(self) -> dict[str, Mapping[str, Sum]]:
        """What all processes of the service have counted, by measure."""
        found: dict[str, Mapping[str, Sum]] = self._ask("sums")
        return found

    def count_there(self) -> None:
        """Has what the parts of this process count be counted there."""
        for name, measure in MEASURES.items():
            measure.counted_by(partial(self._count, name))

    def _count(self, measure: str, label: str, things: int, seconds: float) -> None:
        with suppress(Unavailable):
            self._ask("count", measure, label, things, seconds)

    def _ask(self, *what: object) -> Any:
        """The answer to one question, over a connection of its own.

        Raises ParallaxError as it comes back, Unavailable where nobody answers.
        """
        try:
            with Client(self.address, "AF_UNIX", self.key) as connection:
                connection.send(what)
                answer = connection.recv()
        except (OSError, EOFError):
            raise Unavailable("The process that analyses is not there.") from None
        if isinstance(answer, ParallaxError):
            raise answer
        return answer
