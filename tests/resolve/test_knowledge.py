from pathlib import Path

import pytest

from app.errors import InvalidInput
from app.resolve.knowledge import OWN, Knowledge


def test_own_files_load_and_every_id_is_once(knowledge: Knowledge) -> None:
    rows = [row for path in sorted(OWN.glob("*.jsonl")) for row in path.read_text().splitlines()]
    assert len(knowledge.entries) == len(rows) > 700
    (entry,) = knowledge.named("daesh")
    assert entry.name == "Islamic State"


def test_a_users_file_adds_and_replaces(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(
        '{"id": "place/chad", "name": "Chad", "type": "GPE", "latitude": 15, "longitude": 19}\n'
        '\n{"name": "Lake Works", "type": "ORG", "aliases": ["LW"]}\n'
    )
    own = Knowledge.load([path])
    assert own.version != knowledge.version
    assert own.entries["place/chad"].place is not None
    assert [entry.id for entry in own.named("lw")] == ["org/lake-works"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{", "line 2"),
        ("[]", "not an object"),
        ('{"name": "X"}', "'type'"),
        ('{"name": "X", "type": "TOWN"}', "TOWN"),
        ('{"name": "X", "type": "ORG", "aliases": "Y"}', "aliases"),
        ('{"name": "X", "type": "GPE", "latitude": 91, "longitude": 0}', "range"),
        ('{"name": "X", "type": "GPE", "latitude": 9}', "both"),
        ('{"name": "X", "type": "ORG", "colour": "red"}', "colour"),
    ],
)
def test_bad_row_is_named(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"name": "Fine", "type": "ORG"}\n' + row + "\n")
    with pytest.raises(InvalidInput, match=fault) as raised:
        Knowledge.load([path])
    assert "bad.jsonl, line 2" in str(raised.value)


def test_missing_file_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.jsonl"):
        Knowledge.load(["nowhere.jsonl"])
