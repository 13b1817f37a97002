"""What tools answer with: claims with the places that bear them out, as many as fit a size."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.comparison import Spot

# Characters of one quoted place; of a longer one its beginning is shown, cut after a word.
_LONGEST = 240
_WORD_END = re.compile(r"\s+\S*\Z")


class Place(NamedTuple):
    """A text that claims point into: one revision of an article."""

    article: int
    revision: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, and the places in the texts that bear it out; `facts` are its numbers and
    names."""

    kind: str
    says: str
    evidence: Sequence[Spot]
    facts: Mapping[str, object] = field(default_factory=dict)


class Claims:
    """Claims on their way into an answer. `about` describes a text that evidence points into, once
    for all claims that do."""

    def __init__(
        self, claims: Iterable[Claim], about: Callable[[Place], Mapping[str, object] | None]
    ) -> None:
        self._claims = list(claims)
        self._about = about

    def answer(
        self, head: Mapping[str, object], tail: Mapping[str, object], start: int, most: int
    ) -> str:
        """JSON that takes at most `most` bytes in a message, with the claims from `start` on that
        fit, one at least; `next_start` goes on from there."""
        shown: list[object] = []
        texts: dict[Place, Mapping[str, object]] = {}
        total = len(self._claims)
        frame = {**head, "claims": [], "articles": [], **tail, "total": total, "next_start": total}
        room = most - _size(frame)
        for claim in self._claims[start:]:
            places = [Place(spot.article, spot.revision) for spot in claim.evidence]
            new = {
                place: described
                for place in places
                if place not in texts and (described := self._about(place)) is not None
            }
            written = _written(claim)
            room -= _size(written) + sum(map(_size, new.values())) + 1 + len(new)
            if room < 0 and shown:
                break
            shown.append(written)
            texts |= new
        end = start + len(shown)
        return compact(
            {
                **head,
                "claims": shown,
                "articles": list(texts.values()),
                **tail,
                "total": total,
                "next_start": end if end < total else None,
            }
        )


def compact(value: object) -> str:
    """JSON without blanks; what is None is left out of its first level."""
    if isinstance(value, dict):
        value = {name: each for name, each in value.items() if each is not None}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def place_of(spot: Spot) -> dict[str, object]:
    """A spot as answers have it: `quote` stands at `[start, end)`; `cut` where it goes on."""
    quote = _beginning(spot.text)
    return {
        "quote": quote,
        "article": spot.article,
        "revision": spot.revision,
        "start": spot.start,
        "end": spot.start + len(quote),
        **({"cut": True} if len(quote) < len(spot.text) else {}),
    }


def revision_path(place: Place) -> str:
    """Where the API shows the text that evidence of this revision counts into."""
    return f"/v1/articles/{place.article}/revisions/{place.revision}"


def _written(claim: Claim) -> dict[str, object]:
    return {
        "kind": claim.kind,
        "says": claim.says,
        **{name: value for name, value in claim.facts.items() if value is not None},
        "evidence": [place_of(spot) for spot in claim.evidence],
    }


def _beginning(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return _WORD_END.sub("", text[:_LONGEST]) or text[:_LONGEST]


def _size(value: object) -> int:
    """Bytes of a value in a message, whose text is JSON within JSON."""
    return len(json.dumps(compact(value), ensure_ascii=False).encode()) - 2
