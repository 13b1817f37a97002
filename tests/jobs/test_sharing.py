"""Work that another process does, asked for over a socket."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from app.domain.annotation import AnalysisInput
from app.errors import Conflict, Unavailable
from app.jobs.elsewhere import Elsewhere, Standing
from app.jobs.pool import AnalyserPool
from app.jobs.sharing import Sharing
from tests.jobs.small_analysers import Small

TEXTS = [AnalysisInput("Assad met Putin.", 0, "en"), AnalysisInput("It rained.", 0, "en")]


@dataclass
class Noted:
    """Work that notes what is asked for, and refuses article 9."""

    asked: list[object]

    def wake(self) -> None:
        self.asked.append("wake")

    def wait(self, article: int, timeout: float) -> bool:
        self.asked.append((article, timeout))
        if article == 9:
            raise Conflict("Not this one.")
        return True

    def status(self) -> Standing:
        return Standing(2, "slow today")


@pytest.fixture
def asked() -> list[object]:
    return []


@pytest.fixture
def elsewhere(asked: list[object]) -> Iterator[Elsewhere]:
    with AnalyserPool(Small, 1) as pool, Sharing(pool, Noted(asked)) as shared:
        assert pool.analyse(TEXTS) == Elsewhere(shared.address, shared.key).analyse(TEXTS)
        yield Elsewhere(shared.address, shared.key)


def test_it_is_waited_for_and_says_how_it_stands(
    elsewhere: Elsewhere, asked: Sequence[object]
) -> None:
    elsewhere.wake()
    assert elsewhere.wait(7, 0.5)
    assert elsewhere.status() == Standing(2, "slow today")
    assert asked == ["wake", (7, 0.5)]


def test_an_error_comes_back_as_it_is(elsewhere: Elsewhere) -> None:
    with pytest.raises(Conflict, match="Not this one"):
        elsewhere.wait(9, 0.5)


def test_who_does_not_know_the_key_is_not_heard(elsewhere: Elsewhere) -> None:
    with pytest.raises(Exception, match="digest"):
        Elsewhere(elsewhere.address, b"guessed").status()
    assert elsewhere.status().workers == 2


def test_nobody_there_is_said(elsewhere: Elsewhere) -> None:
    gone = Elsewhere(f"{elsewhere.address}-gone", elsewhere.key)
    with pytest.raises(Unavailable, match="is not there"):
        gone.analyse(TEXTS)
    # What was accepted is on disk: nobody who can be woken is no reason to say otherwise.
    gone.wake()
    assert not gone.wait(1, 0.1)
