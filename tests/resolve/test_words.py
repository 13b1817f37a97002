import pytest

from app.resolve.words import NameIndex, TextWords


def found(text: str, *names: str) -> list[str]:
    index: NameIndex[str] = NameIndex()
    for name in names:
        index.add(name, name)
    words = TextWords.of(text)
    return [
        text[words.starts[match.first] : words.ends[match.last]]
        for match in index.find(text, words)
    ]


@pytest.mark.parametrize(
    ("text", "names", "surfaces"),
    [
        ("IS fled, his ISIS did not.", ["IS"], ["IS"]),
        ("The is of being", ["IS"], []),
        ("the Islamic State of Iraq", ["Islamic State", "Islamic State of Iraq"], None),
        ("SYRIA TALKS", ["Syria"], ["SYRIA"]),
        ("Al-Qaeda and al-Qaeda", ["al-Qaeda"], ["Al-Qaeda", "al-Qaeda"]),
        ("Al Qaeda fled", ["al-Qaeda"], ["Al Qaeda"]),
        ("in the U.S. and the U.S.", ["U.S."], ["U.S", "U.S"]),
        ("It fell. Lucia came.", ["St. Lucia"], []),
        ("It is a state. Lucia came.", ["State Lucia"], []),
        ("New\nYork", ["New York"], []),
        ("Sana’a and Sana'a", ["Sana'a"], ["Sana’a", "Sana'a"]),
        ("AT&T, AT and T", ["AT&T"], ["AT&T"]),
        ("Ba'ath Baath", ["Ba'ath"], ["Ba'ath"]),
    ],
)
def test_names_are_found_at_word_borders(
    text: str, names: list[str], surfaces: list[str] | None
) -> None:
    assert found(text, *names) == (surfaces if surfaces is not None else ["Islamic State of Iraq"])


def test_name_without_letters_is_never_found() -> None:
    assert found("a - b", "-") == []
