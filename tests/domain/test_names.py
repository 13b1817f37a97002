import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import fold, name_key, name_skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Islamic State", "Islamic State"),
        ("U.S.", "US"),
        ("Assad's", "Assad"),
        ("Médecins Sans Frontières", "medecins sans frontieres"),
        ("al-Nusra Front", "Al Nusra Front"),
        ("The Hague", "Hague"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Khaled", "Khaled al-Asaad"), ("Iran", "Iraq"), ("Austria", "Australia")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Bashar Asad", "Bashar al-Assad"), ("Palmira", "Palmyra")]
)
def test_near_spellings_share_a_skeleton(one: str, other: str) -> None:
    assert name_skeleton(one) == name_skeleton(other)


@given(st.text(min_size=1))
def test_a_key_is_a_key_of_itself_for_case(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1))
def test_every_word_has_a_key_and_a_skeleton(name: str) -> None:
    assert name_key(name)
    assert name_skeleton(name)
