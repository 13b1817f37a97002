"""Evidence in the terminal: the words around it, and whose they are."""

import re

import pytest

from app.domain.comparison import ComparedArticle, Spot
from app.terminal.evidence import Evidence
from tests.cli.command import Run

TEXT = (
    "Ferries stay in port\n\n"
    "The [strike] over pay goes on, said Ilse Brandt of the union on Monday.\n\nNobody else spoke."
)


def evidence(title: str | None = "Ferries stay in port") -> Evidence:
    article = ComparedArticle(7, title, "Daily Star", None, None, "daily-star", 1)
    return Evidence.of([article], lambda *_: TEXT)


def spot(surface: str) -> Spot:
    start = TEXT.index(surface)
    return Spot(7, 1, start, start + len(surface), surface)


@pytest.mark.parametrize(
    ("surface", "said"),
    [
        (
            "goes on",
            "The \\[strike] over pay [bold]goes on[/bold], said Ilse Brandt of the union on…",
        ),
        ("Ferries", "[bold]Ferries[/bold] stay in port"),
        ("Nobody", "[bold]Nobody[/bold] else spoke."),
        ("Monday.", "…on, said Ilse Brandt of the union on [bold]Monday.[/bold]"),
    ],
)
def test_words_around_are_whole_and_on_one_line(surface: str, said: str) -> None:
    found = spot(surface)
    place = f"[dim](Ferries stay in port, 7:{found.start}-{found.end})[/dim]"
    assert evidence().around([found]) == f"{said} {place}"


def test_what_has_no_title_goes_by_its_outlet() -> None:
    assert evidence(None).at([spot("Ferries")]) == "[dim](Daily Star, 7:0-7)[/dim]"


def test_three_places_are_shown_and_long_titles_cut() -> None:
    shown = evidence("A title of more than thirty characters").at([spot("port")] * 5)
    assert shown.splitlines() == ["[dim](A title of more than thirty c…, 7:16-20)[/dim]"] * 3


def test_a_comparison_shows_its_evidence_in_words(sample: Run) -> None:
    asked = ("--source", "meridian-dispatch", "--source", "the-daily-lantern", "--top", "3")
    page = sample("compare", *asked, "--section", "entities").stdout
    words = " ".join(page.split())
    assert "sight of the ruins that" in words
    assert "(Syrian Army" in words
    assert len(re.findall(r"\d+:\d+-\d+\)", words)) >= 4


def test_files_show_theirs_too(sample: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("files")
    for name, text in (("one", "Ilse Brandt left Veldhaven."), ("two", "Ilse Brandt came back.")):
        (folder / f"{name}.txt").write_text(f"The mayor\n\nOn Monday {text}", encoding="utf-8")
    files = [str(folder / f"{name}.txt") for name in ("one", "two")]
    page = sample("compare", *files, "--section", "entities").stdout
    assert "On Monday Ilse Brandt left" in " ".join(page.split())
