"""Plain text: the title is found, leftovers go with a reason, prose stays."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.domain.article import Document, Published, Submission
from app.domain.text import count_words
from app.errors import InvalidInput, TooLarge, UnreadableDocument
from app.intake.clean import CLEANER, clean

LIMIT = 100_000
ARTICLES = Path(__file__).parents[2] / ".." / "shared" / "articles"

FIRST = (
    "The council voted on Tuesday to close the old bridge, which carries two thousand cars a day."
)
SECOND = "“We had no choice,” said Marta Lindqvist, who leads the works department."
THIRD = "Engineers found cracks in three of the eleven piers last autumn, and more in spring."
FOURTH = "Shopkeepers on both banks fear for their trade; some have asked for a ferry."


def cleaned(*lines: str, title: str | None = None, subtitle: str | None = None) -> Document:
    text = "\n\n".join(lines)
    submission = Submission(text=text, title=title, subtitle=subtitle, language="en")
    return clean(submission, max_chars=LIMIT)


def body(document: Document) -> list[str]:
    return document.text[document.body_start :].split("\n\n")


def reasons(document: Document) -> dict[str, str]:
    return {removed.text: removed.reason for removed in document.removed}


def test_the_stored_text_is_title_subtitle_and_body_parted_by_one_empty_line() -> None:
    document = cleaned(FIRST, SECOND, title="Old bridge to close", subtitle="For two years")
    assert document.text == f"Old bridge to close\n\nFor two years\n\n{FIRST}\n\n{SECOND}"
    assert document.text[document.body_start :].startswith(FIRST)
    assert document.word_count == count_words(document.text)
    assert document.cleaner == CLEANER
    assert (document.raw_kind, document.extracted) == ("text", None)


def test_a_first_line_without_a_full_stop_is_the_title() -> None:
    document = cleaned("Old bridge to close", FIRST, SECOND)
    assert document.title == "Old bridge to close"
    assert document.offsets.to_raw(0) == 0
    assert body(document) == [FIRST, SECOND]


def test_an_age_notice_before_the_title_goes() -> None:
    document = cleaned("This story is over 3 years old.", "Old bridge to close", FIRST)
    assert document.title == "Old bridge to close"
    assert reasons(document) == {"This story is over 3 years old.": "age notice"}


@pytest.mark.parametrize(
    "line",
    [FIRST, "Is this the end?", "“We had no choice.”", "- a point", "Note:", "“Yes”, he said,"],
)
def test_a_first_line_that_is_no_headline_stays_in_the_body(line: str) -> None:
    document = cleaned(line, SECOND, THIRD)
    assert document.title is None
    assert document.body_start == 0
    assert body(document) == [line, SECOND, THIRD]


def test_a_lone_line_is_the_body() -> None:
    document = cleaned("Old bridge to close")
    assert document.title is None
    assert document.text == "Old bridge to close"


def test_a_given_title_that_opens_the_text_is_kept_once_and_in_its_place() -> None:
    document = cleaned("Old bridge to close", FIRST, title="Old bridge to close")
    assert document.text == f"Old bridge to close\n\n{FIRST}"
    assert document.removed == ()
    assert document.offsets.to_raw(0) == 0


def test_a_given_title_written_otherwise_in_the_text_goes_as_a_copy() -> None:
    document = cleaned("OLD BRIDGE “TO CLOSE”.", FIRST, title="Old bridge 'to close'")
    assert document.text == f"Old bridge 'to close'\n\n{FIRST}"
    assert reasons(document) == {"OLD BRIDGE “TO CLOSE”.": "duplicate of the title"}


def test_another_given_title_leaves_the_first_line_in_the_body() -> None:
    document = cleaned("A bridge too old", FIRST, title="Council votes")
    assert body(document) == ["A bridge too old", FIRST]


def test_a_standfirst_parted_from_the_lead_by_a_caption_is_the_subtitle() -> None:
    standfirst = "The council has voted to close the old bridge, with its two thousand cars a day."
    caption = "The bridge in March. (Photo: Ada Storm)"
    document = cleaned("Old bridge to close", standfirst, caption, FIRST, SECOND)
    assert document.subtitle == standfirst
    assert body(document) == [FIRST, SECOND]
    assert reasons(document) == {caption: "caption"}


def test_a_lead_that_a_caption_follows_is_no_subtitle_when_the_story_goes_on() -> None:
    document = cleaned("Old bridge to close", FIRST, "Photo: Ada Storm", THIRD)
    assert document.subtitle is None
    assert body(document) == [FIRST, THIRD]


def test_an_open_line_of_some_length_after_the_title_is_the_subtitle() -> None:
    line = "Two thousand drivers a day must look for another way across"
    assert cleaned("Old bridge to close", line, FIRST).subtitle == line


def test_a_byline_and_a_date_line_go_and_the_byline_names_the_author() -> None:
    document = cleaned("Old bridge to close", "By Ada Storm and Jan de Wit", "12 March 2021", FIRST)
    assert document.authors == ("Ada Storm", "Jan de Wit")
    assert list(reasons(document).values()) == ["byline", "date line"]
    assert body(document) == [FIRST]


@pytest.mark.parametrize(
    "opening", ["By", "BY", "Written by", "Posted by", "Author:", "Par", "Von"]
)
def test_a_byline_opens_with_one_of_these_words(opening: str) -> None:
    document = cleaned("Old bridge to close", f"{opening} Ada Storm", FIRST)
    assert document.authors == ("Ada Storm",)
    assert list(reasons(document).values()) == ["byline"]


def test_given_authors_come_before_the_byline() -> None:
    text = f"Old bridge to close\n\nBy Ada Storm\n\n{FIRST}"
    submission = Submission(text=text, authors=("Kim Berg", " Kim  Berg", ""), language="en")
    assert clean(submission, max_chars=LIMIT).authors == ("Kim Berg",)


def test_a_sentence_that_begins_with_by_stays() -> None:
    line = "By Tuesday the bridge had been closed, and by Friday fenced off."
    assert body(cleaned("Old bridge to close", FIRST, line)) == [FIRST, line]


@pytest.mark.parametrize(
    "line",
    [
        "Mayor Says the New Ferry Will Sail Before the Summer Ends",
        "Harbour Has 'Changed' for Good, But Nobody Quite Knows How",
        "[Why the ferry came too late]",
    ],
)
def test_a_headline_alone_between_paragraphs_goes(line: str) -> None:
    document = cleaned("Old bridge to close", FIRST, line, SECOND)
    assert reasons(document) == {line: "related headline"}


@pytest.mark.parametrize(
    "line",
    [
        "A New Ferry",
        "What the closure means for shops on both banks",
        "How the Council Came to Vote Against the Old Bridge",
        "1. The Council Votes to Close the Old Bridge on Tuesday",
        "THE LONG HISTORY OF THE OLD BRIDGE AND ITS PIERS",
        "“The Worst Day That This Town Has Seen So Far”",
        "Here Is What the Mayor Said to the Council Today:",
        "[Applause]",
    ],
)
def test_a_section_heading_stays(line: str) -> None:
    document = cleaned("Old bridge to close", FIRST, line, SECOND)
    assert document.removed == ()
    assert body(document) == [FIRST, line, SECOND]


def test_headlines_in_a_list_stay_for_they_may_be_titles_of_works() -> None:
    works = [
        "The Man Who Sold the Bridge to the Other Man",
        "All the Boats That We Have Seen and Lost",
    ]
    assert body(cleaned("Books on bridges", FIRST, *works, SECOND)) == [FIRST, *works, SECOND]


def test_a_pull_quote_goes_and_its_words_stay_once() -> None:
    quote = "Marta Lindqvist called the closing of the bridge 'a day of relief'"
    source = (
        "Marta Lindqvist called the closing of the bridge “a day of relief.” She leads the works "
        "department, and has done so for nine years."
    )
    document = cleaned("Old bridge to close", FIRST, quote, source)
    assert reasons(document) == {quote: "pull quote"}
    assert body(document) == [FIRST, source]


def test_a_short_sentence_said_twice_stays() -> None:
    document = cleaned("Old bridge to close", FIRST, "It was over.", f"{THIRD} It was over.")
    assert document.removed == ()


def test_a_paragraph_that_comes_twice_running_is_kept_once() -> None:
    document = cleaned("Old bridge to close", FIRST, FIRST, SECOND)
    assert [(r.text, r.reason) for r in document.removed] == [(FIRST, "repeated paragraph")]
    assert document.removed[0].start > document.raw.index(FIRST)


def test_of_a_gallery_the_captions_are_the_prose() -> None:
    captions = [f"{t} (Photo: Ada Storm)" for t in ("The bridge in March", "The bridge in May")]
    assert body(cleaned(*captions)) == captions


def test_lines_wrapped_at_a_width_become_paragraphs_again() -> None:
    text = (
        "The council voted on Tuesday to close the old bridge,\n"
        "which carries two thousand cars a day. Engineers had\n"
        "found cracks in three of the eleven piers and warned\n"
        "of more.\n"
        "Shopkeepers on both banks fear for their trade and\n"
        "have asked for a ferry.\n"
    )
    document = clean(Submission(text=text, language="en"), max_chars=LIMIT)
    assert len(body(document)) == 2
    assert body(document)[1].startswith("Shopkeepers on both banks fear for their trade and have")


def test_a_paragraph_a_line_stays_so() -> None:
    text = "\n".join(("Old bridge to close", FIRST, SECOND, THIRD))
    document = clean(Submission(text=text, language="en"), max_chars=LIMIT)
    assert body(document) == [FIRST, SECOND, THIRD]


def test_a_sentence_that_a_line_break_cut_is_joined() -> None:
    cut = FIRST.replace("bridge, which", "bridge,\nwhich")
    assert body(cleaned("Old bridge to close", cut)) == [FIRST]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_of_every_system_give_the_same_article(end: str) -> None:
    unix = clean(Submission(text=f"Old bridge to close\n\n{FIRST}"), max_chars=LIMIT)
    other = clean(Submission(text=f"Old bridge to close{end}{end}{FIRST}"), max_chars=LIMIT)
    assert other.text == unix.text
    assert other.identity == unix.identity


def test_given_metadata_is_kept_trimmed() -> None:
    published = Published.parse("2021-03-12")
    document = clean(
        Submission(
            text=FIRST,
            source="  The  Bridge Post ",
            url="https://post.example/1",
            published=published,
            language="en-GB",
            external_id="a1",
        ),
        max_chars=LIMIT,
    )
    assert document.source == "The Bridge Post"
    assert document.published == published
    assert document.published.day == date(2021, 3, 12)
    assert document.language == "en"
    assert document.identity == "external:the-bridge-post:a1"


@pytest.mark.parametrize(
    ("foot", "reason"),
    [
        ("More on bridges:", "heading of nothing"),
        ("Last updated: 14 March 2021", "date line"),
        ("Ada Storm is a reporter at the Post. She lives on a boat.", "about the author"),
    ],
)
def test_a_line_below_the_text_that_belongs_to_nothing_goes(foot: str, reason: str) -> None:
    document = cleaned("Old bridge to close", "By Ada Storm", FIRST, SECOND, foot)
    assert body(document) == [FIRST, SECOND]
    assert (foot, reason) in [(r.text, r.reason) for r in document.removed]


def test_a_last_sentence_stays_however_short() -> None:
    assert body(cleaned("Old bridge to close", FIRST, SECOND, "She wept.")) == [
        FIRST,
        SECOND,
        "She wept.",
    ]
    assert "1-100" in body(cleaned("Old bridge to close", FIRST, SECOND, "1-100"))


def test_a_zero_byte_is_one_bad_character() -> None:
    given = Submission(text=f"{FIRST[:5]}\x00{FIRST[5:]}", title="Old\x00 bridge")
    document = clean(given, max_chars=LIMIT)
    assert document.text == f"Old\ufffd bridge\n\n{FIRST[:5]}\ufffd{FIRST[5:]}"
    assert "\x00" not in document.raw


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 12 March 2021", date(2021, 3, 12)),
        ("By Ada Storm | 12 March 2021", date(2021, 3, 12)),
        ("Updated 14 March 2021", None),
    ],
)
def test_the_date_line_that_goes_dates_the_article(line: str, day: date | None) -> None:
    document = cleaned("Old bridge to close", line, FIRST, SECOND)
    assert line not in document.text
    assert (document.published.day if document.published else None) == day


def test_a_line_of_dates_is_no_subtitle() -> None:
    line = "Received: 3 May 2020. Accepted: 1 June 2020. Published: 9 June 2020."
    document = cleaned("Noise under old bridges", line, FIRST)
    assert document.subtitle is None
    assert document.published is not None
    assert document.published.day == date(2020, 6, 9)


def test_what_neither_says_is_none() -> None:
    document = clean(Submission(text=FIRST), max_chars=LIMIT)
    unsaid = (document.title, document.subtitle, document.source, document.published, document.url)
    assert unsaid == (None,) * 5
    assert document.authors == ()
    assert document.language is None, "too short to tell"


@pytest.mark.parametrize(
    ("submission", "error", "pointer", "words"),
    [
        (Submission(), InvalidInput, None, "either"),
        (Submission(text=FIRST, html=FIRST), InvalidInput, None, "either"),
        (Submission(text=""), UnreadableDocument, "#/text", "empty"),
        (Submission(text=" \n\u00a0\u200b\n"), UnreadableDocument, "#/text", "empty"),
        (Submission(text="ab\ud800"), InvalidInput, "#/text", "character 2 is a lone surrogate"),
        (Submission(text=FIRST, title="\udfff"), InvalidInput, "#/title", "surrogate"),
        (Submission(text=FIRST, authors=("a\x00",)), InvalidInput, "#/authors", "U+0000"),
        (Submission(text=FIRST, source="!?"), InvalidInput, "#/source", "letter"),
        (Submission(text=FIRST, source="s" * 301), InvalidInput, "#/source", "at most 300"),
        (Submission(text=FIRST, url="ftp://a/b"), InvalidInput, "#/url", "http"),
        (Submission(text=FIRST, language="English"), InvalidInput, "#/language", "English"),
        (Submission(text="%PDF-1.7 ..."), UnreadableDocument, "#/text", "PDF"),
        (Submission(text="ab\x01\x02\x03" * 9), UnreadableDocument, "#/text", "binary"),
        (Submission(text="a" * (LIMIT + 1)), TooLarge, "#/text", "100,001 characters"),
        (Submission(text="Follow Ada on Twitter"), UnreadableDocument, "#/text", "no prose"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    submission: Submission, error: type[Exception], pointer: str | None, words: str
) -> None:
    with pytest.raises(error) as raised:
        clean(submission, max_chars=LIMIT)
    assert isinstance(raised.value, InvalidInput | TooLarge)
    assert words in raised.value.detail
    assert [e.pointer for e in raised.value.errors] == ([pointer] if pointer else [])


def real_articles() -> list[tuple[str, Submission]]:
    manifest = ARTICLES / "articles.jsonl"
    if not manifest.exists():
        return []
    rows = [json.loads(line) for line in manifest.read_text().splitlines()]
    return [(r["file"], Submission(text=(ARTICLES / r["file"]).read_text())) for r in rows]


@pytest.mark.skipif(not ARTICLES.exists(), reason="../shared/articles is not here")
class TestTheTwoRealArticles:
    """An editor's reading, told in counts, reasons and places: their text is not ours to print."""

    def test_the_first_loses_its_seven_leftovers_and_nothing_else(self) -> None:
        document = clean(real_articles()[0][1], max_chars=LIMIT)
        assert [r.reason for r in document.removed] == [
            "age notice",
            "caption",
            "related headline",
            "related headline",
            "pull quote",
            "related headline",
            "follow line",
        ]
        lines = [line for line in document.raw.splitlines() if line.strip()]
        assert document.title == lines[1]
        assert document.subtitle == lines[2]
        assert [r.text for r in document.removed if r.reason != "follow line"] == [
            lines[0],
            lines[3],
            *(x for x in lines[4:-1] if not x.rstrip().endswith((".", '."', '"'))),
        ]
        assert document.language == "en"

    def test_the_second_loses_its_three_leftovers_and_nothing_else(self) -> None:
        document = clean(real_articles()[1][1], max_chars=LIMIT)
        lines = [line for line in document.raw.splitlines() if line.strip()]
        assert document.title == lines[0]
        assert document.subtitle is None
        assert [r.text for r in document.removed] == lines[-3:]
        assert [r.reason for r in document.removed] == ["photo credit", "share line", "read more"]
        assert document.text.split("\n\n") == lines[:-3]
