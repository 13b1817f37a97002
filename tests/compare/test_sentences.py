"""Sentences as they are compared: their content words by stem, and which may stand alone."""

from dataclasses import replace

import pytest

from app.compare.statements.omission import tells
from app.compare.statements.sentences import Statement
from tests.compare.told import Told


def stems(*sentences: str, language: str = "en") -> list[tuple[str, ...]]:
    return [each.stems for each in Told([sentences], language=language).statements()]


def test_stop_words_go_and_the_rest_is_stemmed() -> None:
    assert stems("The engines of the ferries had failed in 2 of 7 tests.") == [
        ("engin", "ferri", "fail", "2", "7", "test")
    ]


def test_a_hyphened_word_is_one_where_another_sentence_writes_it_so() -> None:
    together, apart = stems("The ceasefire held.", "A cease-fire began.")
    assert together[0] == apart[0]
    assert stems("A cease-fire began.")[0][:2] == ("ceas", "fire")


def test_french_elision_leaves_the_word() -> None:
    (found,) = stems("L'armée n’a pas repris l'aéroport d'Alep.", language="fr")
    assert found == stems("armée repris aéroport Alep", language="fr")[0]


def test_accents_make_no_difference() -> None:
    assert stems("Le président évacué", language="fr") == stems(
        "le PRESIDENT evacue", language="fr"
    )


def test_words_of_a_language_without_a_stemmer_stay_as_they_are() -> None:
    assert stems("okręty odpłynęły", language="xx") == [("okrety", "odpłyneły")]


def test_sentences_come_by_the_keys_of_the_sides_and_of_each_article_the_first() -> None:
    told = Told([["One.", "Two.", "Three."]], [["Four.", "Five.", "Six."]])
    told.sides.reverse()
    assert [each.text for each in told.statements(2)] == ["One.", "Two.", "Four.", "Five."]
    assert [each.side for each in told.statements(2)] == [0, 0, 1, 1]
    assert [each.place for each in told.statements(2)] == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("The ferry struck the wooden pier.", True),
        ("“The ferry struck the wooden pier.”", True),
        ("Has the ferry struck the pier?", True),
        ("The ferry struck the wooden pier", False),  # a caption, a teaser
        ("READ MORE: ferry strikes pier in Larnach", False),
        ("Ferry strikes pier.", False),  # under four words
        ("So they did not do it.", False),  # says nothing
    ],
)
def test_only_whole_sentences_that_say_something_may_stand_alone(text: str, may: bool) -> None:
    (statement,) = Told([[text]]).statements()
    assert tells(statement) is may


def test_a_headline_is_nobodys_alone() -> None:
    (statement,) = Told([["The ferry struck the wooden pier of Larnach."]]).statements()
    assert tells(statement)
    titled = replace(statement.article, body_start=10)
    assert not tells(Statement(0, titled, statement.sentence, 0, statement.text, statement.stems))
