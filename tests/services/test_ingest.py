"""Documents into the store, changed and deleted again."""

from dataclasses import replace

import pytest

from app.domain.article import ArticleChanges, Document, Published, Submission
from app.errors import Conflict, FetchFailed, InvalidInput, NotFound, StoreBusy, TooLarge
from app.intake.fetch import Fetched
from app.intake.rows import Row
from app.services import query
from app.services.ingest import accept, change_article, delete_article, submit
from app.settings import Settings
from app.store.articles.write import stored_document
from app.store.engine.sessions import Store
from tests.databases import asked, locked

SETTINGS = Settings()
PROSE = "The council met on Monday and spoke about the harbour for a long time."
TALKS = Submission(text=PROSE, title="Harbour talks", source="The Herald")


def add(store: Store, submission: Submission) -> int:
    accepted = accept(store, submission, SETTINGS)
    assert accepted.id is not None
    return accepted.id


def stored(store: Store, article: int) -> Document:
    with store.read() as session:
        return stored_document(session, article).document


def column(store: Store, query: str) -> list[object]:
    return [row[0] for row in asked(store.url, query)]


def rows(*submissions: Submission) -> list[Row]:
    return [Row(n, "list.ndjson", submission, None) for n, submission in enumerate(submissions, 1)]


def test_an_accepted_article_is_on_disk_and_pending(store: Store) -> None:
    accepted = accept(store, TALKS, SETTINGS)
    assert accepted.outcome == "created"
    assert column(store, "SELECT state FROM article") == ["pending"]
    with store.read() as session:
        assert query.article(session, 1).text == f"Harbour talks\n\n{PROSE}"
    assert column(store, "SELECT slug FROM source") == ["the-herald"]


def test_the_same_again_is_the_article_that_is_there(store: Store) -> None:
    first = accept(store, TALKS, SETTINGS)
    again = accept(store, TALKS, SETTINGS)
    assert (again.outcome, again.id) == ("existing", first.id)
    assert column(store, "SELECT count(*) FROM revision") == [1]


def test_equal_texts_of_two_outlets_are_two_articles(store: Store) -> None:
    assert add(store, TALKS) != add(store, replace(TALKS, source="The Gazette"))


def test_changed_content_under_the_same_id_is_a_new_revision(store: Store) -> None:
    known = replace(TALKS, external_id="7")
    first = accept(store, known, SETTINGS)
    again = accept(store, replace(known, text=f"{PROSE} It voted on Tuesday."), SETTINGS)
    assert (again.outcome, again.id) == ("revised", first.id)
    assert column(store, "SELECT number FROM revision ORDER BY number") == [1, 2]


def test_a_person_brings_a_deleted_article_back_under_a_new_id(store: Store) -> None:
    first = add(store, TALKS)
    delete_article(store, first)
    second = accept(store, TALKS, SETTINGS)
    assert second.outcome == "created"
    assert second.id != first


def test_a_list_does_not_bring_a_deleted_article_back(store: Store) -> None:
    delete_article(store, add(store, TALKS))
    (answer,) = submit(store, rows(TALKS), SETTINGS)
    assert answer.accepted
    assert (answer.accepted.outcome, answer.accepted.id) == ("deleted", None)
    assert column(store, "SELECT count(*) FROM article") == [0]


def test_deleting_what_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        delete_article(store, 9)


def test_too_long_a_text(store: Store) -> None:
    with pytest.raises(TooLarge):
        accept(store, replace(TALKS, text=PROSE * 20), Settings(max_text_chars=1_000))
    assert column(store, "SELECT count(*) FROM article") == [0]


class Pages:
    """A fetcher of one page that redirects to its canonical address."""

    def __init__(self, content: bytes, content_type: str | None) -> None:
        self._content = content
        self._type = content_type

    def fetch(self, url: str) -> Fetched:
        if "gone" in url:
            raise FetchFailed(f"{url} answered 404")
        return Fetched(f"{url}/final", 200, self._content, self._type, "utf-8", None, None)


PAGE = f"<html><body><article><h1>Talks</h1><p>{PROSE * 5}</p><p>{PROSE * 5}</p></article></body>"


@pytest.mark.parametrize(
    ("content", "content_type", "kind"),
    [
        (PAGE, "text/html", "html"),
        (PAGE, None, "html"),
        (PROSE * 5, "text/plain", "text"),
        (PROSE * 5, None, "text"),
    ],
)
def test_a_bare_address_is_fetched(
    store: Store, content: str, content_type: str | None, kind: str
) -> None:
    pages = Pages(content.encode(), content_type)
    accepted = accept(store, Submission(url="https://example.org/a"), SETTINGS, pages)
    assert accepted.id
    document = stored(store, accepted.id)
    assert document.raw_kind == kind
    assert document.url == "https://example.org/a/final"
    assert PROSE in document.text


def test_an_address_beside_a_text_is_not_fetched(store: Store) -> None:
    article = add(store, replace(TALKS, url="https://example.org/gone"))
    assert stored(store, article).url == "https://example.org/gone"


def test_a_page_that_cannot_be_fetched_stores_nothing(store: Store) -> None:
    with pytest.raises(FetchFailed):
        accept(store, Submission(url="https://example.org/gone"), SETTINGS, Pages(b"", None))
    with pytest.raises(InvalidInput, match="nothing fetches it"):
        accept(store, Submission(url="https://example.org/a"), SETTINGS)
    assert column(store, "SELECT count(*) FROM article") == [0]


def test_a_list_answers_each_row_in_order(store: Store) -> None:
    second = replace(TALKS, source="The Gazette")
    listed = rows(TALKS, Submission(text="   "), TALKS, second)
    listed.insert(1, Row(9, "list.ndjson", None, InvalidInput("broken")))
    answers = list(submit(store, listed, SETTINGS))
    assert [a.accepted.outcome if a.accepted else type(a.error).__name__ for a in answers] == [
        "created",
        "InvalidInput",
        "UnreadableDocument",
        "existing",
        "created",
    ]
    assert [a.line for a in answers] == [1, 9, 2, 3, 4]


def test_a_long_list_is_on_disk_group_by_group(store: Store) -> None:
    many = rows(*[replace(TALKS, external_id=str(n)) for n in range(150)])
    answers = submit(store, iter(many), SETTINGS)
    next(answers)
    assert column(store, "SELECT count(*) FROM article") == [64]
    assert len(list(answers)) == 149
    assert column(store, "SELECT count(*) FROM article") == [150]


def test_a_locked_database_takes_nothing(store: Store) -> None:
    with locked(store.url), pytest.raises(StoreBusy):
        accept(store, TALKS, SETTINGS)
    assert column(store, "SELECT count(*) FROM article") == [0]


def test_a_new_title_opens_the_text_and_the_body_stays(store: Store) -> None:
    article = add(store, replace(TALKS, subtitle="A long Monday"))
    change_article(store, article, ArticleChanges(title="Harbour talks fail"))
    document = stored(store, article)
    assert document.text == f"Harbour talks fail\n\nA long Monday\n\n{PROSE}"
    assert document.text[document.body_start :] == PROSE
    assert document.offsets.to_raw(document.body_start) == 0
    assert (document.title, document.word_count) == ("Harbour talks fail", 20)
    assert column(store, "SELECT revision || state FROM article") == ["2pending"]


def test_a_feed_does_not_undo_a_changed_title(store: Store) -> None:
    article = add(store, replace(TALKS, external_id="7"))
    change_article(store, article, ArticleChanges(title="Harbour talks fail"))
    again = accept(store, replace(TALKS, external_id="7"), SETTINGS)
    assert (again.outcome, again.id) == ("existing", article)
    assert stored(store, article).title == "Harbour talks fail"


def test_other_metadata_makes_no_revision(store: Store) -> None:
    article = add(store, TALKS)
    when = Published.parse("2016-03-24")
    change_article(store, article, ArticleChanges(authors=("Ann Lee",), published=when))
    document = stored(store, article)
    assert (document.authors, document.published) == (("Ann Lee",), when)
    assert column(store, "SELECT revision FROM article") == [1]
    assert accept(store, TALKS, SETTINGS).id == article


def test_an_article_that_moves_is_known_by_its_new_source(store: Store) -> None:
    article = add(store, replace(TALKS, external_id="7"))
    change_article(store, article, ArticleChanges(source="The Gazette"))
    moved = accept(store, replace(TALKS, external_id="7", source="The Gazette"), SETTINGS)
    assert (moved.outcome, moved.id) == ("existing", article)


def test_an_article_cannot_become_the_double_of_another(store: Store) -> None:
    first = add(store, replace(TALKS, external_id="7"))
    second = add(store, replace(TALKS, external_id="8"))
    with pytest.raises(Conflict, match=f"article {first} "):
        change_article(store, second, ArticleChanges(external_id="7"))
    assert stored(store, second).external_id == "8"


def test_changing_what_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        change_article(store, 9, ArticleChanges(title="x"))
