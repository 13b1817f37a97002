"""Full text: what people type, and what they type wrongly, never reaches SQL as syntax."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.page import ArticleFilter, PageRequest
from app.errors import InvalidInput
from app.services import query
from app.store.engine.sessions import Store
from app.store.engine.text_query import TextQuery, parse_query
from tests.store.desk import add, document, new_store

TEXTS = (
    "Bashar al-Assad's army retook Palmyra.",
    "The army left Palmyra to the Islamic State.",
    "Café owners in Zürich met; 417 people came.",
    "Die Straße nach Łódź. Ночь в Москве.",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("library")) as store:
        with store.write() as s:
            for each in TEXTS:
                add(s, document(each))
        yield store


def ids(store: Store, q: str) -> list[int]:
    with store.read() as s:
        page = query.articles(s, ArticleFilter(q=q), PageRequest(sort="id"))
        return [each.id for each in page.items]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("palmyra", [1, 2]),
        ("PALMYRA army", [1, 2]),
        ("palmyra -state", [1]),
        ("-state palmyra -retook", []),
        ('"islamic state"', [2]),
        ('"state islamic"', []),
        ('palmyra -"islamic state"', [1]),
        ("“islamic state”", [2]),
        ("al-Assad", [1]),
        ("assad's", [1]),
        ("cafe zurich", [3]),
        ("Cafe\u0301", [3]),
        ("москве", [4]),
        ("417", [3]),
        ("palm", []),  # no prefix search: a word is a word
        ("army OR state", []),  # OR is a word like any other, and no text has it
        ("army AND", []),
        ("NEAR(army, state)", []),
        ("army*", [1, 2]),
        ("text:army", []),
        ("(army", [1, 2]),
        ('"army', [1, 2]),
        ("^army", [1, 2]),
        ("army ''; DROP TABLE article; --", []),
        ("army … ☃ -", [1, 2]),
    ],
)
def test_what_a_query_finds(library: Store, q: str, expected: list[int]) -> None:
    assert ids(library, q) == expected


@pytest.mark.parametrize(
    ("q", "says"),
    [
        ("", "no word"),
        ("  ", "no word"),
        ('"" () * :', "no word"),
        ("-army", "not wanted"),
        ('-"islamic state" -army', "not wanted"),
        ("a" + " b".join(map(str, range(60))), "more than 50"),
        ("army\x00", r"U\+0000"),
        ("\ud800", "surrogate"),
    ],
)
def test_a_query_without_anything_to_look_for_is_refused(library: Store, q: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as caught:
        ids(library, q)
    assert caught.value.errors[0].pointer == "?q"


@settings(max_examples=300, deadline=None)
@given(q=st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"-*():^+{}[]\\\'ANDORNEAR ')),
                 max_size=40))  # fmt: skip
def test_no_text_breaks_the_query(library: Store, q: str) -> None:
    with suppress(InvalidInput):
        ids(library, q)


def test_parts_are_kept_once_and_in_order() -> None:
    assert parse_query('b a "c  d" a -e -"f g"') == TextQuery(("b", "a", "c d"), ("e", "f g"))
