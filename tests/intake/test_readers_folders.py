import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.intake.readers import read_path, read_uploads
from app.intake.rows import Row

SHARED = Path(__file__).parents[2] / "../shared/articles"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def manifest(*rows: Mapping[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def seen(rows: list[Row], folder: Path) -> list[tuple[int, str, str | None]]:
    return [
        (
            row.line,
            Path(row.name or "").relative_to(folder).as_posix(),
            row.submission.text or row.submission.html if row.submission else None,
        )
        for row in rows
    ]


def error(row: Row) -> str:
    assert row.error is not None
    return row.error.detail


def test_folder_without_a_manifest_is_read_in_order(tmp_path: Path) -> None:
    files = {
        "b.txt": "B",
        "a.html": "<p>A",
        "rows.jsonl": manifest({"text": "R1"}, {"text": "R2"}),
        "sub/c.md": "---\ntitle: C\n---\nC",
        "README.md": "about",
        ".hidden": "x",
        ".git/config.txt": "x",
    }
    rows = list(read_path(write(tmp_path, files)))
    assert seen(rows, tmp_path) == [
        (1, "a.html", "<p>A"),
        (2, "b.txt", "B"),
        (1, "rows.jsonl", "R1"),
        (2, "rows.jsonl", "R2"),
        (4, "sub/c.md", "<p>C</p>\n"),
    ]


def test_folder_says_which_file_is_no_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A", "c.txt": "C"})
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
    rows = list(read_path(tmp_path))
    assert seen(rows, tmp_path) == [(1, "a.txt", "A"), (2, "b.pdf", None), (3, "c.txt", "C")]
    assert "PDF" in error(rows[1])


@pytest.mark.parametrize("name", ["articles.jsonl", "manifest.jsonl"])
def test_manifest_names_its_files(tmp_path: Path, name: str) -> None:
    row = {"file": "texts/a.txt", "source": "The Courier", "url": None}
    write(tmp_path, {"texts/a.txt": "A", "other.txt": "O", name: manifest(row, {"text": "B"})})
    for path in (tmp_path, tmp_path / name):
        rows = list(read_path(path))
        assert seen(rows, tmp_path) == [(1, name, "A"), (2, name, "B")]
        assert rows[0].submission is not None
        assert rows[0].submission.source == "The Courier"


def test_manifest_row_goes_before_front_matter(tmp_path: Path) -> None:
    file = "---\ntitle: Old\nsubtitle: Under\n---\nText"
    write(tmp_path, {"a.md": file, "articles.jsonl": manifest({"file": "a.md", "title": "New"})})
    (row,) = read_path(tmp_path)
    assert row.submission is not None
    assert (row.submission.title, row.submission.subtitle) == ("New", "Under")


@pytest.mark.parametrize(
    "named",
    [
        "../secret.txt",
        "texts/../../secret.txt",
        "/etc/hostname",
        "..\\secret.txt",
        "C:/secret.txt",
        "link.txt",
        "linked/secret.txt",
        "missing.txt",
        "texts",
        "a.pdf",
        "a\x00.txt",
        "x" * 5000 + ".txt",
        "",
        ".",
        7,
        ["a.txt"],
    ],
)
def test_manifest_reaches_nothing_outside(tmp_path: Path, named: object) -> None:
    write(tmp_path, {"secret.txt": "S", "folder/texts/a.txt": "A"})
    folder = tmp_path / "folder"
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    write(folder, {"articles.jsonl": manifest({"file": named}, {"text": "next"})})
    rows = list(read_path(folder))
    assert [row.submission and row.submission.text for row in rows] == [None, "next"]
    assert rows[0].error is not None
    assert [field.pointer for field in rows[0].error.errors] == ["#/file"]


def test_folder_leaves_out_what_links_lead_to_outside(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "S", "folder/a.txt": "A"})
    (tmp_path / "folder/b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "folder/c.txt").symlink_to(tmp_path / "folder/a.txt")
    rows = list(read_path(tmp_path / "folder"))
    assert [row.submission and row.submission.text for row in rows] == ["A", None, "A"]
    assert "outside" in error(rows[1])


def test_manifest_row_with_text_and_file(tmp_path: Path) -> None:
    row = {"file": "a.txt", "text": "B"}
    write(tmp_path, {"a.txt": "A", "articles.jsonl": manifest(row)})
    assert "stands in the row too" in error(next(read_path(tmp_path)))


def test_path_that_is_not_there(tmp_path: Path) -> None:
    (row,) = read_path(tmp_path / "none.txt")
    assert row.name == str(tmp_path / "none.txt")
    assert "No such file" in error(row)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
        (b'[{"text": "a"},\n{"text": "b"}]', ["a", "b"]),
        (b"Just words.\nTwo lines.", ["Just words.\nTwo lines."]),
        (b"text;title\na;T\n", ["a"]),
    ],
)
def test_standard_input_is_sniffed(content: bytes, expected: list[str]) -> None:
    rows = list(read_path("-", stdin=io.BytesIO(content)))
    assert [row.submission and row.submission.text for row in rows] == expected
    assert {row.name for row in rows} == {None}


def test_rows_come_before_a_pipe_has_ended() -> None:
    pieces = [b'{"text": "a"}\n', b'{"text": "b"}\n']

    class Pipe(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: Buffer
            piece = pieces.pop(0)
            buffer[: len(piece)] = piece
            return len(piece)

    row = next(read_path("-", stdin=io.BufferedReader(Pipe())))
    assert row.submission is not None
    assert pieces == [b'{"text": "b"}\n']


def test_uploads_keep_names_and_places() -> None:
    rows = list(
        read_uploads([("a.txt", io.BytesIO(b"A")), ("b.jsonl", io.BytesIO(b'\n{"text": "B"}'))])
    )
    assert [(row.line, row.name) for row in rows] == [(1, "a.txt"), (2, "b.jsonl")]


def test_uploaded_manifest_finds_the_files_sent_with_it() -> None:
    rows = list(
        read_uploads(
            [
                ("in/t/a.txt", io.BytesIO(b"A")),
                (
                    "in/articles.jsonl",
                    io.BytesIO(manifest({"file": "t/a.txt"}, {"file": "no.txt"}).encode()),
                ),
            ]
        )
    )
    assert [row.submission and row.submission.text for row in rows] == ["A", None]


def test_the_two_articles_come_with_source_and_day() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/articles is not here")
    rows = list(read_path(SHARED))
    found = [row.submission for row in rows if row.submission]
    assert [s.source for s in found] == ["VICE News", "Inquisitr"]
    assert [s.published and s.published.day.isoformat() for s in found] == ["2016-03-24"] * 2
    assert [s.text.encode() for s in found if s.text] == [
        path.read_bytes() for path in sorted(SHARED.glob("*.txt"))
    ]
