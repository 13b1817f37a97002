"""Names joined to one another, and the groups that follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.resolve.names import Name


@dataclass(frozen=True, slots=True)
class Join:
    """Two names, by key, that a rule takes for one thing; `into` gives the group its type. The
    score is in 0..1."""

    into: str
    key: str
    rule: str
    score: float


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
