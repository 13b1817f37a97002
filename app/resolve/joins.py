"""Names joined to one another, and the groups that follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.resolve.names import Name

# How sure each rule is (0..1): a reason shows it, nothing within an article is decided by it.
SCORES: Mapping[str, float] = {
    "known name": 1.0,
    "abbreviation": 0.95,
    "surname": 0.9,
    "middle name": 0.85,
    "first word": 0.85,
    "without its place": 0.85,
    "initials": 0.85,
    "storm": 0.85,
    "first name": 0.8,
}


@dataclass(frozen=True, slots=True)
class Join:
    """Two names of a text that a rule takes for one thing."""

    # The key of the name that gives the group its type: "bashar al assad".
    into: str
    # The key of the other one: "assad".
    key: str
    # One of `SCORES`.
    rule: str

    @property
    def score(self) -> float:
        """How sure its rule is."""
        return SCORES[self.rule]


def groups(names: Sequence[Name], joins: Iterable[Join]) -> list[list[Name]]:
    """The names in groups, each group and the groups in order of first appearance."""
    parent = {name.key: name.key for name in names}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for join in joins:
        parent[root(join.key)] = root(join.into)
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(root(name.key), []).append(name)
    return list(found.values())
