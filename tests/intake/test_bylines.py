"""Who wrote it: bylines and statements of authorship."""

import pytest

from app.intake.bylines import byline_people, people


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Nora Quist, Senior Political Correspondent", ("Nora Quist",)),
        ("By Nora Quist and Per Holm, health editor for the Post", ("Nora Quist", "Per Holm")),
        ("By NORA QUIST, P. J. HOLM and EVA LUND", ("Nora Quist", "P. J. Holm", "Eva Lund")),
        ("Words by Nora Quist, photographs by Per Holm and Eva Lund", ("Nora Quist",)),
        ("Story and photos by Nora Quist", ("Nora Quist",)),
        ("By Nora Quist, M.S., R.D.", ("Nora Quist",)),
        ("By Nora Quist in Lund", ("Nora Quist",)),
        ("Photos and text by Nora Quist", ("Nora Quist",)),
        ("By Nora Quist, Ph.D., and Per Holm", ("Nora Quist", "Per Holm")),
        ("By Nora Quist | Photos: Per Holm", ("Nora Quist",)),
        ("By Dr. Nora Quist, Chief Business Writer", ("Dr. Nora Quist",)),
        ("By Nora Quist | 5 March 2024", ("Nora Quist",)),
        ("Von Nora van der Quist und Per Holm", ("Nora van der Quist", "Per Holm")),
        ("By Dana A. Ford, CNN", ("Dana A. Ford",)),
    ],
)
def test_a_byline_names_people_alone(line: str, authors: tuple[str, ...]) -> None:
    assert byline_people(line) == authors


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the bridge had been closed, and by Sunday fenced off",
        "By Staff Writer",
        "By Land and Sea",
        "By and large the plan holds",
        "Nora Quist",
    ],
)
def test_a_line_that_names_nobody_surely_is_no_byline(line: str) -> None:
    assert byline_people(line) is None


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Nora A. Quist", ("Nora A. Quist",)),
        ("Nora Quist, Jr.", ("Nora Quist Jr.",)),
        ("Nora Quist, PhD", ("Nora Quist",)),
        ("Nora Quist PhD", ("Nora Quist",)),
        ("Technology editor Nora Quist", ("Nora Quist",)),
        ("Nora Quist; Per Holm", ("Nora Quist", "Per Holm")),
        ("Nora Quist News reporter", ("Nora Quist",)),
        ("Veröffentlicht von Nora Quist", ("Nora Quist",)),
        ("Nora Quist Associated Press", ("Nora Quist",)),
        ("quist", ("quist",)),
        *((name, ()) for name in ("CNN", "Condé Nast", "Reuters", "The Bridge Post", "News Desk")),
        *(
            (name, ())
            for name in ("BBC News", "Staff Writer", "Political Editor", "nora@post.example")
        ),
    ],
)
def test_stated_authors_are_people(stated: str, authors: tuple[str, ...]) -> None:
    assert people([stated], ["Bridge Post"]) == authors


def test_initials_keep_the_dots_that_the_page_gives_them() -> None:
    assert people(["Nora A Quist", "P J Holm"], (), "By Nora A. Quist") == (
        "Nora A. Quist",
        "P J Holm",
    )
    assert people(["P J Holm"], (), "P. J. Holm ; p.holm") == ("P. J. Holm",)
