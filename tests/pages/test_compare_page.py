"""`/compare`: pasted texts, and what is stored."""

import re

import httpx
import pytest

from tests.pages.conftest import PASTED, Paste
from tests.pages.reading import one, parsed, words

STORED = "/compare?source=meridian-dispatch&source=the-daily-lantern&until=2017-01-01"


def test_without_parameters_it_takes_two_texts(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/compare").text)
    form = one(tree, "form")
    assert form.get("method") == "post"
    assert len(form.cssselect("textarea")) == 2
    for field in form.cssselect("input, textarea"):
        assert form.cssselect(f'label[for="{field.get("id")}"]')


def test_two_pasted_texts_are_compared(paste: Paste) -> None:
    answer = paste(*PASTED)
    assert answer.status_code == 200
    tree = parsed(answer.text)
    assert [words(each) for each in tree.cssselect(".side-name")] == [
        "Harbour Post",
        "Inland Herald",
    ]
    figures = words(one(tree, "#figures"))
    assert "At least 400 seamen" in figures
    assert "417 seamen" in figures
    assert "Mercer Line" in words(one(tree, "#entities"))
    assert "Ada Brookes" in words(one(tree, "#quotes"))


def test_each_piece_of_evidence_opens_its_place_in_the_texts_below(paste: Paste) -> None:
    tree = parsed(paste(*PASTED).text)
    links = {a.get("href") for a in tree.cssselect("main a") if "-" in (a.get("href") or "")[:4]}
    assert len(links) > 20
    texts = [f"{title}\n\n{text}" for _, title, text in PASTED]
    for link in links:
        if place := re.fullmatch(r"#t(\d)-1-(\d+)-(\d+)", link):
            article, start, end = map(int, place.groups())
            marked = tree.cssselect(f'[id="{link[1:]}"]')
            assert len(marked) == 1
            assert texts[article][start:end].startswith(words(marked[0])[:5])


def test_nothing_of_them_is_stored(browser: httpx.Client, paste: Paste) -> None:
    before = browser.get("/v1/articles").json()["total"]
    paste(*PASTED)
    assert browser.get("/v1/articles").json()["total"] == before


def test_an_empty_text_is_told_and_the_other_one_kept(paste: Paste) -> None:
    answer = paste(PASTED[0], ("", "", "  \n "))
    assert answer.status_code == 422
    tree = parsed(answer.text)
    assert "Text B is empty" in words(one(tree, "[role=alert]"))
    assert one(tree, "textarea").text_content().strip() == PASTED[0][2]


def test_two_of_one_name_are_told(paste: Paste) -> None:
    answer = paste(PASTED[0], ("Harbour Post", "", "Rain fell in Kelmouth."))
    assert answer.status_code == 422
    assert "names two" in words(one(parsed(answer.text), "[role=alert]"))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": ["Rain.", "Snow."], "colour": "red"}, 422),
        ({"text": ["Rain.", "Snow."], "published_at": "yesterday"}, 422),
        ({"text": [f"Rain {n}." for n in range(9)]}, 422),
        ({f"text{n}": "Rain." for n in range(300)}, 400),
    ],
)
def test_a_form_that_is_none_of_ours_is_refused(
    browser: httpx.Client, fields: dict[str, str | list[str]], status: int
) -> None:
    answer = browser.post("/compare", data=fields)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")


def test_other_bodies_are_refused(browser: httpx.Client) -> None:
    assert browser.post("/compare", json={"text": "Rain."}).status_code == 415
    bad = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/compare", content=b"text=%ff", headers=bad).status_code == 400
    assert browser.post("/compare", content=b"text=%00&text=b", headers=bad).status_code == 422


def test_stored_outlets_are_compared_in_all_sections(browser: httpx.Client) -> None:
    tree = parsed(browser.get(STORED).text)
    sections = [each.get("id") for each in tree.cssselect(".section")]
    assert sections == [
        *("brief", "statements", "figures", "quotes", "labels", "entities", "terms", "roles"),
        *("timeline", "places", "reuse", "method"),
    ]
    contents = [a.get("href")[1:] for a in tree.cssselect(".contents a:not(.keep)")]
    assert contents == sections[:-1]


def test_each_place_opens_in_its_article(browser: httpx.Client) -> None:
    tree = parsed(browser.get(STORED).text)
    links = {a.get("href") for a in tree.cssselect(".section a") if "?at=" in a.get("href")}
    assert len(links) > 50
    for link in sorted(links)[::25]:
        article = parsed(browser.get(link).text)
        assert len(article.cssselect("#at")) == 1


def test_what_the_page_says_is_what_the_api_says(browser: httpx.Client) -> None:
    answer = browser.get(f"/v1{STORED}").json()
    tree = parsed(browser.get(STORED).text)
    rows = one(tree, "#entities .bars").cssselect("tbody tr")
    shared = answer["entities"]["shared"]
    assert [words(row.cssselect("th .named")[0]) for row in rows] == [e["name"] for e in shared]
    first = [words(row.cssselect("td.value")[0]) for row in rows]
    assert first == [
        f"{e['sides']['meridian-dispatch']['share']:.0%}".replace("%", " %") for e in shared
    ]
    facts = tree.cssselect("#statements .fact")
    assert len(facts) == len(answer["statements"]["shared"])
    brief = words(one(tree, "#brief"))
    for item in answer["brief"]["items"]:
        assert re.sub(r"\s+", " ", item["text"]) in brief


def test_sections_may_be_chosen_and_folded(browser: httpx.Client) -> None:
    tree = parsed(browser.get(f"{STORED}&section=figures&section=brief&fold=figures").text)
    assert [e.get("id") for e in tree.cssselect(".section")] == ["brief", "figures", "method"]
    opened = [e.get("id") for e in tree.cssselect(".section[open]")]
    assert opened == ["brief", "method"]


def test_more_than_two_sides_have_their_own_letters(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/compare?story=1").text)
    assert [words(e) for e in tree.cssselect(".side-size .badge")] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "query",
    [
        "source=meridian-dispatch",
        "source=nobody&source=else",
        "article=1&article=99",
        "x=1",
        "article=1&article=2&top=x",
        "story=1&story=2",
    ],
)
def test_what_cannot_be_compared_is_a_page_that_says_why(browser: httpx.Client, query: str) -> None:
    answer = browser.get(f"/compare?{query}")
    assert answer.status_code == 422
    assert len(words(one(parsed(answer.text), ".lede"))) > 20


def test_blank_fields_of_a_form_are_as_good_as_absent(browser: httpx.Client) -> None:
    assert browser.get("/compare?article=1&article=2&since=&section=").status_code == 200


def test_a_figure_that_does_not_say_what_it_counts_stands_in_its_sentence(paste: Paste) -> None:
    answer = paste(
        ("Harbour Post", "Ferries", "The blast killed five of the company's seamen on Monday."),
        ("Inland Herald", "Trains", "At least 83 passengers were late at Kelmouth on Tuesday."),
    )
    figures = [words(e) for e in parsed(answer.text).cssselect("#figures .rest li")]
    assert figures == [
        "The blast killed five of the company's seamen on Monday.",
        "At least 83 passengers",
    ]


def test_quotes_of_a_speaker_that_are_not_shown_are_counted(browser: httpx.Client) -> None:
    said = browser.get(f"/v1{STORED}&section=quotes&top=50").json()["quotes"]["speakers"]
    tree = parsed(browser.get(f"{STORED}&top=50").text)
    counted = 0
    for speaker, item in zip(tree.cssselect("#quotes .speaker"), said, strict=True):
        assert words(one(speaker, "h3")) == item["name"]
        more = [int(words(e).split()[1]) for e in speaker.cssselect(".count-more")]
        shown = len(speaker.cssselect(".sentence"))
        assert shown + sum(more) == sum(on["quotes"] for on in item["sides"].values())
        counted += len(more)
    assert counted


def test_figures_of_one_side_alone_are_shown_of_each_side(browser: httpx.Client) -> None:
    found = browser.get("/v1/compare?story=2&section=figures&top=200").json()["figures"]["items"]
    alone = {side for each in found if each["verdict"] == "single" for side in each["sides"]}
    assert len(alone) > 1
    tree = parsed(browser.get("/compare?story=2&section=figures&top=6").text)
    lists = tree.cssselect("#figures .rest .columns > div")
    assert sum(bool(each.cssselect("li a")) for each in lists) == len(alone)


def test_a_name_that_stands_in_no_text_is_shown_with_the_words_of_the_text(
    browser: httpx.Client,
) -> None:
    tree = parsed(browser.get("/compare?story=1&section=entities&top=30").text)
    names = [words(e) for e in tree.cssselect("#entities .chips li")]
    assert "United Kingdom as Britain" in names
    assert "Vienna" in names
