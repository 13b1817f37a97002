from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.annotation import TYPES, Cluster

type Resolve = Callable[[str], tuple[Cluster, ...]]

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
# Shreds of the kind that layers cut and join, in any order.
SHREDS = st.lists(
    st.sampled_from(
        [
            "Bashar al-",
            "Assad",
            "IS",
            "ISIS",
            "(",
            ")",
            "'s",
            "’",
            "Iran-backed",
            "the ",
            "\n\n",
            "Syrian",
            "army",
            "President ",
            "U.S.",
            " ",
            "-",
            ".",
            "EU",
            "Maria Silva",
            "SILVA",
        ]
    ),
    max_size=25,
).map("".join)


def groups(clusters: tuple[Cluster, ...]) -> dict[str, list[str]]:
    return {c.name: [m.text for m in c.mentions] for c in clusters}


@settings(max_examples=120, deadline=None)
@given(text=TEXTS | SHREDS)
def test_every_mention_is_its_surface(read: Resolve, text: str) -> None:
    mentions = sorted(
        [mention for cluster in read(text) for mention in cluster.mentions],
        key=lambda m: m.start,
    )
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.type in TYPES
        end = mention.end


def test_islamic_state_is_one_under_all_its_names(read: Resolve) -> None:
    text = (
        "Fighters of the Islamic State (IS) left the town on Monday. IS had held it for a year, "
        "and what is left of it is rubble. ISIS said nothing; ISIL never does. "
        "Residents say the Islamic State's men burned the school."
    )
    found = groups(read(text))["Islamic State"]
    assert found == ["Islamic State", "IS", "IS", "ISIS", "ISIL", "Islamic State"]


def test_short_form_in_capitals_is_not_found_in_a_headline_in_capitals(read: Resolve) -> None:
    text = "WHERE IS THE MONEY OF THE BANK\n\nThe Islamic State (IS) lost its bank, and IS fled."
    (cluster,) = [c for c in read(text) if c.name == "Islamic State"]
    assert [m.start for m in cluster.mentions if m.text == "IS"] == [
        text.index("IS)"),
        text.index("IS fled"),
    ]


def test_surname_joins_the_one_full_name(read: Resolve) -> None:
    text = "Maria Silva leads the council in Porto. Silva said the talks failed. Silva's aide left."
    assert groups(read(text))["Maria Silva"] == ["Maria Silva", "Silva", "Silva"]


def test_surname_of_two_people_joins_neither(read: Resolve) -> None:
    text = "Maria Silva met Pedro Silva in Porto. Later Silva said that the talks had failed."
    names = groups(read(text))
    assert names["Maria Silva"] == ["Maria Silva"]
    assert names["Pedro Silva"] == ["Pedro Silva"]


def test_first_name_introduced_as_new_is_someone_else(read: Resolve) -> None:
    text = (
        "Khaled al-Hariri, who runs the museum, left Homs. A resident, identified as Khaled, "
        "told reporters that shells fell every day. Later Khaled fled."
    )
    names = groups(read(text))
    assert names["Khaled al-Hariri"] == ["Khaled al-Hariri"]


def test_abbreviation_defined_in_the_text_is_found_everywhere(read: Resolve) -> None:
    text = (
        "The Northern Rivers Authority (NRA) closed the dam. The NRA gave no reason. "
        "Farmers blame the NRA."
    )
    found = groups(read(text))["Northern Rivers Authority"]
    assert found == ["Northern Rivers Authority", "NRA", "NRA", "NRA"]


@pytest.mark.parametrize(
    ("text", "name", "surface"),
    [
        ("Iran-backed militias entered the town.", "Iran", "Iran"),
        ("The town fell to the United States' allies.", "United States", "United States"),
        ("President Bashar al-Assad's army moved.", "Bashar al-Assad", "Bashar al-Assad"),
        ("Talks with the U.S. broke down on Friday.", "United States", "U.S."),
        ("They came from al-Qaeda in the night.", "al-Qaeda", "al-Qaeda"),
    ],
)
def test_spans_hold_the_name_alone(read: Resolve, text: str, name: str, surface: str) -> None:
    assert groups(read(text)).get(name) == [surface]


def test_people_and_their_country_are_kept_apart(read: Resolve) -> None:
    clusters = {c.name: c for c in read("Syrian troops left Syria, a Russian diplomat said.")}
    assert clusters["Syrian"].type == "NORP"
    assert clusters["Syria"].type == "GPE"
    assert clusters["Syria"].knowledge_id == "place/syria"
