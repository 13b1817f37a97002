"""What the pages for newcomers say is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("CONTRIBUTING.md", "docs/adding.md", "docs/architecture.md", "docs/design.md")
PATH = re.compile(
    r"`((?:app|benchmarks|docs|evaluation|migrations|tests)(?:/[\w./-]+)?)`"
    r"|\]\((?!https?:)([\w./-]+)\)|\b(docs/[\w/-]+\.md)\b"
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def named(page: str) -> set[Path]:
    """The paths that a page names, each as far as no part of it is a placeholder in capitals."""
    found = set()
    for match in PATH.finditer((ROOT / page).read_text("utf-8")):
        inside, beside = match[1] or match[3], match[2]
        place = ROOT if inside else (ROOT / page).parent
        for part in (inside or beside).split("/"):
            if inside and re.fullmatch(r"[A-Z]{4,}[\w.]*", part):
                break
            place /= part
        found.add(place)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    paths = named(page)
    assert len(paths) >= 5
    assert [str(path) for path in sorted(paths) if not path.exists()] == []


def test_the_map_has_every_part_of_the_application() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    folders = [ROOT / "app", ROOT / "app/pages"]
    parts = [path for folder in folders for path in folder.iterdir() if path.name[0] not in "._"]
    parts = [path for path in parts if path.is_dir() or path.parent.name == "app"]
    names = {str(path.relative_to(ROOT)) for path in parts}
    assert sorted(name for name in names if f"`{name}`" not in text) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_name_that_a_page_places_in_a_file_stands_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for name, path in re.findall(r"`(\w+)`\s+in\s+`(app/[\w/]+\.py)`", text):
        assert re.search(rf"\b{name}\b", (ROOT / path).read_text("utf-8")), f"{name} in {path}"


@pytest.mark.parametrize("page", [*PAGES, "README.md"])
def test_every_target_of_make_that_a_page_names_is_there(page: str) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    wanted = re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text("utf-8"))
    assert set(wanted) <= set(targets)


def test_decisions_have_one_form_of_heading_and_each_its_number() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
    for path in DECISIONS:
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert re.match(rf"# {path.name[:4]}\. \S", first), path.name
