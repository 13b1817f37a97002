"""The figures that `/metrics` shows."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from app.errors import ParallaxError
from app.measures import Sum, all_sums
from app.services.work import WorkStatus

# Where set, before the library is imported, it keeps what a process counts in a folder.
COUNTS = "PROMETHEUS_MULTIPROC_DIR"


@dataclass(frozen=True, slots=True)
class Gauges:
    """What is asked at each scrape: articles by state, workers that have their model, and bytes of
    the database by file."""

    articles: Callable[[], Mapping[str, int]]
    work: Callable[[], WorkStatus]
    database_bytes: Callable[[], Mapping[str, int]]
    # What the parts have counted, by measure (`app.measures.MEASURES`).
    sums: Callable[[], Mapping[str, Mapping[str, Sum]]] = all_sums


class Metrics:
    """The figures of one service, in a registry of their own. Each of several web processes keeps
    what it counts in a folder (`COUNTS`), and any of them shows the sums of all."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own: CollectorRegistry | None = self.registry
        if COUNTS in os.environ:
            MultiProcessCollector(self.registry)  # type: ignore[no-untyped-call]
            own = None
        self.requests = Counter(
            "parallax_http_requests",
            "Requests answered, by method, route and status.",
            ("method", "route", "status"),
            registry=own,
        )
        self.durations = Histogram(
            "parallax_http_request_duration_seconds",
            "How long requests took, by method and route.",
            ("method", "route"),
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
            registry=own,
        )

    def show(self, gauges: Gauges) -> None:
        """Adds what is asked at each scrape, and what the parts of the service have counted."""
        self.registry.register(_Asked(gauges))


class _Asked(Collector):
    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def describe(self) -> list[Metric]:
        """Nothing: to register must not read the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        # Without a database the other figures are looked at all the more.
        with suppress(ParallaxError):
            yield _gauge(
                "parallax_articles",
                "Articles, by state; the pending ones are the work that waits.",
                "state",
                self._gauges.articles(),
            )
        with suppress(ParallaxError):
            workers = self._gauges.work().workers
            yield GaugeMetricFamily("parallax_workers", "Workers that have their model.", workers)
        with suppress(ParallaxError):
            yield _gauge(
                "parallax_database_bytes",
                "Bytes of the database and of its log on disk.",
                "file",
                self._gauges.database_bytes(),
            )
        with suppress(ParallaxError):
            yield from _counted(self._gauges.sums())


def _counted(sums: Mapping[str, Mapping[str, Sum]]) -> Iterator[Metric]:
    stages = SummaryMetricFamily(
        "parallax_ingest_stage_seconds",
        "Documents of this service by stage of ingest, and the seconds that they took there: "
        "fetch, read, analyse (in the workers, the model and what is built on it), store.",
        labels=("stage",),
    )
    for stage, (things, seconds) in sorted(sums["stages"].items()):
        stages.add_metric((stage,), things, seconds)
    yield stages
    failures = CounterMetricFamily(
        "parallax_fetch_failures",
        "Addresses that could not be fetched, by the code of the error.",
        labels=("code",),
    )
    for code, (things, _) in sorted(sums["fetch_failures"].items()):
        failures.add_metric((code,), things)
    yield failures


def _gauge(name: str, help_: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, help_, labels=(label,))
    for key, value in values.items():
        family.add_metric((key,), value)
    return family
