"""`python -m evaluation.answers [PATH...] > FILE`: what the API answers, before and after a change.

A change that is to change no behaviour is held to this: the file before it and the file after it
are the same bytes. The sample (and the articles of each PATH) goes one by one into a collection of
its own; every GET operation of `/openapi.json` is asked for all that is there, with each of its
parameters; then people's corrections, a new revision and a deletion come, and all is asked again;
and once more when names are resolved and stories grouped anew. JSON Lines, `[question, answer]`
each; times of writing are left out.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.domain.export import TABLES
from app.intake.readers import read_path
from app.main import create_app
from app.services.ingest import submit
from app.services.name_rebuild import reresolve
from app.services.story_rebuild import regroup
from app.settings import Settings

_SAMPLE = Path(__file__).parents[1] / "app" / "data" / "sample" / "manifest.jsonl"
# When a row was written differs from run to run; the processes of a service differ too.
_TIMES = frozenset(("created_at", "undone_at"))
_LEFT_OUT = frozenset(("/metrics", "/healthz", "/readyz"))
# Values that parameters are asked with (others: 1); what an operation does not take in this form it
# refuses, which is an answer too.
_VALUES: Mapping[str, Sequence[str]] = {
    "article": ("1", "999"),
    "cursor": ("x",),
    "entity": ("1", "2", "999999"),
    "evidence": ("1",),
    "format": ("json", "markdown", "text"),
    "kind": ("direct", "pronoun", "merge", "rename"),
    "language": ("en", "fr"),
    "limit": ("2", "0"),
    "min_articles": ("2",),
    "min_mentions": ("3",),
    "offsets": ("utf16",),
    "q": ("Palmyra", '"Islamic State" -ferry', "ferri", "Palmira", "-x"),
    "section": ("entities", "statements"),
    "since": ("2016-03-25",),
    "sort": (
        *("id", "-published_at", "word_count", "-start", "-number", "name", "articles"),
        *("mentions", "-relevance", "first_published", "-day", "-slug", "article"),
    ),
    "source": ("meridian-dispatch", "nobody"),
    "state": ("ready", "undone"),
    "story": ("1", "2", "999999"),
    "top": ("3",),
    "total": ("exact",),
    "type": ("PERSON", "GPE", "NOTHING"),
    "unclear": ("true",),
    "until": ("2016-03-25", "2024-05-01"),
}
# Records of each kind that are asked with every parameter; the others are asked once.
_ASKED_FULLY = 3
_PAGES = 4
_LOOK_SECONDS = 0.05

_OWN = "\n".join(
    json.dumps(row)
    for row in (
        {
            "text": "Marta Kowal said the bridge at Lindau would reopen on Monday. "
            "Lindau had waited since March, Kowal said.",
            "title": "Lindau bridge to reopen",
            "source": "The Daily Lantern",
            "published_at": "2024-05-02",
            "external_id": "bridge-1",
        },
        {"text": "Too little is known.", "published_at": "yesterday"},
        {"text": "Le pont de Lindau rouvre lundi.", "language": "fr", "source": "Le Courrier"},
    )
)
_CHANGED = (
    "On Sunday Marta Kowal said the bridge at Lindau would stay shut. "
    "Lindau had waited since March, she said."
)


class Answers:
    """The answers of one service, in the order of the questions."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._gets = {
            path: operation["get"]
            for path, operation in client.get("/openapi.json").json()["paths"].items()
            if "get" in operation and path not in _LEFT_OUT
        }

    def all(self) -> Iterator[tuple[str, object]]:
        """Every question with its answer: a list page by page, a record in each of its views."""
        stories = self._ids("/v1/stories")
        known = {
            "/v1/articles": self._ids("/v1/articles"),
            "/v1/entities": self._ids("/v1/entities"),
            "/v1/stories": stories,
            "/v1/imports": ["1", "2"],
            "/v1/sources": self._ids("/v1/sources", "slug"),
        }
        for path, operation in self._gets.items():
            if path == "/v1/compare":
                yield from self._compared(stories, known["/v1/articles"], known["/v1/sources"])
            for place, address in enumerate(_addresses(path, known)):
                yield from self._pages(address)
                if place < _ASKED_FULLY:
                    for question in _questions(operation):
                        yield self._answer(f"{address}?{question}")

    def _compared(
        self, stories: Sequence[str], articles: Sequence[str], sources: Sequence[str]
    ) -> Iterator[tuple[str, object]]:
        for story in stories:
            yield self._answer(f"/v1/compare?story={story}")
        for one, other in combinations(articles[:4], 2):
            yield self._answer(f"/v1/compare?article={one}&article={other}")
        for one, other in combinations(sources, 2):
            yield self._answer(f"/v1/compare?source={one}&source={other}&until=2030-01-01")

    def _pages(self, address: str) -> Iterator[tuple[str, object]]:
        """The whole answer, and where it is a list its first pages of two items."""
        whole = self._answer(address)
        yield whole
        if isinstance(whole[1], dict) and "next_cursor" in whole[1]:
            question = f"{address}?limit=2"
            for _ in range(_PAGES):
                asked, answer = self._answer(question)
                yield asked, answer
                if not (isinstance(answer, dict) and answer.get("next_cursor")):
                    break
                question = f"{address}?limit=2&cursor={answer['next_cursor']}"

    def _answer(self, question: str) -> tuple[str, object]:
        answer = self._client.get(question)
        kind = answer.headers.get("content-type", "")
        if "ndjson" in kind:
            return question, timeless([json.loads(line) for line in answer.text.splitlines()])
        if "json" not in kind:
            return question, answer.text
        return question, timeless(answer.json())

    def _ids(self, path: str, field: str = "id") -> list[str]:
        page = self._client.get(f"{path}?limit=200").json()
        return sorted((str(each[field]) for each in page["items"]), key=lambda e: (len(e), e))


def timeless(value: Any) -> Any:
    """A JSON value without its times of writing."""
    if isinstance(value, dict):
        return {name: timeless(each) for name, each in value.items() if name not in _TIMES}
    return [timeless(each) for each in value] if isinstance(value, list) else value


def _addresses(path: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    root = path.split("/{")[0]
    if root == path:
        yield path
        return
    for each in (*known.get(root, ()), "999999"):
        for number in ("1", "2") if "{number}" in path else ("",):
            yield path.format(id=each, slug=each, number=number)


def _questions(operation: Mapping[str, Any]) -> Iterator[str]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            for value in _VALUES.get(parameter["name"], ("1",)):
                yield f"{parameter['name']}={value}"


def _load(client: TestClient, settings: Settings, paths: Sequence[Path]) -> None:
    """Takes the articles in, one after the other: in a batch their ids would hang on the clock."""
    service = client.app.state.service  # type: ignore[attr-defined]
    for path in paths:
        for row in read_path(path):
            for taken in submit(service.store, [row], settings, service.fetcher):
                if taken.error:
                    raise taken.error
            _analysed(client)


def _analysed(client: TestClient) -> None:
    client.app.state.service.work.wake()  # type: ignore[attr-defined]
    while client.get("/v1/articles?state=pending&limit=1").json()["items"]:
        time.sleep(_LOOK_SECONDS)


def _change(client: TestClient) -> Iterator[tuple[str, object]]:
    """What people do: an import, corrections of names and stories, one undone, a new revision, a
    deletion. With the answer to each."""
    entities = [each["id"] for each in client.get("/v1/entities?limit=12").json()["items"]]
    first, second, third, fourth, fifth, sixth = entities[:6]
    story = client.get("/v1/stories?limit=1").json()["items"][0]
    held = client.get(f"/v1/articles?story={story['id']}").json()["items"]
    aliases = client.get(f"/v1/entities/{first}").json()["aliases"]
    one = client.get(f"/v1/entities/{fifth}/mentions?limit=1").json()["items"][0]["id"]
    ndjson = {"content-type": "application/x-ndjson"}
    client.post("/v1/imports", content=_OWN, headers=ndjson).raise_for_status()
    while client.get("/v1/imports/1").json()["state"] != "done":
        time.sleep(_LOOK_SECONDS)
    sent = [
        client.post(f"/v1/entities/{second}/merge", json={"into": third, "reason": "the same"}),
        client.patch(f"/v1/entities/{fourth}", json={"name": "Another Name", "author": "ada"}),
        client.patch(f"/v1/entities/{fifth}", json={"reject_mention": one}),
        client.patch(f"/v1/entities/{sixth}", json={"type": "ORG"}),
        client.post(f"/v1/entities/{first}/split", json={"aliases": [aliases[-1]["text"]]}),
        client.post(f"/v1/stories/{story['id']}/split", json={"articles": [held[0]["id"]]}),
        client.delete("/v1/corrections/1"),
        client.patch("/v1/articles/2", json={"published_at": "2016-04-01", "source": "Star"}),
        client.delete("/v1/articles/3"),
    ]
    bridge = client.get("/v1/articles?q=Lindau&source=the-daily-lantern").json()["items"][0]["id"]
    named = client.get(f"/v1/articles/{bridge}/mentions").json()["items"]
    kowal = next(each for each in named if "Kowal" in each["text"])
    sent.append(
        client.post(f"/v1/entities/{kowal['entity']}/split", json={"mentions": [kowal["id"]]})
    )
    again = {"text": _CHANGED, "title": "Lindau bridge to stay shut", "external_id": "bridge-1"}
    sent.append(client.post("/v1/articles?wait=60", json={**again, "source": "The Daily Lantern"}))
    for number, each in enumerate(sent):
        answer = timeless(each.json()) if each.content else None
        yield f"{number}: {each.request.method} {each.request.url.path}", [each.status_code, answer]


def _tables(client: TestClient) -> Iterator[tuple[str, object]]:
    for name in TABLES:
        file = client.get(f"/v1/export/{name}").text
        yield f"export {name}", timeless([json.loads(line) for line in file.splitlines()])


def answers(paths: Sequence[Path], folder: Path) -> Iterator[tuple[str, object]]:
    """Every question with its answer, each phase's questions under its name."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'answers.db'}", workers=1, log_level="error"
    )
    with TestClient(create_app(settings)) as client:
        store = client.app.state.service.store  # type: ignore[attr-defined]
        _load(client, settings, [_SAMPLE, *paths])
        asked = Answers(client)
        for phase in ("loaded", "changed", "anew"):
            if phase == "changed":
                yield from ((f"change {name}", each) for name, each in _change(client))
            if phase == "anew":
                yield "reresolve", reresolve(store, lambda _done, _all: None)
                yield "regroup", regroup(store, lambda _done, _all: None)
            for question, answer in (*asked.all(), *_tables(client)):
                yield f"{phase}: {question}", answer


def main() -> None:
    """Writes the questions with their answers to standard output, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        found = answers([Path(each) for each in sys.argv[1:]], Path(folder))
        sys.stdout.writelines(f"{json.dumps(each)}\n" for each in found)


if __name__ == "__main__":
    main()
