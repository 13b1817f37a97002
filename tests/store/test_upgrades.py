"""A collection of every earlier version becomes one of this version, and says what it said."""

from pathlib import Path
from typing import Any

import pytest

import migrations
from app.domain.comparison import ArticleRef
from app.services.compare import compare_stored
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.databases import asked, on_postgresql
from tests.services.test_retention import orphans
from tests.store.desk import add, analyse_all, document
from tests.store.recount import assert_counts_hold
from tests.store.upgrades.collections import kept, old_collection
from tests.store.upgrades.seen import FINDINGS, seen

# What an earlier version stores nothing of. PostgreSQL came with 0007.
WITHOUT = {
    **dict.fromkeys(("quotes", *FINDINGS), 3),
    "corrections": 2,
}
EARLIER = range(7 if on_postgresql() else 1, int(migrations.HEAD))


def told(number: int) -> dict[str, Any]:
    """What version 0009 saw in these articles, without what `number` did not store."""

    def nothing(value: Any) -> Any:
        return [[] for _ in value] if isinstance(value, list) else 0

    return {
        name: nothing(value) if WITHOUT.get(name, 0) > number else value
        for name, value in kept()["seen"].items()
    }


def compared(store: Store) -> Any:
    """The articles on Palmyra, side by side, in all that was found in them."""
    with store.read() as s:
        return compare_stored(s, articles=[ArticleRef(1), ArticleRef(2)])


@pytest.mark.parametrize("number", EARLIER)
def test_what_an_earlier_version_stored_is_read_as_before(tmp_path: Path, number: int) -> None:
    url = old_collection(tmp_path, number)
    upgrade(url)
    with Store(url) as store:
        assert seen(store) == told(number)
        assert orphans(store) == []
        if not on_postgresql():
            assert asked(url, "PRAGMA integrity_check") == [("ok",)]
            assert asked(url, "PRAGMA foreign_key_check") == []
        with store.write() as s:
            made = add(s, document("Kellin met Venn in Palmyra.", identity="new"))
            assert made.id == max(row["id"] for row in kept()["rows"]["article"]) + 1
            assert made.id in analyse_all(s, {"Kellin": None, "Palmyra": None})
        with store.read() as s:
            if number >= 4:  # before it there were no profiles to count by
                assert_counts_hold(s)


def test_a_comparison_of_what_was_stored_is_the_same_from_every_version(tmp_path: Path) -> None:
    answers = []
    for number in range(max(EARLIER.start, 3), EARLIER.stop):
        folder = tmp_path / str(number)
        folder.mkdir()
        url = old_collection(folder, number)
        upgrade(url)
        with Store(url) as store:
            answers.append(compared(store))
    assert all(each == answers[-1] for each in answers)
    assert answers[-1].entities.shared
    assert answers[-1].statements.shared


def test_what_this_version_stores_is_kept_for_the_next(tmp_path: Path) -> None:
    """The newest file is of the schema that there is now, or of one with the same rows."""
    url = old_collection(tmp_path, int(migrations.HEAD))
    with Store(url) as store:
        assert seen(store) == told(int(migrations.HEAD))
