"""What people correct about outlets, and where a name leads once all of it is taken together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

type SourceCorrectionKind = Literal[
    "merge_sources", "rename_source", "set_domains", "set_country", "set_language", "set_tags"
]


class FoundName(NamedTuple):
    """A name under which articles come in, by its slug, and the outlet that was made of it; None
    where only a correction speaks of it. `seen`: a domain, known from the outlet's articles."""

    slug: str
    source: int | None
    seen: bool = False


@dataclass(frozen=True, slots=True)
class SourceCorrection:
    """One entry of the log. `source` is the outlet that was corrected, `other` the one it was
    merged into; `slug` and `to` are theirs as they were then. `values` is what was given: the name,
    the domains, the country, the language or the tags; `keys` are the slugs of a name or of
    domains. `undone_at` None: in force."""

    id: int
    kind: SourceCorrectionKind
    source: int
    other: int | None
    slug: str
    to: str | None
    values: tuple[str, ...]
    keys: tuple[str, ...]
    author: str | None
    reason: str | None
    created_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_reason: str | None = None


class SourceCorrections:
    """The corrections in force, as one rule for which outlet a name leads to: taken in the order in
    which they were made, each looking only at where those before it have led."""

    def __init__(self, log: Iterable[SourceCorrection]) -> None:
        self.log = tuple(sorted((c for c in log if c.undone_at is None), key=lambda c: c.id))
        # What was said last of an outlet is what holds.
        self._said = {(each.source, each.kind): each for each in self.log}
        self._targets = {
            each.source: each.other
            for each in self.log
            if each.kind == "merge_sources" and each.other is not None
        }

    def owner(self, name: FoundName) -> int | None:
        """The outlet that a name leads to; None where nothing is left that says so."""
        owner = name.source
        if name.seen and owner is not None and (owner, "set_domains") in self._said:
            owner = None  # who says which domains an outlet has names all of them
        for each in self.log:
            if each.kind == "merge_sources":
                owner = each.other if each.source == owner else owner
            elif name.slug in each.keys and self._holds(each):
                owner = each.source
        return owner

    def _holds(self, each: SourceCorrection) -> bool:
        # An outlet keeps every name that it was given, and only the domains it was given last.
        return each.kind == "rename_source" or self._said[each.source, each.kind] is each

    def merged_into(self, source: int) -> int | None:
        """What an outlet is part of at last; None where it was not merged."""
        target = None
        while (into := self._targets.get(source)) is not None:
            target = source = into
        return target

    def given(self, source: int, kind: SourceCorrectionKind) -> tuple[str, ...] | None:
        """What was said last of an outlet; None where nobody said anything."""
        said = self._said.get((source, kind))
        return said.values if said else None

    def renamed_slug(self, source: int) -> str | None:
        """The slug of the name that an outlet was given last."""
        said = self._said.get((source, "rename_source"))
        return said.keys[0] if said else None

    def domains(self) -> dict[str, str]:
        """The domains that people gave to outlets, with the slugs that they are known by."""
        return {
            domain: slug
            for (_, kind), each in self._said.items()
            if kind == "set_domains"
            for domain, slug in zip(each.values, each.keys, strict=True)
        }
