"""Words by stem."""

import pytest

from app.domain.stems import stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Assad's army, retook al-Qaida’s", "assad army retook al qaida"),
        ("it's James' O'Brien", "it james o brien"),
        ("l'armée Café Cafe\u0301", "l armee cafe cafe"),
        ("Straße Łódź ŒUVRE İstanbul", "strasse lodz oeuvre istanbul"),
        ("1,500 x_y ½ ﬁne", "1 500 x y 12 fine"),
        ("北京警察 in 東京", "北 京 警 察 in 東 京"),
        ("… ☃ '' \u0301", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_words_are_folded_and_parted(text: str, expected: str) -> None:
    assert list(words(text)) == expected.split()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "ferries ferry nationalism strikes", "ferri ferri nation strike"),
        ("fr", "greves greve manifestaient ecoliers", "grev grev manifest ecoli"),
        ("de", "strassen haeuser", "strass haus"),
        ("ru", "москве ночью", "москв ноч"),
        ("pl", "promy", "promy"),
        (None, "ferries", "ferries"),
    ],
)
def test_stems_are_those_that_indexes_hold(language: str | None, text: str, expected: str) -> None:
    """Where another version of the stemmers makes others, a migration makes the index anew."""
    assert [stem(each, language) for each in text.split()] == expected.split()
