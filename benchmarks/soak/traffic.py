"""What the hands do: requests of many kinds, chosen by chance, each noted with its time."""

import itertools
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.soak.texts import OUTLETS, report

_TIMEOUT = 120.0
# Somebody else may have removed, merged or undone the one thing that a request is about.
_LOST_THE_RACE = frozenset({404, 409, 422})
_NEVER_LOST = frozenset({"list", "send", "send and wait", "import"})


@dataclass(slots=True)
class Notes:
    """Seconds of the answers by kind, those that somebody else's change refused, and what went
    wrong, in words. Threads share it."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Hand:
    """One client that sends one request after the other."""

    def __init__(self, base: str, notes: Notes, seed: int, numbers: "itertools.count[int]") -> None:
        self._client = httpx.Client(base_url=base, timeout=_TIMEOUT)
        self._notes = notes
        self._numbers = numbers
        self.random = random.Random(seed)

    def close(self) -> None:
        """Hangs up."""
        self._client.close()

    def ask(self, kind: str, method: str, path: str, **how: Any) -> Any:
        """The JSON of an answer, None where there is none. What is not as it should be is noted."""
        began = time.perf_counter()
        try:
            answer = self._client.request(method, path, **how)
        except httpx.HTTPError as error:
            self._note(kind, None, f"{method} {path}: {type(error).__name__} {error}")
            return None
        seconds = time.perf_counter() - began
        if answer.is_success:
            self._note(kind, seconds, None)
            return answer.json() if answer.content else None
        if answer.status_code in _LOST_THE_RACE and kind not in _NEVER_LOST:
            self._note(kind, None, None)
        else:
            self._note(kind, seconds, f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return None

    def fail(self, why: str) -> None:
        """Notes what went wrong beside the requests."""
        with self._notes.lock:
            self._notes.errors.append(why)

    def _note(self, kind: str, seconds: float | None, error: str | None) -> None:
        with self._notes.lock:
            if seconds is not None:
                self._notes.seconds[kind].append(seconds)
            elif error is None:
                self._notes.refused[kind] += 1
            if error is not None:
                self._notes.errors.append(f"{kind}: {error}")

    def ids(self, path: str) -> list[int]:
        """The ids of one page, a random one of those that a list begins with."""
        sort = self.random.choice(("id", "-id"))
        page = self.ask("list", "GET", path, params={"sort": sort, "limit": 100})
        return [each["id"] for each in page["items"]] if page else []

    def one(self, path: str) -> int | None:
        """Any id of a list."""
        ids = self.ids(path)
        return self.random.choice(ids) if ids else None

    def row(self) -> dict[str, object]:
        """An article that nobody has sent yet."""
        return report(next(self._numbers))


def list_things(hand: Hand) -> None:
    """A list with filters."""
    path, filters = hand.random.choice(
        (
            ("/v1/articles", {"q": "report bridge"}),
            ("/v1/articles", {"source": _slug(hand), "sort": "-published_at"}),
            ("/v1/articles", {"state": "ready", "limit": "200"}),
            ("/v1/entities", {"q": hand.random.choice(("lind", "harbor", "lisb", "novak"))}),
            ("/v1/entities", {"source": _slug(hand)}),
            ("/v1/entities", {"since": "2025-03-01", "sort": "-articles"}),
            ("/v1/stories", {"min_articles": "2"}),
            ("/v1/corrections", {}),
            ("/v1/sources", {}),
        )
    )
    hand.ask("list", "GET", path, params=filters)


def read_article(hand: Hand) -> None:
    """An article with all that was found in it."""
    if article := hand.one("/v1/articles"):
        hand.ask("article", "GET", f"/v1/articles/{article}")
        for part in ("mentions", "quotes", "figures", "dates", "references", "similar"):
            hand.ask("article's findings", "GET", f"/v1/articles/{article}/{part}")


def read_entity(hand: Hand) -> None:
    """An entity with all that is known of it."""
    entities = hand.ask("list", "GET", "/v1/entities", params={"limit": 50})
    if entities and entities["items"]:
        entity = hand.random.choice(entities["items"])["id"]
        hand.ask("entity", "GET", f"/v1/entities/{entity}")
        for part in ("mentions", "neighbours", "coverage"):
            hand.ask("entity's findings", "GET", f"/v1/entities/{entity}/{part}")


def compare_two(hand: Hand) -> None:
    """A comparison of two articles."""
    ids = hand.ids("/v1/articles?state=ready")
    if len(ids) > 1:
        one, other = hand.random.sample(ids, 2)
        hand.ask("compare articles", "GET", f"/v1/compare?article={one}&article={other}")


def compare_story(hand: Hand) -> None:
    """A story between its outlets, and its brief."""
    stories = hand.ask("list", "GET", "/v1/stories", params={"min_articles": 2, "limit": 20})
    if stories and stories["items"]:
        story = hand.random.choice(stories["items"])["id"]
        hand.ask("compare story", "GET", f"/v1/compare?story={story}")
        hand.ask("brief", "GET", f"/v1/stories/{story}/brief")


def send_article(hand: Hand) -> None:
    """A new article, waited for now and then."""
    wait = hand.random.choice((0, 0, 0, 10))
    kind = "send and wait" if wait else "send"
    hand.ask(kind, "POST", "/v1/articles", params={"wait": wait}, json=hand.row())


def send_import(hand: Hand) -> None:
    """Ten articles at once."""
    rows = "\n".join(json.dumps(hand.row()) for _ in range(10))
    typed = {"content-type": "application/x-ndjson"}
    hand.ask("import", "POST", "/v1/imports", content=rows, headers=typed)


def change_article(hand: Hand) -> None:
    """Another title: a new revision."""
    if article := hand.one("/v1/articles"):
        title = f"Changed {hand.random.random()}"
        hand.ask("change", "PATCH", f"/v1/articles/{article}", json={"title": title})


def delete_article(hand: Hand) -> None:
    """An article less."""
    if article := hand.one("/v1/articles"):
        hand.ask("delete", "DELETE", f"/v1/articles/{article}")


def merge_entities(hand: Hand) -> None:
    """Two entities made one, and mostly parted again."""
    page = hand.ask("list", "GET", "/v1/entities", params={"sort": "name", "limit": 100})
    if page and len(page["items"]) > 1:
        one, other = (each["id"] for each in hand.random.sample(page["items"], 2))
        merged = hand.ask("merge", "POST", f"/v1/entities/{one}/merge", json={"into": other})
        _undo(hand, merged)


def split_entity(hand: Hand) -> None:
    """A name taken out of an entity, and mostly put back."""
    page = hand.ask("list", "GET", "/v1/entities", params={"limit": 100})
    if not page or not page["items"]:
        return
    entity = hand.random.choice(page["items"])["id"]
    known = hand.ask("entity", "GET", f"/v1/entities/{entity}")
    if known and len(known["aliases"]) > 1:
        names = [hand.random.choice(known["aliases"])["text"]]
        _undo(
            hand, hand.ask("split", "POST", f"/v1/entities/{entity}/split", json={"aliases": names})
        )
    elif known:
        _undo(hand, hand.ask("retype", "PATCH", f"/v1/entities/{entity}", json={"type": "ORG"}))


def regroup_stories(hand: Hand) -> None:
    """A story taken apart, or two made one."""
    stories = hand.ask("list", "GET", "/v1/stories", params={"limit": 50})
    if not stories or len(stories["items"]) < 2:
        return
    one, other = (each["id"] for each in hand.random.sample(stories["items"], 2))
    if hand.random.random() < 0.5:
        _undo(hand, hand.ask("merge", "POST", f"/v1/stories/{one}/merge", json={"into": other}))
        return
    ids = hand.ids(f"/v1/articles?story={one}")
    if len(ids) > 1:
        taken = {"articles": [ids[0]]}
        _undo(hand, hand.ask("split", "POST", f"/v1/stories/{one}/split", json=taken))


def _undo(hand: Hand, made: Mapping[str, Any] | None) -> None:
    if made and hand.random.random() < 0.8:
        hand.ask("undo", "DELETE", f"/v1/corrections/{made['id']}")


def _slug(hand: Hand) -> str:
    return hand.random.choice(OUTLETS).lower().replace(" ", "-")


type Deed = Callable[[Hand], None]
READ: Sequence[tuple[Deed, int]] = (
    (list_things, 5),
    (read_article, 3),
    (read_entity, 2),
    (compare_two, 2),
    (compare_story, 1),
)
WRITE: Sequence[tuple[Deed, int]] = (
    (send_article, 6),
    (send_import, 1),
    (change_article, 1),
    (delete_article, 2),
)
CORRECT: Sequence[tuple[Deed, int]] = ((merge_entities, 2), (split_entity, 2), (regroup_stories, 1))


def busy(
    hand: Hand, deeds: Sequence[tuple[Deed, int]], pause: float, until: threading.Event
) -> None:
    """Does one thing after the other, with pauses of so many seconds in the mean, until told to
    stop."""
    what = [deed for deed, _ in deeds]
    weights = [weight for _, weight in deeds]
    try:
        while not until.wait(hand.random.uniform(0, 2 * pause)):
            hand.random.choices(what, weights)[0](hand)
    except Exception as error:  # a hand that stops unseen would make the soak look well
        hand.fail(f"a hand stopped: {error!r}")
        raise
    finally:
        hand.close()
