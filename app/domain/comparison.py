"""A comparison: what each side says of one event, every item with its evidence.

A map named `sides` goes from a side's key to what is said there; every side has its entry unless
the section says otherwise. Shares are in 0..1, floats are rounded to six digits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type Section = Literal["entities", "terms"]
SECTIONS: tuple[Section, ...] = ("entities", "terms")


@dataclass(frozen=True, slots=True)
class Spot:
    """Evidence: the surface `text` at `[start, end)` of one revision of one article. In a
    comparison of texts from a request, `article` counts from 0 through them and `revision` is 1."""

    article: int
    revision: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EntityFinding:
    """One entity in one article: how many of its mentions stand there, in the headline (title or
    subtitle) and in the lead (the first paragraph of the body)."""

    entity: int
    name: str
    type: str
    mentions: int
    headline: int
    lead: int


@dataclass(frozen=True, slots=True)
class TermFinding:
    """One lemma in one article, with its places."""

    lemma: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What one article brings to a comparison."""

    article: int
    revision: int
    words: int
    pipeline: str
    entities: tuple[EntityFinding, ...]
    terms: tuple[TermFinding, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A side: its articles in the order of their ids."""

    key: str
    name: str
    articles: tuple[Findings, ...]


@dataclass(frozen=True, slots=True)
class SideSummary:
    """A side as the answer heads it: articles counted, words summed."""

    key: str
    name: str
    articles: int
    words: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that could not be compared, and why."""

    article: int
    side: str
    reason: str


@dataclass(frozen=True, slots=True)
class EntityOnSide:
    """One entity on one side. `share` is of all the side's entity mentions; `headline` and
    `lead` count mentions there; `salience` is the mean over the side's articles, in 0..1."""

    mentions: int
    articles: int
    share: float
    headline: int
    lead: int
    salience: float
    evidence: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class EntityItem:
    """An entity with what each side that names it has of it (a side that does not is absent)."""

    entity: int
    name: str
    type: str
    sides: Mapping[str, EntityOnSide]


@dataclass(frozen=True, slots=True)
class EntitySection:
    """`distance` is the Jensen-Shannon distance (base 2, 0..1) of the sides' shares, None where a
    side has no mentions; `shared` are entities on two sides or more, `only` those on one. Each list
    has the most mentioned first; `more` items in all were cut off."""

    distance: float | None
    shared: tuple[EntityItem, ...]
    only: Mapping[str, tuple[EntityItem, ...]]
    more: int


@dataclass(frozen=True, slots=True)
class TermItem:
    """A word that tells a side apart: `z` of the log-odds ratio, the side it leans `towards`."""

    term: str
    z: float
    towards: str
    counts: Mapping[str, int]
    evidence: Mapping[str, tuple[Spot, ...]]


@dataclass(frozen=True, slots=True)
class TermSection:
    """Terms, the strongest first; `note` says so where the evidence does not suffice."""

    items: tuple[TermItem, ...]
    more: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer. Sections that were not asked for are None; `versions` names what it came from."""

    sides: tuple[SideSummary, ...]
    left_out: tuple[LeftOut, ...]
    versions: Mapping[str, str]
    entities: EntitySection | None = None
    terms: TermSection | None = None
