"""The two real articles: what each calls the parties, and who does what."""

from pathlib import Path

import pytest

from tests.annotate.portrayed import Portray, Portrayed

ARTICLES = Path(__file__).parents[4] / "shared" / "articles"

pytestmark = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the two real articles lie beside the project: ../shared/articles"
)


def read(portray: Portray, opening: str) -> Portrayed:
    (path,) = ARTICLES.glob(f"{opening}_*.txt")
    return portray(path.read_text(encoding="utf-8"))


def test_labels_of_the_first(portray: Portray) -> None:
    called = read(portray, "000").called()
    texts = {(kind, text) for _, kind, text in called}
    assert ("IS", "description", "extremist group") in called
    assert ("head", "Syrian regime") in texts
    assert ("title", "President") in texts
    assert ("Iran", "apposition", "key regime ally") in called
    assert not any("government" in text for _, text in texts)


def test_labels_of_the_second(portray: Portray) -> None:
    called = read(portray, "001").called()
    texts = {(kind, text) for _, kind, text in called}
    assert {("head", "Assad government"), ("head", "Assad regime")} <= texts
    assert ("Khaled al-Asaad", "apposition", "Palmyra Antiquities Director") in called
    assert not any(text == "extremist group" for _, text in texts)


def test_roles_of_the_second(portray: Portray) -> None:
    done = read(portray, "001").done()
    assert {
        ("ISIS", "agent", "behead"),
        ("Khaled al-Asaad", "patient", "behead"),
        ("ISIS", "agent", "implant"),
        ("Palmyra", "patient", "enter"),
    } <= done
