import json
from pathlib import Path

import pytest

from evaluation import floors
from evaluation.measures import ASKED

RISING = {"F1": True, "false": False}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    rows = {"noise": 0.01, "corpora": {"a": "1"}, "floors": {"F1": 0.9, "false": 0.02}}
    path.write_text(json.dumps(rows))
    return path


@pytest.mark.parametrize(
    ("figures", "faults"),
    [
        ({"F1": 0.9, "false": 0.02}, 0),
        ({"F1": 0.891, "false": 0.029}, 0),
        ({"F1": 0.88, "false": 0.02}, 1),
        ({"F1": 0.95, "false": 0.04}, 1),
        ({"F1": 0.5, "false": 0.5}, 2),
    ],
)
def test_only_what_is_worse_than_the_noise_breaches(
    kept: Path, figures: dict[str, float], faults: int
) -> None:
    assert len(list(floors.breaches(figures, {"a": "1"}, rising=RISING, path=kept))) == faults


def test_other_data_is_told(kept: Path) -> None:
    (fault,) = floors.breaches({"F1": 0.9, "false": 0.02}, {"a": "2"}, rising=RISING, path=kept)
    assert fault.startswith("a is not the corpus")


def test_figures_become_floors(kept: Path) -> None:
    floors.write({"F1": 0.95, "false": 0.01}, {"a": "2"}, path=kept)
    assert (
        list(floors.breaches({"F1": 0.95, "false": 0.01}, {"a": "2"}, rising=RISING, path=kept))
        == []
    )
    assert json.loads(kept.read_text())["noise"] == 0.01


def test_every_figure_asked_for_has_its_floor() -> None:
    assert json.loads(floors.PATH.read_text())["floors"].keys() == ASKED.keys()
