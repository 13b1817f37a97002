from pathlib import Path

import pytest

from app.languages import ALL, content, languages_with, load

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "app" / "data" / "languages"


def test_a_language_without_the_file_has_nothing_there() -> None:
    assert load("nl", "quotes") == {} == load(None, "quotes")
    assert load("../languages/en", "quotes") == {}
    assert load("en", "no_such_title") == {}


def test_languages_are_told_by_the_files_that_are_there() -> None:
    assert languages_with("quotes") == ("en", "fr")
    assert languages_with("references") == ("en",)
    assert ALL not in languages_with("resolution")
    assert load(ALL, "resolution")["suffixes"]


def test_a_file_is_read_once() -> None:
    assert load("en", "dates") is load("en", "dates")
    assert content("en", "dates").startswith(b"{")


@pytest.mark.parametrize(
    "file",
    sorted(
        {
            f"{ALL if path.parent.name == ALL else 'LANG'}/{path.name}"
            for path in FOLDER.glob("*/*.json")
        }
    ),
)
def test_the_page_of_languages_tells_what_each_file_holds(file: str) -> None:
    page = (ROOT / "docs" / "languages.md").read_text("utf-8")
    assert f"| `languages/{file}` |" in page


def test_only_the_loader_reads_the_folder_of_languages() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if '"languages"' in path.read_text("utf-8")
    ]
    assert readers == ["app/languages.py"]
