"""What each layer mends, on sentences of our own."""

from collections.abc import Callable

import pytest

from app.domain.annotation import Cluster
from app.resolve.within import LAYERS

type Resolve = Callable[[str], tuple[Cluster, ...]]


def groups(clusters: tuple[Cluster, ...]) -> dict[str, list[str]]:
    return {c.name: [m.text for m in c.mentions] for c in clusters}


def types(clusters: tuple[Cluster, ...]) -> dict[str, str]:
    return {c.name: c.type for c in clusters}


def test_layers_have_names_of_their_own() -> None:
    assert len(set(LAYERS)) == len(LAYERS)


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        # headlines
        ("Maria Silva Dies at 90\n\nMaria Silva, a singer, died.", "Maria Silva", 2),
        ("ACTRESS MARIA SILVA DIES AT 90\n\nMaria Silva died on Friday.", "Maria Silva", 2),
        # a well-known surname belongs to whom the text gives it
        ("Michelle Obama spoke in Ohio. Obama was cheered.", "Michelle Obama", 2),
        ("Obama spoke in Ohio. Obama was cheered.", "Barack Obama", 2),
        # a company named after people
        (
            "Ford Motor Company cut jobs. Ford said so on Monday. Its head is Clay Ford.",
            "Ford Motor Company",
            2,
        ),
        ("Anna Ford wrote a book. Ford said so on Monday.", "Anna Ford", 2),
        # fathers and sons
        (
            "Trump met Russians. His son Donald Trump Jr. denied it. Trump was in Ohio.",
            "Donald Trump",
            2,
        ),
        ("John F. Kennedy Jr. died in 1999.", "John F. Kennedy", 0),
        ("Mr. Carter said no. Ash Carter is the defense secretary.", "Ash Carter", 2),
        # middle names
        ("Regina M. Costa took office. Regina Costa smiled.", "Regina M. Costa", 2),
        # what the text defines is so throughout it
        ("The National Rail Agency (NRA) cut trains. The NRA is broke.", "National Rail Agency", 3),
    ],
)
def test_mentions_are_counted_for_their_owner(
    read: Resolve, text: str, name: str, mentions: int
) -> None:
    assert len(groups(read(text)).get(name, [])) == mentions


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "George H. W. Costa met George W. Costa on Friday. Then Costa left.",
            {"George H. W. Costa", "George W. Costa"},
        ),
        (
            "John Smith Sr. and John Smith Jr. were in court on Monday. Smith said nothing.",
            {"John Smith Sr.", "John Smith Jr."},
        ),
        (
            "Marta Petrov was found dead. Petrov killed Marta Petrov in May, police said.",
            {"Marta Petrov"},
        ),
        ("Khaled al-Sadiq ran the museum. Khaled, a baker, fled.", {"Khaled al-Sadiq"}),
        ("Petrov was jailed. He had killed his wife, Marta Petrov.", {"Marta Petrov"}),
    ],
)
def test_surname_is_nobodys_where_it_could_be_two_peoples(
    read: Resolve, text: str, people: set[str]
) -> None:
    found = groups(read(text))
    assert people <= found.keys()
    assert all(set(found[name]) == {name} for name in people)


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("The Malian army left. A Malian doctor stayed.", "Malian army", "ORG"),
        ("The Tabka Dam broke on Monday.", "Tabka Dam", "FAC"),
        ("He was born in the village of Runmor and left it.", "Runmor", "GPE"),
        ("The singer Lenka Dusk sang.", "Lenka Dusk", "PERSON"),
        ("They read it in the weekly publication, Al Fajr, on Friday.", "Al Fajr", "ORG"),
        ("Paris Hilton came to Paris.", "Paris", "GPE"),
        ("They rebuilt the Temple of Zaruun in May.", "Temple of Zaruun", "FAC"),
        ("We met at the Corner Café on Monday.", "Corner Café", "FAC"),
        ("The ferry Saint Orla left on Monday.", "Saint Orla", "PRODUCT"),
        ("The Saint Orla, with 90 people on board, hit a rock.", "Saint Orla", "PRODUCT"),
        ("A second ship, the Saint Orla, came to help.", "Saint Orla", "PRODUCT"),
        ("She ran onto the Velmouth breakwater on Monday.", "Velmouth", "GPE"),
        ("A storm came.\n\nVELMOUTH, 16 October (Agency) – It rained.", "VELMOUTH", "GPE"),
        ("The Zarnex Group of Lyon grew. Zarnex owns plants in Poland.", "Zarnex Group", "ORG"),
        (
            "The people who work at Zarnex Rail Works want a rise in pay.",
            "Zarnex Rail Works",
            "ORG",
        ),
        ("The fare is set by Dunmore Line, the firm said.", "Dunmore Line", "ORG"),
    ],
)
def test_types_follow_the_words_around(read: Resolve, text: str, name: str, type_: str) -> None:
    assert types(read(text)).get(name) == type_


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("WHERE IS HE? US AGAINST THEM, THEY SAY.", "IS"),
        ("They may go in May. Will he?", "Will"),
        ("The TV in the hall was on. TV is dull.", "TV"),
        ("General and major failures were found.", "General"),
        ("Union says it will strike\n\nThe union met on Monday.", "Union"),
        ("She asked me, Dad, what is that?", "Dad"),
    ],
)
def test_common_words_are_no_names(read: Resolve, text: str, surface: str) -> None:
    assert surface not in {m.text for c in read(text) for m in c.mentions}


@pytest.mark.parametrize(
    "headline",
    [
        "Government Forces Retake Palmyra",
        "Rebel Army at the Edge of Palmyra",
        "Palmyra Rail Workers Walk",
    ],
)
def test_headline_holds_the_name_alone(read: Resolve, headline: str) -> None:
    text = f"{headline}\n\nThe forces came to the edge of Palmyra on Monday. Palmyra is a town."
    found = groups(read(text))
    assert found["Palmyra"] == ["Palmyra"] * 3
    assert not any("Palmyra" in name for name in found if name != "Palmyra")


def test_longer_name_holds_a_shorter_one(read: Resolve) -> None:
    text = (
        "Acme went bankrupt on Monday. The New Acme would be smaller, its head said. "
        "Nobody knows when the New Acme would open."
    )
    found = groups(read(text))
    assert found.get("New Acme", []) == ["New Acme"] * len(found.get("New Acme", []))
    assert len(found.get("Acme", [])) <= 1
