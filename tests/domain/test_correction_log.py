"""Corrections as one rule: order, undoing and repeated use."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.correction import (
    Anchor,
    Correction,
    Corrections,
    EntityCorrectionKind,
    ResolvedMention,
)

NOW = datetime(2016, 3, 24, tzinfo=UTC)
ANN = ResolvedMention("ann", 1, 1, 10, 13)


def made(
    number: int, kind: EntityCorrectionKind, entity: int, other: int | None = None
) -> Correction:
    anchor = Anchor(1, 1, 11, 20, "Ann")
    return Correction(
        number, kind, entity, other, ("Ann",), ("ann",), (anchor,), None, None, None, None, NOW
    )


@pytest.mark.parametrize(
    ("log", "resolved", "owner"),
    [
        ([("merge", 1, 2)], 1, 2),
        ([("merge", 1, 2), ("merge", 2, 3)], 1, 3),
        ([("merge", 2, 3), ("merge", 4, 2)], 4, 2),
        ([("split_aliases", 1, 5)], 1, 5),
        ([("split_aliases", 1, 5)], 2, 2),
        ([("split_mentions", 1, 5)], 1, 5),
        ([("drop_alias", 1, None)], 1, None),
        ([("drop_alias", 1, None), ("add_alias", 3, None)], 1, 3),
        ([("add_alias", 3, None)], None, 3),
        ([("add_alias", 3, None), ("merge", 3, 4)], 2, 4),
        ([("reject_mention", 1, None)], 1, None),
        ([("split_aliases", 1, 5), ("merge", 5, 1)], 1, 1),
    ],
)
def test_where_a_mention_belongs(
    log: list[tuple[EntityCorrectionKind, int, int | None]], resolved: int | None, owner: int | None
) -> None:
    corrections = Corrections(made(n, *each) for n, each in enumerate(log, 1))
    assert corrections.owner(resolved, ANN) == owner


def test_a_span_of_another_revision_is_another() -> None:
    corrections = Corrections([made(1, "reject_mention", 1)])
    assert corrections.owner(1, ANN._replace(revision=2)) == 1
    assert corrections.owner(1, ANN._replace(start=20, end=23)) == 1


def test_what_is_undone_was_never_there() -> None:
    merged = made(1, "merge", 1, 2)
    corrections = Corrections([replace(merged, undone_at=NOW), made(2, "merge", 2, 3)])
    assert corrections.owner(1, ANN) == 1
    assert corrections.merged_into(1) is None
    assert corrections.merged_into(2) == 3


kinds = st.sampled_from(["merge", "split_aliases", "split_mentions", "drop_alias"])


@given(st.permutations(range(4)), st.lists(kinds, min_size=4, max_size=4))
def test_corrections_of_different_entities_may_change_places(
    order: list[int], chosen: list[EntityCorrectionKind]
) -> None:
    # Each touches a pair of entities of its own.
    def log(numbers: list[int]) -> Corrections:
        return Corrections(
            made(n, chosen[each], 10 * each + 1, 10 * each + 2) for n, each in enumerate(numbers, 1)
        )

    as_made, otherwise = log(list(range(4))), log(order)
    for entity in (10 * each + 1 for each in range(4)):
        assert as_made.owner(entity, ANN) == otherwise.owner(entity, ANN)
