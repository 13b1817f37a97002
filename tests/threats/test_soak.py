"""Readers, writers and corrections at once, as `make soak` has them, for a short time."""

from pathlib import Path

import pytest

from benchmarks.soak.run import Limits, soak

_SECONDS = 40
_MUST = {"list", "article", "compare articles", "compare story", "send", "delete", "merge", "undo"}


@pytest.mark.slow
def test_nothing_fails_and_memory_is_bounded(tmp_path: Path) -> None:
    report = soak(tmp_path, _SECONDS, readers=3)
    # How long an answer takes is the machine's affair here; `make soak` measures it.
    assert report.breaches(Limits(seconds=float("inf"))) == []
    assert report.notes.seconds.keys() >= _MUST
