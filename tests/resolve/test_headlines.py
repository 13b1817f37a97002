"""Names in headlines, alone and above a body, on headlines of our own."""

from collections.abc import Callable

import pytest

from app.domain.annotation import Cluster
from app.resolve.found import FoundName
from app.resolve.headline_over_body import headline_over_body
from tests.resolve.by_hand import annotated, found, surfaces_of

type Resolve = Callable[[str], tuple[Cluster, ...]]

_BODY = "The minister, Lena Varga, wants to cut what any pension pays, and asks for a debate."


def over_body(headline: str, body: str = _BODY, **types: str) -> list[tuple[str, str]]:
    """The names of the headline, once the body has been read."""
    text = annotated(f"{headline}\n\n{body}")
    names: list[FoundName] = found(text, Lena_Varga="PERSON", Lindau="GPE", **types)
    return [
        surface
        for surface, name in zip(
            surfaces_of(text, headline_over_body(text, names)),
            headline_over_body(text, names),
            strict=True,
        )
        if name.end <= len(headline)
    ]


def test_a_headline_renames_nobody() -> None:
    assert over_body("Varga Pension Assault Begins", Varga_Pension_Assault="ORG") == [
        ("Varga", "PERSON")
    ]


def test_a_headline_names_no_words_of_the_body() -> None:
    assert over_body("Pension Assault Stuns Voters", Pension_Assault="PERSON") == []


def test_a_name_that_is_no_word_stays() -> None:
    name = {"Skorvane": "ORG"}
    assert over_body("Skorvane Cuts Pension Plan", **name) == [("Skorvane", "ORG")]


def test_a_name_in_full_stays_over_a_body_with_the_surname() -> None:
    body = "The minister, Varga, wants to cut what any pension pays, and asks for a debate."
    names = {"Lena_Varga": "PERSON"}
    text = annotated(f"Lena Varga Cuts Pension Plan\n\n{body}")
    spans = found(text, Varga="PERSON", **names)
    assert surfaces_of(text, headline_over_body(text, spans))[0] == ("Lena Varga", "PERSON")


def test_a_body_of_another_town_keeps_its_name() -> None:
    body = "In Lindau nobody knew of it, the minister said, and asked for more time to read it."
    headline = "Lindau Police Union Wins Case"
    assert over_body(headline, body, Lindau_Police_Union="ORG") == [("Lindau Police Union", "ORG")]


def test_a_headline_without_a_body_is_left() -> None:
    assert over_body("Pension Assault Stuns Voters", "More soon.", Pension_Assault="ORG") == [
        ("Pension Assault", "ORG")
    ]


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        (
            "Dravik Quits Over Leak\n\nAnton Dravik resigned on Monday after a leak of papers. "
            "Dravik had been minister for a year.",
            "Anton Dravik",
            ["Dravik", "Anton Dravik", "Dravik"],
        ),
        (
            "TESSARO WINS LINDAU VOTE\n\nCarla Tessaro won the vote in Lindau on Sunday, officials "
            "said. Ms. Tessaro thanked them.",
            "Carla Tessaro",
            ["TESSARO", "Carla Tessaro", "Tessaro"],
        ),
        ("Bexmoor Recalls Kettles in Brazil After Fires", "Bexmoor", ["Bexmoor"]),
        ("Bexmoor and Dunmore Clash Over Schools in Debate", "Bexmoor", ["Bexmoor"]),
    ],
)
def test_whom_a_headline_tells_of(read: Resolve, text: str, name: str, parts: list[str]) -> None:
    found = {cluster.name: [m.text for m in cluster.mentions] for cluster in read(text)}
    assert found.get(name) == parts
