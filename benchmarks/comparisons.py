"""Comparisons over HTTP in a store of eight hundred real articles: all sections, and statements.

The articles are those of the evaluation data (stories, and quotes for the rest), given to four
outlets in turn. Asked are, once the vectors are there, pairs of articles, two outlets within each
story that both report, and two outlets with all they have, 200 articles each.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any

import httpx

from benchmarks.service import service

EVALUATION = Path(__file__).parents[2] / "shared" / "eval"
FILES = ("stories.jsonl", "quotes.jsonl")
_ARTICLES, _OUTLETS = 800, 4
_PAIRS, _ROUNDS = 30, 5


@dataclass(frozen=True, slots=True)
class ComparisonFigures:
    """Milliseconds of the requests of one kind, median and 95th percentile; how many there are,
    and the articles on all sides of the largest."""

    name: str
    requests: int
    largest: int
    p50: float
    p95: float


def measure() -> list[ComparisonFigures]:
    """All kinds. Raises SystemExit where the evaluation data is not there."""
    if not EVALUATION.is_dir():
        raise SystemExit(f"The data to measure with is not here: {EVALUATION}")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        _ingest(Path(folder), url)
        with service(url) as base, httpx.Client(base_url=base, timeout=600) as client:
            articles = [each["id"] for each in _all(client, "/v1/articles?sort=id")]
            kinds = {
                "two articles": [
                    f"article={a}&article={b}" for a, b in batched(articles[: 2 * _PAIRS], 2)
                ],
                "two outlets in a story": list(_within_stories(client)),
                "200 articles a side": ["source=outlet-0&source=outlet-1"],
            }
            return [
                _asked(client, name + also, [question + more for question in questions])
                for name, questions in kinds.items()
                for also, more in (("", ""), (", statements", "&section=statements"))
            ]


def _ingest(folder: Path, url: str) -> None:
    path = folder / "articles.ndjson"
    rows = [
        json.loads(line)
        for name in FILES
        for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines()
    ]
    with path.open("w", encoding="utf-8") as lines:
        for number, row in enumerate(rows[:_ARTICLES]):
            given = {
                "text": row["text"],
                "title": row.get("title") or None,
                "source": f"Outlet {number % _OUTLETS}",
                "external_id": row["id"],
                "published_at": row.get("date"),
                "language": "en",
            }
            lines.write(json.dumps(given) + "\n")
    command = [str(Path(sys.executable).with_name("parallax")), "ingest", str(path), "--json"]
    environment = os.environ | {"PARALLAX_DATABASE_URL": url}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def _within_stories(client: httpx.Client) -> Iterator[str]:
    """Two outlets of each story that several report, those with most articles there."""
    for story in _all(client, "/v1/stories?sort=-articles"):
        found = [each for each in story["sources"] if each["source"] is not None]
        found.sort(key=lambda each: -each["articles"])
        if len(found) > 1:
            one, other = (each["source"]["slug"] for each in found[:2])
            yield f"source={one}&source={other}&story={story['id']}"


def _all(client: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = client.get(f"{path}&limit=200{cursor}").raise_for_status().json()
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        cursor = f"&cursor={page['next_cursor']}"


def _asked(client: httpx.Client, name: str, questions: Sequence[str]) -> ComparisonFigures:
    times: list[float] = []
    largest = 0
    for question in questions:
        sides = client.get(f"/v1/compare?{question}").raise_for_status().json()["sides"]
        largest = max(largest, sum(side["articles"] for side in sides))
        for _ in range(_ROUNDS):
            began = time.perf_counter()
            client.get(f"/v1/compare?{question}").raise_for_status()
            times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return ComparisonFigures(
        name,
        len(questions),
        largest,
        round(times[len(times) // 2], 1),
        round(times[int(len(times) * 0.95)], 1),
    )
