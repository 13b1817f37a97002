"""Web pages: main text, what the page says of itself, and what it cannot be read for."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.article import Document, Published, Submission
from app.errors import ParallaxError, TooLarge, UnreadableDocument
from app.intake.clean import clean

LIMIT = 100_000
FIRST = (
    "The council voted on Tuesday to close the old bridge, which carries two thousand cars a day."
)
SECOND = "Engineers found cracks in three of the eleven piers last autumn, and more in spring."
THIRD = "Shopkeepers on both banks fear for their trade; some have asked for a ferry."
LONG = f"{FIRST} {THIRD} The mayor has asked for money from the state, and expects it by June."


def page(body: str, head: str = "", language: str = "en") -> str:
    return (
        f"<html lang='{language}'><head><title>Old bridge to close | The Bridge Post</title>{head}"
        f"</head><body><nav><a href='/'>Home</a><a href='/s'>Sport</a></nav>"
        f"<article><h1>Old bridge to close</h1>{body}</article>"
        "<footer>Imprint and contact</footer></body></html>"
    )


def linked_data(**fields: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def cleaned(html: str, **fields: str) -> Document:
    submission = Submission(html=html, url=fields.get("url"), title=fields.get("title"))
    return clean(submission, max_chars=LIMIT)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_main_text_is_kept_and_offsets_speak_of_the_extracted_text() -> None:
    html = page(paragraphs(LONG, SECOND))
    document = cleaned(html)
    assert document.text == f"Old bridge to close\n\n{LONG}\n\n{SECOND}"
    assert (document.raw, document.raw_kind) == (html, "html")
    assert document.extracted is not None
    for clean_start, start, length in document.offsets.segments:
        kept = document.text[clean_start : clean_start + length]
        assert document.extracted[start : start + length] == kept


def test_a_paragraph_that_is_one_link_is_the_headline_of_another_story() -> None:
    link = "<a href='/ferry'>Ferry to sail before the summer ends</a>"
    document = cleaned(page(paragraphs(LONG, link, SECOND)))
    assert [(r.text, r.reason) for r in document.removed] == [
        ("Ferry to sail before the summer ends", "related headline")
    ]
    assert document.extracted is not None
    [removed] = document.removed
    assert document.extracted[removed.start : removed.end] == removed.text


def test_links_and_headings_below_the_text_are_of_other_stories() -> None:
    foot = "<h3>More from the banks</h3>" + "".join(
        f"<p><a href='/{number}'>Ferry number {number} sails again at last</a></p>"
        for number in range(3)
    )
    document = cleaned(page(paragraphs(LONG, SECOND) + foot))
    assert document.text.endswith(f"{LONG}\n\n{SECOND}")
    assert [r.reason for r in document.removed][:2] == ["heading of nothing", "related headline"]


def test_lines_without_a_closed_sentence_are_a_text_where_they_are_many() -> None:
    lines = [
        f"River of the {word} morning, carry me over" for word in ("cold", "long", "last", "grey")
    ]
    song = cleaned(page("".join(f"<p>{line}</p>" for line in lines * 3)))
    assert lines[1] in song.text


def test_a_section_heading_of_the_page_stays() -> None:
    heading = "What the Long Closure Means for Shops on Both Banks"
    document = cleaned(page(f"<p>{LONG}</p><h2>{heading}</h2><p>{SECOND}</p>"))
    assert heading in document.text.split("\n\n")
    assert document.removed == ()


def test_line_breaks_in_a_paragraph_part_paragraphs() -> None:
    document = cleaned(page(f"<p>{LONG}<br><br>{SECOND}</p>"))
    assert document.text.endswith(f"{LONG}\n\n{SECOND}")


def test_a_fragment_as_feeds_carry_it_is_read() -> None:
    assert cleaned(f"<p>{FIRST}</p>").text == FIRST


def test_the_page_says_its_metadata() -> None:
    head = linked_data(
        headline="Old bridge to close",
        alternativeHeadline="It has carried two thousand cars a day.",
        datePublished="2021-03-12T09:30:00+01:00",
        author=[{"@type": "Person", "name": "Ada Storm"}, {"@type": "Person", "name": "Jan Berg"}],
        publisher={"@type": "Organization", "name": "The Bridge Post"},
    )
    head += "<link rel='canonical' href='https://post.example/bridge'>"
    document = cleaned(page(paragraphs(LONG), head))
    assert document.title == "Old bridge to close"
    assert document.subtitle == "It has carried two thousand cars a day."
    assert document.authors == ("Ada Storm", "Jan Berg")
    assert document.source == "The Bridge Post"
    assert document.published == Published(
        datetime(2021, 3, 12, 8, 30, tzinfo=UTC), datetime(2021, 3, 12, tzinfo=UTC).date(), "time"
    )
    assert document.language == "en"
    assert document.identity == "url:https://post.example/bridge"


def test_what_was_given_comes_before_what_the_page_says() -> None:
    head = linked_data(datePublished="2021-03-12", author={"@type": "Person", "name": "Ada Storm"})
    published = Published.parse("2021-03-13")
    document = clean(
        Submission(
            html=page(paragraphs(LONG), head),
            title="Bridge closes",
            source="Wire",
            authors=("Kim Berg",),
            published=published,
            language="nl",
            url="https://wire.example/9?utm_source=x",
        ),
        max_chars=LIMIT,
    )
    assert (document.title, document.source, document.language) == ("Bridge closes", "Wire", "nl")
    assert (document.authors, document.published) == (("Kim Berg",), published)
    assert document.identity == "url:https://wire.example/9"


@pytest.mark.parametrize(
    ("head", "day", "precision"),
    [
        ("<meta property='article:published_time' content='2021-03-12T09:30Z'>", 12, "time"),
        ("<meta property='article:published_time' content='2021-03-12T00:00:00+02:00'>", 12, "day"),
        ("<meta name='date' content='2021-03-12'>", 12, "day"),
        (linked_data(datePublished="2021-03-12T23:30:00-05:00"), 12, "time"),
        ("<script type='application/ld+json'>{broken</script>", None, None),
        (linked_data(datePublished="0001-01-01T00:00:00"), None, None),
        (linked_data(datePublished=["2021"]), None, None),
    ],
)
def test_a_date_keeps_the_time_that_the_page_gives(
    head: str, day: int | None, precision: str | None
) -> None:
    published = cleaned(page(paragraphs(LONG), head)).published
    assert (published.day.day if published else None) == day
    assert (published.precision if published else None) == precision


@pytest.mark.parametrize(
    "script",
    [
        "[%s, null]",
        "<!-- %s -->",
        "/* <![CDATA[ */ %s /* ]]> */",
        '{"@type": "WebSite", "name": "X"} %s',
        '{"@graph": [null, %s,],}',
    ],
)
def test_linked_data_that_is_slightly_off_is_read(script: str) -> None:
    node = json.dumps(
        {
            "@type": "NewsArticle",
            "datePublished": "2021-03-12",
            "author": [
                {"@type": "Person", "name": "Dana A. Storm"},
                {"@type": "Organization", "name": "Wire"},
            ],
            "publisher": {"@type": "NewsMediaOrganization", "name": "Harbour Tidings"},
        }
    )
    head = f"<script type='application/ld+json'>{script % node}</script>"
    document = cleaned(page(paragraphs(LONG), head))
    assert document.authors == ("Dana A. Storm",)
    assert document.source == "Harbour Tidings"
    assert document.published == Published.parse("2021-03-12")


@pytest.mark.parametrize(
    ("title", "head", "wanted"),
    [
        ("Storm Bank plc - Notice of results", "", "Storm Bank plc - Notice of results"),
        (
            "Ferries return - Bridge Post",
            "<meta property='og:site_name' content='The Bridge Post'>",
            "Ferries return",
        ),
        (
            "Ferries return - Bridge Post",
            "<link rel='canonical' href='https://www.bridgepost.example/a'>",
            "Ferries return",
        ),
        ("Ferries return | Bridge Post", "", "Ferries return"),
        (
            "Ferries return - at last - Bridge Post - News from both banks",
            "<meta property='og:site_name' content='Bridge Post'>",
            "Ferries return - at last",
        ),
    ],
)
def test_a_title_is_cut_at_a_dash_where_the_rest_is_the_site(
    title: str, head: str, wanted: str
) -> None:
    body = f"<body><article>{paragraphs(LONG, SECOND)}</article></body>"
    html = f"<html><head><title>{title}</title>{head}</head>{body}</html>"
    assert cleaned(html).title == wanted


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Updated 5 May 2022, published 3 May 2022", "2022-05-03"),
        ("By Ada Storm, 3 May 2022", "2022-05-03"),
        ("First published: 3 May 2022. Last updated: 5 May 2022.", "2022-05-03"),
        ("Received 1 May 2022; accepted 3 May 2022", None),
    ],
)
def test_the_line_of_dates_by_the_headline_dates_the_page(line: str, day: str | None) -> None:
    published = cleaned(
        page(f"<div class='meta'><span>{line}</span></div>{paragraphs(LONG)}")
    ).published
    assert (published.day.isoformat() if published else None) == day


@pytest.mark.parametrize(
    "foreign",
    [
        "<aside><p>Flood <time datetime='2011-02-02'>2 February 2011</time></p></aside>",
        "<footer><time datetime='2011-02-02'>2 February 2011</time> Site rebuilt</footer>",
        "<div class='more-news'><a href='/f'>Flood</a> <time datetime='2011-02-02'>2011</time>",
        "<div><a href='/f'>Flood of the age, again</a> <time datetime='2011-02-02'>2011</time>",
    ],
)
def test_the_date_of_another_story_or_of_the_site_dates_nothing(foreign: str) -> None:
    html = page(paragraphs(LONG, SECOND)).replace("<footer>", f"{foreign}<footer>")
    assert cleaned(html).published is None


def test_the_text_is_asked_for_its_language_before_the_page_is() -> None:
    german = (
        "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zu schließen, über die jeden "
        "Tag zweitausend Autos fahren. Ingenieure hatten im Herbst Risse in drei der elf Pfeiler "
        "gefunden und im Frühjahr weitere. Die Händler auf beiden Ufern fürchten um ihr Geschäft."
    )
    assert cleaned(page(paragraphs(german), language="en")).language == "de"
    assert cleaned(page(paragraphs(FIRST), language="nl")).language == "nl", "too short to tell"


def test_a_motto_or_copyright_line_is_no_name_of_a_source() -> None:
    named = "<meta property='og:site_name' content='The Bridge Post | News that lasts'>"
    assert cleaned(page(paragraphs(LONG), named)).source == "The Bridge Post"
    stamped = "<meta property='og:site_name' content='Copyright 2014'>"
    assert cleaned(page(paragraphs(LONG), stamped)).source is None


def test_a_page_that_changes_around_its_article_is_the_same_content() -> None:
    one = cleaned(page(paragraphs(LONG)) + "<!-- visit 1 -->")
    two = cleaned(page(paragraphs(LONG, "<a href='/1'>Most read: a boat</a>")) + "<!-- visit 2 -->")
    assert one.raw != two.raw
    assert one.content_hash == two.content_hash


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<",
        "<!-- nothing -->",
        "<html><body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav></body></html>",
        "<html><body><img src='x.png'></body></html>",
        "<html><head><title>Old bridge to close</title></head><body></body></html>",
        "<script>var prose = 'There is none here.'</script>",
        "<div>" * 3000,
    ],
)
def test_a_page_without_prose_is_refused_in_a_sentence(html: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        cleaned(html)
    assert "HTML" in raised.value.detail
    assert raised.value.errors[0].pointer == "#/html"


def test_only_the_text_of_a_page_counts_for_its_length() -> None:
    html = page(f"<p>{LONG}</p><script>{'x' * 2_000}</script>")
    assert clean(Submission(html=html), max_chars=1_000).text.endswith(LONG)
    with pytest.raises(TooLarge):
        clean(Submission(html=html), max_chars=100)


TAGS = (
    "<p> </p> </a> <h1> <h2> <li> <table> <tr> <td> <br> <html> <body> <article> </script> <!-- -->"
)
tags = st.sampled_from(
    [
        *TAGS.split(),
        *("<a href='/x'>", "<script type='application/ld+json'>", "<?xml", "&#0;", "&lt;"),
        *("<meta property='og:title' content='", "'>", "<html lang=", FIRST, SECOND),
        '{"@type": "NewsArticle", "datePublished": 7, "author": [[]], "@graph": {}}',
    ]
)


@given(st.lists(st.one_of(tags, st.text(max_size=20)), max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_arbitrary_markup_is_read_or_refused_in_words(html: str) -> None:
    try:
        document = cleaned(html)
    except ParallaxError:
        return
    assert document.extracted is not None
    for clean_start, start, length in document.offsets.segments:
        kept = document.text[clean_start : clean_start + length]
        assert document.extracted[start : start + length] == kept
    for removed in document.removed:
        assert document.extracted[removed.start : removed.end] == removed.text
