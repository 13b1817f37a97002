"""`make bench`: ratios of one run, printed, and written to `benchmarks/results.json` with the
versions and the machine they were measured with.

    python -m benchmarks [--quick] [--stores FOLDER] [--beside PARALLAX] [--datasette DATASETTE]
        [start | ingest | reannotate | resolution | queries | serve | comparisons | size | serial]
"""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    comparisons,
    ingest,
    queries,
    reannotate,
    resolution,
    serial,
    serve,
    size,
    start,
)

WHAT = (
    *("start", "ingest", "reannotate", "resolution", "queries", "serve", "comparisons", "size"),
    "serial",
)
RESULTS = Path(__file__).with_name("results.json")
_STARTS, _QUICK_STARTS = 7, 3
_TEXTS, _QUICK_TEXTS = 400, 120
_SIZES, _QUICK_SIZES = (10_000, 100_000), (1_000, 10_000)
_RESOLUTION_SIZES = (1_000, 100_000)


def main() -> None:
    """Measure what was asked for, print a table, and keep it beside what was measured before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=WHAT, help="only this")
    parser.add_argument("--quick", action="store_true", help="small sizes; nothing is written")
    parser.add_argument("--stores", type=Path, help="keep the made-up stores in this folder")
    parser.add_argument(
        "--beside", type=Path, help="start, serve: another version's command, in turns"
    )
    parser.add_argument("--datasette", default="datasette", help="serve: its command")
    asked = parser.parse_args()
    what = [asked.what] if asked.what else list(WHAT)
    if "serve" in what and (needed := serve.missing(asked.datasette)):
        if asked.what:
            raise SystemExit(needed)
        print(f"left out: {needed}", file=sys.stderr)
        what.remove("serve")
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    measured = {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in ("parallax", "spacy", "sqlalchemy", "fastapi")},
    }
    if "start" in what:
        starts = _start(_QUICK_STARTS if asked.quick else _STARTS, asked.beside)
        results["start"] = {"measured": measured, "figures": starts}
    if "ingest" in what:
        limit, rounds = (_QUICK_TEXTS, 1) if asked.quick else (_TEXTS, ingest.ROUNDS)
        found = _ingest(limit, rounds)
        results["ingest"] = {"measured": measured, "figures": found}
    if "reannotate" in what:
        gain = _reannotate(_QUICK_TEXTS if asked.quick else _TEXTS)
        results["reannotate"] = {"measured": measured, "figures": gain}
    if "resolution" in what:
        sizes = _QUICK_SIZES if asked.quick else _RESOLUTION_SIZES
        results["resolution"] = {"measured": measured, "figures": _resolution(sizes, asked.stores)}
    if "queries" in what:
        asked_of = _queries(_QUICK_SIZES if asked.quick else _SIZES, asked.stores)
        results["queries"] = {"measured": measured, "figures": asked_of}
    if "serve" in what:
        beside = _serve(asked.datasette, asked.stores, asked.beside, quick=asked.quick)
        results["serve"] = {"measured": measured, "figures": beside}
    if "comparisons" in what:
        results["comparisons"] = {"measured": measured, "figures": _comparisons()}
    if "size" in what:
        sizes_on_disk = _size(_QUICK_TEXTS if asked.quick else _TEXTS)
        results["size"] = {"measured": measured, "figures": sizes_on_disk}
    if "serial" in what:
        shares = _serial(_QUICK_TEXTS if asked.quick else _TEXTS)
        results["serial"] = {"measured": measured, "figures": shares}
    if not asked.quick:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _start(rounds: int, beside: Path | None) -> list[dict[str, object]]:
    found = start.measure(rounds, beside)
    print(f"{'start':22}{'command':>8}{'seconds':>12}{'yardstick':>12}{'ratio':>8}")
    for each in found:
        print(
            f"{each.what:22}{each.command:>8}{each.seconds:>12}{each.yardstick:>12}{each.ratio:>8}"
        )
    return [asdict(each) for each in found]


def _ingest(limit: int, rounds: int) -> list[dict[str, object]]:
    corpus = ingest.texts(limit)
    print(
        f"{'ingest':22}{'processes':>10}{'texts':>8}{'bare w/s':>12}{'same w/s':>12}"
        f"{'parallax':>12}{'of bare':>9}{'of same':>9}"
    )
    rows = []
    for processes in (1, 2):
        for each in ingest.measure(corpus, processes, rounds):
            print(
                f"{each.engine:22}{processes:>10}{each.texts:>8}{each.bare:>12,}{each.same:>12,}"
                f"{each.parallax:>12,}{each.of_bare:>9}{each.of_same:>9}",
                flush=True,
            )
            rows.append(asdict(each))
    return rows


def _reannotate(limit: int) -> dict[str, object]:
    found = reannotate.measure(ingest.texts(limit))
    print(f"{'reannotate':22}{'articles':>8}{'stored/s':>12}{'model/s':>12}{'gain':>8}{'bytes':>8}")
    print(
        f"{'after more knowledge':22}{found.articles:>8}{found.stored:>12}{found.model:>12}"
        f"{found.gain:>8}{found.bytes:>8}"
    )
    return asdict(found)


def _resolution(sizes: tuple[int, int], stores: Path | None) -> list[dict[str, object]]:
    found = resolution.measure(sizes, stores)
    print(
        f"{'resolution':22}{'articles':>10}{'names':>10}{'clusters':>10}{'p50':>8}{'p95':>8}"
        f"{'MB':>8}{'growth':>8}"
    )
    for each in found:
        growth = each.p50 / found[0].p50
        print(
            f"{'of one article':22}{each.articles:>10,}{each.aliases:>10,}{each.clusters:>10}"
            f"{each.p50:>8}{each.p95:>8}{each.peak_mb:>8}{growth:>8.2f}"
        )
    return [asdict(each) for each in found]


def _queries(sizes: tuple[int, int], stores: Path | None) -> list[dict[str, object]]:
    found = queries.measure(sizes, stores)
    small = {(each.engine, each.name): each for each in found if each.articles == sizes[0]}
    print(
        f"{'request':22}{'engine':>12}{'articles':>10}{'p50':>8}{'p95':>8}{'bare':>8}{'ratio':>8}"
        f"{'growth':>8}"
    )
    for each in found:
        growth = each.p95 / small[each.engine, each.name].p95
        print(
            f"{each.name:22}{each.engine:>12}{each.articles:>10,}{each.p50:>8}{each.p95:>8}"
            f"{each.bare:>8}{each.ratio:>8}{growth:>8.2f}"
        )
    return [asdict(each) for each in found]


def _serve(
    datasette: str, stores: Path | None, beside: Path | None, *, quick: bool
) -> list[dict[str, object]]:
    found = serve.measure(datasette, stores, beside, quick=quick)
    print(f"{'requests a second':22}{'command':>8}{'parallax':>10}{'datasette':>11}{'ratio':>8}")
    for each in found:
        print(
            f"{each.name:22}{each.command:>8}{each.parallax:>10}{each.datasette:>11}{each.ratio:>8}"
        )
    return [asdict(each) for each in found]


def _comparisons() -> list[dict[str, object]]:
    found = comparisons.measure()
    print(f"{'comparison':36}{'requests':>10}{'articles':>10}{'p50':>8}{'p95':>8}")
    for each in found:
        print(f"{each.name:36}{each.requests:>10}{each.largest:>10}{each.p50:>8}{each.p95:>8}")
    return [asdict(each) for each in found]


def _size(limit: int) -> dict[str, object]:
    found = size.measure(ingest.texts(limit))
    print(f"{'size':22}{'articles':>10}{'words':>8}{'bytes':>10}{'a word':>8}")
    print(
        f"{'of an article':22}{found.articles:>10,}{found.words:>8}{found.bytes:>10,}"
        f"{found.bytes_a_word:>8}"
    )
    for table, taken in found.tables.items():
        print(f"  {table:38}{taken:>10,}")
    return asdict(found)


def _serial(limit: int) -> list[dict[str, object]]:
    found = serial.measure(ingest.texts(limit))
    print(f"{'serial, ms an article':22}{'analysis':>10}{'handed':>8}{'stored':>8}{'workers':>9}")
    for each in found:
        print(
            f"{each.engine:22}{each.analysis:>10}{each.handed:>8}{each.stored:>8}{each.workers:>9}"
        )
    return [asdict(each) for each in found]


if __name__ == "__main__":
    main()
