"""What an analyst would write of a comparison in five minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.comparison import Spot

type BriefKind = Literal["shared", "differs", "only", "voices", "figures", "labels", "reuse"]

# What stands over sentences of these kinds on a page to read, in the order of reading.
HEADINGS: tuple[tuple[str, frozenset[BriefKind]], ...] = (
    ("What they share", frozenset({"shared"})),
    ("Where they differ", frozenset({"differs"})),
    ("Figures", frozenset({"figures"})),
    ("What only one reports", frozenset({"only"})),
    ("Who is heard", frozenset({"voices"})),
    ("Who is called what", frozenset({"labels"})),
    ("Text in common", frozenset({"reuse"})),
)


@dataclass(frozen=True, slots=True)
class BriefItem:
    """One plain statement about the `sides` (their keys): `text` is a sentence or two. What it
    quotes stands in the evidence, cut with an ellipsis where it is long, white space apart."""

    kind: BriefKind
    text: str
    sides: tuple[str, ...]
    evidence: Mapping[str, tuple[Spot, ...]]


@dataclass(frozen=True, slots=True)
class BriefSection:
    """Items in the order of reading: what is shared, where the sides differ, what one alone
    reports, who is heard, who is called what, and which text is in common. `more` were left out
    for want of space; `note` says where the evidence is thin."""

    items: tuple[BriefItem, ...]
    more: int
    note: str | None
