"""One soak, and what it found."""

import itertools
import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx

from benchmarks.service import process_of_service
from benchmarks.soak.texts import report
from benchmarks.soak.traffic import CORRECT, READ, WRITE, Deed, Hand, Notes, busy

_FIRST = 240  # articles that are there when it begins
_WRITERS, _CORRECTORS = 1, 1
_PAUSE = {"read": 0.1, "write": 0.4, "correct": 0.6}  # seconds between two deeds of a hand
# Kinds that wait for an analysis by their nature: their time is the model's.
_WAITS = frozenset({"send and wait"})
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What may not be passed: seconds of the 99th percentile, megabytes of the process that
    serves, and by how much these may grow after the first minute."""

    seconds: float = 1.0
    megabytes: float = 250.0
    growth: float = 0.10


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes that are resident in the process that serves, and those of them that are its own
    and no mapped file, some seconds after the begin."""

    second: float
    resident: float
    own: float


@dataclass(frozen=True, slots=True)
class Report:
    """What a soak found."""

    notes: Notes
    memory: Sequence[Memory]

    def lines(self) -> Iterator[str]:
        """The findings for people."""
        yield f"{'kind':20} {'requests':>8} {'refused':>7} {'p50 ms':>7} {'p99 ms':>7} {'max':>7}"
        for kind in sorted(self.notes.seconds):
            times = self.notes.seconds[kind]
            yield (
                f"{kind:20} {len(times):8,} {self.notes.refused[kind]:7,} "
                f"{median(times) * 1e3:7.0f} {_p99(times) * 1e3:7.0f} {max(times) * 1e3:7.0f}"
            )
        requests = sum(map(len, self.notes.seconds.values()))
        yield f"{requests:,} requests, {len(self.notes.errors):,} errors"
        yield from self.notes.errors[:10]
        for minute, found in self._by_minute().items():
            yield (
                f"minute {minute + 1:2}: {max(each.resident for each in found):.0f} MB at most, "
                f"{median(each.own for each in found):.0f} MB its own"
            )

    def breaches(self, limits: Limits) -> list[str]:
        """What passed a limit, in sentences."""
        found = [f"{len(self.notes.errors):,} errors"] if self.notes.errors else []
        for kind, times in self.notes.seconds.items():
            if kind not in _WAITS and (reached := _p99(times)) > limits.seconds:
                found.append(f"p99 of {kind} is {reached:.2f} s")
        most = max(each.resident for each in self.memory)
        if most > limits.megabytes:
            found.append(f"the process that serves had {most:.0f} MB")
        minutes = [median(each.resident for each in of) for of in self._by_minute().values()]
        if len(minutes) > 2 and minutes[-1] > minutes[1] * (1 + limits.growth):
            found.append(f"memory went from {minutes[1]:.0f} MB to {minutes[-1]:.0f} MB")
        return found

    def _by_minute(self) -> dict[int, list[Memory]]:
        return {
            minute: list(found)
            for minute, found in itertools.groupby(self.memory, lambda each: int(each.second // 60))
        }


def soak(folder: Path, seconds: float, readers: int) -> Report:
    """Serves a collection of made-up reports in `folder` for so long, to so many readers, a writer
    and one who corrects. Returns what they saw."""
    notes = Notes()
    numbers = itertools.count(_FIRST)
    hands: list[tuple[Sequence[tuple[Deed, int]], float]] = [
        *[(READ, _PAUSE["read"])] * readers,
        *[(WRITE, _PAUSE["write"])] * _WRITERS,
        *[(CORRECT, _PAUSE["correct"])] * _CORRECTORS,
    ]
    with process_of_service(f"sqlite:///{folder}/soak.db") as (base, process):
        _fill(base)
        over = threading.Event()
        threads = [
            threading.Thread(
                target=busy, args=(Hand(base, notes, number, numbers), deeds, pause, over)
            )
            for number, (deeds, pause) in enumerate(hands)
        ]
        for thread in threads:
            thread.start()
        memory = list(_watch(process.pid, seconds))
        over.set()
        for thread in threads:
            thread.join()
        if process.poll() is not None:
            notes.errors.append(f"the service ended with {process.returncode}")
    return Report(notes, memory)


def _fill(base: str) -> None:
    """Sends the first articles in and waits until they are analysed."""
    rows = "\n".join(json.dumps(report(number)) for number in range(_FIRST))
    with httpx.Client(base_url=base, timeout=60) as client:
        typed = {"content-type": "application/x-ndjson"}
        began = client.post("/v1/imports", content=rows, headers=typed).raise_for_status()
        while client.get(began.headers["location"]).json()["state"] != "done":
            time.sleep(0.2)


def _watch(pid: int, seconds: float) -> Iterator[Memory]:
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        status = dict(
            line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        )
        yield Memory(passed, _megabytes(status["VmRSS"]), _megabytes(status["RssAnon"]))
        time.sleep(min(1.0, seconds - passed))


def _megabytes(kilobytes: str) -> float:
    return int(kilobytes.split()[0]) * 1024 / _MEGABYTE


def _p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[98] if len(times) > 1 else times[0]
