"""Blocks of documents annotated on a Ray cluster: the only home of Ray."""

import logging
import os
import pickle
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar

from app.errors import ParallaxError, Unavailable
from app.intake.places import Place, existing
from app.jobs.blocks import Block, Order, Written, annotated, blocks, grouped
from app.jobs.pool import analyser_pool
from app.settings import Settings

# Of an analyser, which has a core to itself; what is left of it reads the files.
_ANALYSER_CPUS = 0.9
_READER_CPUS = 0.05
# Ray's own blocks end at so many bytes: each has one row, which is one of our blocks, so that a
# worker that is lost costs no more.
_RAY_BLOCK_BYTES = 1


@contextmanager
def cluster(address: str | None, workers: int | None) -> Iterator[int]:
    """A connection to the Ray cluster at an address (None: one that is made on this machine, for
    the time of the block). Yields how many analysers it has room for, or `workers`.

    Raises Unavailable where Ray is not installed or no cluster answers.
    """
    # Nothing is told to anybody; to be set before Ray is loaded.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # What goes wrong there is told by what it answers.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    warnings.filterwarnings("ignore", module=r"ray\\.")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise Unavailable(
            f"annotating into a folder needs Ray ({error}): install parallax[ray]"
        ) from None
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # Whoever reaches a node of Ray may run anything there: one's own is for this machine alone.
    host = (address or "127.0.0.1").partition(":")[0]
    options: dict[str, Any] = {} if address else {"num_cpus": workers, "include_dashboard": False}
    if host.startswith("127."):
        options["_node_ip_address"] = host
    try:
        ray.init(
            address or "local",
            log_to_driver=False,
            logging_level=logging.ERROR,
            **options,
        )
    except Exception as error:
        # Where a node does not start Ray raises no class of its own.
        known = isinstance(error, ConnectionError | RuntimeError | ValueError | TimeoutError)
        if not known and type(error) is not Exception:
            raise
        raise Unavailable(f"no Ray cluster can be reached: {str(error)[:300]}") from None
    try:
        yield workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    finally:
        ray.shutdown()


def annotate_files(
    places: Sequence[Place], order: Order, settings: Settings, workers: int
) -> Iterator[Written]:
    """Annotates files on the cluster, block by block, into the folder of the order. Yields what
    became of each as it is there. A block whose file is there is not annotated again; one whose
    worker is lost is annotated by another.

    Raises Unavailable where no document is to blame.
    """
    import ray
    from ray.data import ActorPoolStrategy, DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.target_max_block_size = _RAY_BLOCK_BYTES
    groups = grouped(places)
    read = partial(_read, order=order, done=frozenset(existing(order.out)))
    done = (
        ray.data.from_items(
            [{"group": pickle.dumps(group)} for group in groups], override_num_blocks=len(groups)
        )
        .flat_map(read, num_cpus=_READER_CPUS)
        .map(
            _annotator(settings, order.out),
            num_cpus=_ANALYSER_CPUS,
            compute=ActorPoolStrategy(size=workers),
        )
    )
    for each in done.iter_rows():
        if each["refused"]:
            raise Unavailable(each["refused"])
        yield pickle.loads(each["written"])  # noqa: S301 - our own workers made it


def _read(row: dict[str, Any], order: Order, done: Collection[str]) -> Iterator[dict[str, object]]:
    """The blocks of a group of files, as rows of Ray's."""
    try:
        for block in blocks(pickle.loads(row["group"]), order, done):  # noqa: S301 - our own
            yield {"block": pickle.dumps(block), "refused": ""}
    except ParallaxError as error:
        yield {"block": b"", "refused": error.detail}


class _Annotator:
    """One analyser of the cluster. Its model runs in a process of its own, as everywhere: a text
    that kills it fails alone."""

    settings: ClassVar[Settings]
    out: ClassVar[str]

    def __init__(self) -> None:
        self._pool = analyser_pool(self.settings.model_copy(update={"workers": 1}))

    def __call__(self, row: dict[str, Any]) -> dict[str, object]:
        if row["refused"]:
            return {"written": b"", "refused": row["refused"]}
        try:
            block: Block = pickle.loads(row["block"])  # noqa: S301 - our own
            written = annotated(block, self._pool.outcomes, self.settings, self.out)
        except ParallaxError as error:
            return {"written": b"", "refused": error.detail}
        return {"written": pickle.dumps(written), "refused": ""}


def _annotator(settings: Settings, out: str) -> type[_Annotator]:
    """The class with what it works with. Not as arguments of its constructor: these live in Ray's
    store, and an analyser that is started again would miss them when that was lost."""

    class Annotator(_Annotator):
        pass

    Annotator.settings, Annotator.out = settings, out
    return Annotator
