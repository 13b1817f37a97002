"""Full text: every query has its answer, or is refused with the place of what is wrong in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.page import ArticleFilter, PageRequest
from app.errors import InvalidInput
from app.services import query
from app.store.analyses.write import store_analysis
from app.store.articles.write import delete_article
from app.store.engine.packing import pack
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.store.engine.text_query import parse_query
from tests.store.desk import add, document, found, new_store, old_database

TEXTS = (
    "Bashar al-Assad's army retook Palmyra.",
    "The army left Palmyra to the Islamic State.",
    "Café owners in Zürich met; 417 people came.",
)
COUNT = 5


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("library")) as store:
        with store.write() as s:
            for each in TEXTS:
                add(s, document(each))
            add(s, document("Die Straße nach Łódź. Ночь в Москве.", source=None, language="pl"))
            title = "Ferries halted"
            text = "Striking crews stay ashore; la grève continue."
            add(s, document(text, title=title, source="Le Quai"))
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
        ("PALMYRA AND army", [1, 2]),
        ("retook OR café", [1, 3]),
        ("retook OR cafe people", [1, 3]),  # AND binds before OR
        ("(retook OR state) palmyra", [1, 2]),
        ("(retook OR café) state", []),
        ("palmyra -state", [1]),
        ("palmyra NOT state", [1]),
        ("palmyra -(state OR retook)", []),
        ("-state palmyra -retook", []),
        ("-palmyra", [3, 4, 5]),
        ("-palmyra OR retook", [1, 3, 4, 5]),
        ("palmyra (-state OR islamic)", [1, 2]),
        ('"islamic state"', [2]),
        ('"state islamic"', []),
        ('palmyra -"islamic state"', [1]),
        ("“islamic state”", [2]),
        ("« islamic state »", [2]),
        ("al-Assad", [1]),
        ("assad's", [1]),
        ("assad", [1]),
        ("cafe zurich", [3]),
        ("Cafe\u0301", [3]),
        ("москве", [4]),
        ("lodz", [4]),
        ("417", [3]),
        ("12:30 OR 417", [3]),
        ("palm", []),  # a word is a word
        ("palm*", [1, 2]),
        ("owne*", [3]),  # its stem, 'owner', is as good as gone in 'owned'
        ("striki*", [5]),  # no stem begins so, but a word does
        ('"islamic sta*"', [2]),
        ('"state isl*"', []),
        ("al-Ass*", [1]),
        ("zzz*", []),
        ("ferry", [5]),
        ("ferries strikes", [5]),
        ("grève", [5]),
        ("greves", [5]),
        ("army and left", []),  # only in capitals an operator
        ("army … ☃ - left", [2]),
        ("Palmyra: army", [1, 2]),
        ("title:ferries", [5]),
        ("title:striking", []),
        ("TITLE:(ferry OR palmyra)", [5]),
        ('title:"ferries halt*"', [5]),
        ('"halted striking"', []),  # no phrase reaches from the title into the body
        ("source:daily-star army", [1, 2]),
        ('source:"Daily Star" -palmyra', [3]),
        ("source:(daily-star OR le-quai)", [1, 2, 3, 5]),
        ("-source:daily-star", [4, 5]),
        ("ferry OR (source:daily-star retook)", [1, 5]),
    ],
)
def test_what_a_query_finds(library: Store, q: str, expected: list[int]) -> None:
    assert ids(library, q) == expected


@pytest.mark.parametrize(
    ("q", "says"),
    [
        ("", "no word"),
        ("  ", "no word"),
        ("… ☃", "no word"),
        ('army ""', r"character 5 .*no letter or digit"),
        ("army AND", "character 5 of the query: .* follow AND"),
        ("OR army", "character 0 of the query"),
        ("army (OR state)", "character 5 of the query"),
        ("army OR AND state", "character 5 of the query"),
        ("army -", None),
        ("army --state", "character 5 of the query: -"),
        ("(army", "character 0 of the query: .* never closed"),
        ("army) state", "character 4 of the query: .* none that was opened"),
        ('the "army', "character 4 of the query: .* no closing"),
        ("NEAR(army, state)", "character 0 of the query: .* no NEAR"),
        ("text:army", "character 0 of the query: .* no field text:"),
        ("title: army", "character 6 of the query: .* follow title:"),
        ("title:(army source:x)", "character 12 of the query"),
        ("army source:nowhere", "character 12 of the query: .* no source 'nowhere'"),
        ("source:dai*", "character 10 of the query"),
        ("*my", r"character 0 of the query: \* stands only"),
        ("a*my", r"character 1 of the query: \* stands only"),
        ('"a* my"', r"character 2 of the query: \* stands only"),
        ("☃ ^army", r"character 2 of the query: '\^' means nothing"),
        ("army || state", r"character 5 of the query: '\|'"),
        ("+army", r"character 0 of the query: '\+'"),
        ("army~2", "character 4 of the query: '~'"),
        ("(" * 30 + "army" + ")" * 30, "character 20 of the query: parentheses"),
        ("a" + " b".join(map(str, range(60))), "more than 50"),
        ("army\x00", r"U\+0000"),
        ("\ud800", "surrogate"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    library: Store, q: str, says: str | None
) -> None:
    if says is None:
        assert ids(library, q) == [1, 2]
        return
    with pytest.raises(InvalidInput, match=says) as caught:
        ids(library, q)
    assert caught.value.errors[0].pointer == "?q"


_PIECES = [
    *("army", "ferr", "Grève", '"', "(", ")", "*", "-", ":", "title:", "source:", "daily-star"),
    *(" ", " OR ", " AND ", " NOT ", "'s", "☃", "^", "NEAR", "北京", "\u0301", "ﬁ", "½", "ـ"),
]


@settings(max_examples=400, deadline=None)
@given(
    q=st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
)
def test_any_text_has_an_answer_or_is_refused_with_its_place(library: Store, q: str) -> None:
    with suppress(InvalidInput):
        assert set(ids(library, q)) <= set(range(1, COUNT + 1))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["army", "palmyra", "ferr*", '"islamic state"', "source:le-quai"]),
                min_size=2, max_size=4, unique=True))  # fmt: skip
def test_the_operators_mean_what_sets_mean(library: Store, parts: list[str]) -> None:
    every: set[object] = set(range(1, COUNT + 1))
    found: list[set[object]] = [set(ids(library, part)) for part in parts]
    assert set(ids(library, " ".join(parts))) == set.intersection(*found)
    assert set(ids(library, " OR ".join(parts))) == set.union(*found)
    assert set(ids(library, f"-({' OR '.join(parts)})")) == every - set.union(*found)
    assert set(ids(library, f"{parts[0]} -{parts[1]}")) == found[0] - found[1]


def test_a_beginning_of_too_many_words_asks_for_more_letters(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write() as s:
            add(s, document(" ".join(f"q{n:05}x" for n in range(1_001))))
        assert ids(store, "q000*") == [1]
        with pytest.raises(InvalidInput, match="character 7 of the query: more than 1,000 words"):
            ids(store, "q0000x q*")


def test_reading_a_query_takes_time_in_proportion_to_its_length() -> None:
    for hard in ("(" * 100_000, '"' * 99_999, "-" * 100_000, "a:" * 50_000, "*" * 100_000):
        with pytest.raises(InvalidInput):
            parse_query(hard)


def test_the_index_follows_the_language_that_the_analysis_finds(tmp_path: Path) -> None:
    text = "Les écoliers manifestaient."
    with new_store(tmp_path) as store:
        with store.write() as s:
            add(s, document(text, language=None))
            add(s, document("Autre.", language="fr"))
        assert ids(store, "manifester") == []
        with store.write() as s:
            made = found(1, 1, text, {})
            store_analysis(s, [replace(made, analysis=replace(made.analysis, language="fr"))])
        assert ids(store, "manifester") == [1]
        with store.write() as s:
            delete_article(s, 1)
        assert ids(store, "manifester OR ecolier*") == []


def test_an_index_of_words_becomes_one_of_stems(tmp_path: Path) -> None:
    url = old_database(tmp_path, "0006")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old, old:
        old.execute(
            "CREATE VIRTUAL TABLE article_search USING fts5(text, content='', columnsize=0, "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        for number in range(1, 1_203):  # more than are read at a time
            text = "Ferries\n\nThe crews." if number == 1_000 else "Trains\n\nThe crews."
            old.execute(
                "INSERT INTO article (id, state, word_count, revision, body_start, created_at, "
                "identity, content_hash, authors) VALUES (?, 'ready', 3, 2, 9, 0, ?, '', '[]')",
                (number, str(number)),
            )
            old.execute("INSERT INTO article_search (rowid, text) VALUES (?, ?)", (number, text))
            for revision in (1, 2):
                old.execute(
                    "INSERT INTO revision (article_id, number, word_count, body_start, lead_start, "
                    "lead_end, created_at, content_hash, cleaner, raw_kind, text, context, "
                    "removed, offsets, raw) "
                    "VALUES (?, ?, 3, 9, 9, 9, 0, '', '1', 'text', ?, ?, ?, ?, ?)",
                    (number, revision, text if revision == 2 else "Ferries", *[pack("")] * 4),
                )
    upgrade(url)
    with Store(url) as store:
        assert ids(store, "title:ferry OR ferri*") == [1_000]
        assert ids(store, "ferry -crew") == []
