"""A Ray cluster that does not come about is told in words."""

import pytest

from app.errors import Unavailable
from app.jobs.cluster import cluster

ray = pytest.importorskip("ray", reason="Ray, of parallax[ray], is not installed for this Python")


@pytest.mark.parametrize("kind", [Exception, ConnectionError])
def test_a_node_that_does_not_start_is_told(
    monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def never(*_: object, **__: object) -> None:
        raise kind("The current node timed out during startup.")

    monkeypatch.setattr(ray, "init", never)
    with (
        pytest.raises(Unavailable, match="no Ray cluster can be reached: The current node"),
        cluster(None, 1),
    ):
        pass


def test_a_fault_of_ours_is_not_taken_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise TypeError("a parameter that Ray has not")

    monkeypatch.setattr(ray, "init", wrong)
    with pytest.raises(TypeError), cluster(None, 1):
        pass
