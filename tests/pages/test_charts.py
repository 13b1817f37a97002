"""Charts as files: SVG that asks for nothing and says what the pages say."""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

import httpx
import pytest
from lxml import etree
from lxml.etree import _Element as Element

from app.pages.charts.comparison import CHARTS
from app.pages.charts.lettering import ending, fitting
from tests.pages.reading import one, parsed, words
from tests.pages.test_compare_page import STORED
from tests.pages.test_hostile_texts import HOSTILE, TEXT

QUERIES = (STORED.partition("?")[2], "story=1", "story=2&top=3")
SVG = "{http://www.w3.org/2000/svg}"
# None of these is a file: what a picture must not have.
ELEMENTS = {
    *("svg", "title", "desc", "style", "g", "rect", "text", "tspan", "line", "circle", "path"),
}


def drawn(answer: httpx.Response) -> Element:
    """The tree of a chart, which is XML that names nothing outside itself."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/svg+xml"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    tree: Element = etree.fromstring(answer.content, parser)
    assert {each.tag.removeprefix(SVG) for each in tree.iter()} <= ELEMENTS
    for each in tree.iter():
        for name in each.attrib:
            assert not name.startswith("on")
            assert "href" not in name
            assert name != "style"
    assert set(re.findall(r"\w+://[^\s\"]+", answer.text)) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in answer.text
    assert "@import" not in answer.text
    return tree


def texts(tree: Element) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in tree.iter(f"{SVG}text")]


def said(tree: Element) -> str:
    (found,) = (each.text or "" for each in tree.iter(f"{SVG}desc"))
    return found


def in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(each in rest for each in few)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_a_file_of_its_own(browser: httpx.Client, chart: str, query: str) -> None:
    answer = browser.get(f"/compare/{chart}.svg?{query}")
    tree = drawn(answer)
    assert len(answer.content) < 200_000
    style = next(tree.iter(f"{SVG}style")).text or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["content-security-policy"]
    assert "var(" not in style
    assert tree.get("role") == "img"
    assert {each.get("id") for each in tree} >= set((tree.get("aria-labelledby") or "").split())
    assert said(tree)


def test_each_chart_of_the_page_leads_to_its_file(browser: httpx.Client) -> None:
    links = parsed(browser.get(STORED).text).cssselect(".as-file a[download]")
    charts = [link.get("href").removeprefix("/compare/").partition(".svg?")[0] for link in links]
    assert sorted(charts) == sorted(CHARTS)
    for link in links:
        drawn(browser.get(link.get("href")))
    for path in ("/entities/4", "/sources/coastal-courier", "/stories/1"):
        (link,) = parsed(browser.get(path).text).cssselect(".as-file a[download]")
        drawn(browser.get(link.get("href")))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("chart", ["entities", "quotes"])
def test_bars_say_the_shares_of_the_page(browser: httpx.Client, chart: str, query: str) -> None:
    page = one(parsed(browser.get(f"/compare?{query}").text), f"#{chart}")
    tree = drawn(browser.get(f"/compare/{chart}.svg?{query}"))
    shares = [words(cell) for cell in page.cssselect(".bars .value")]
    shown = [each for each in texts(tree) if re.fullmatch(r"\d+ %|below 1 %|–", each)]
    assert shown == shares
    assert len(shares) > 2
    percents = re.findall(r"\d+ %|below 1 %", said(tree))
    assert percents == [each for each in shares if each != "–"]


@pytest.mark.parametrize("query", QUERIES)
def test_number_lines_have_the_numbers_and_words_of_the_page(
    browser: httpx.Client, query: str
) -> None:
    page = one(parsed(browser.get(f"/compare?{query}").text), "#figures")
    tree = drawn(browser.get(f"/compare/figures.svg?{query}"))
    shown = texts(tree)
    lines = page.cssselect(".number-line")
    for line in lines:
        assert in_order([words(e) for e in line.cssselect("svg text.tick")], shown)
        for figure in line.cssselect(".said a"):
            assert words(figure) in said(tree)
    assert bool(lines) == ("No two sides" not in shown[-2])


def test_the_timeline_has_the_times_of_the_page(browser: httpx.Client) -> None:
    for query in QUERIES:
        page = one(parsed(browser.get(f"/compare?{query}").text), "#timeline")
        tree = drawn(browser.get(f"/compare/timeline.svg?{query}"))
        times = [words(e) for e in page.cssselect("time")]
        assert times
        assert in_order(times, texts(tree))
        assert in_order(times, [part.partition(":")[0] for part in said(tree).split("; ")])


def test_the_map_has_the_places_and_numbers_of_the_page(browser: httpx.Client) -> None:
    for query in QUERIES:
        tree = drawn(browser.get(f"/compare/places.svg?{query}"))
        page = parsed(browser.get(f"/compare?{query}").text)
        if not page.cssselect("#places"):
            assert said(tree) == "No place is named."
            continue
        rows = page.cssselect("#places tbody tr")
        assert len(rows) == len(said(tree).split("; "))
        for row in rows:
            counts = [words(e) for e in row.cssselect("td") if words(e) != "–"]
            name = words(one(row, "th"))
            entry = next(each for each in said(tree).split("; ") if each.startswith(f"{name}: "))
            assert re.findall(r" (\d+)(?:,|$)", entry) == counts
        assert any(path.get("class") == "land" for path in tree.iter(f"{SVG}path"))
    assert parsed(browser.get(f"/compare?{QUERIES[0]}").text).cssselect("#places tbody tr")


def test_how_much_they_share_is_in_it(browser: httpx.Client) -> None:
    page = one(parsed(browser.get(STORED).text), ".extent")
    tree = drawn(browser.get(f"/compare/statements.svg?{QUERIES[0]}"))
    counts = [words(e) for e in page.cssselect(".key b")]
    assert sorted(counts) == sorted(re.findall(r"^\d+", "\n".join(texts(tree)), re.MULTILINE))


def test_the_charts_of_an_outlet_and_of_an_entity(browser: httpx.Client) -> None:
    tree = drawn(browser.get("/sources/the-daily-lantern/coverage.svg"))
    page = parsed(browser.get("/sources/the-daily-lantern").text)
    for row in page.cssselect(".time-bars tbody tr"):
        count = words(one(row, "td a")).split()[0]
        assert f"{words(one(row, 'th'))}: {count}" in said(tree).split("; ")
    assert words(one(page, ".time-bars figcaption")) in texts(tree)
    number = browser.get("/v1/entities?limit=1").json()["items"][0]["id"]
    tree = drawn(browser.get(f"/entities/{number}/coverage.svg"))
    page = parsed(browser.get(f"/entities/{number}").text)
    for lane in page.cssselect(".lane .name:has(bdi)"):
        name, count = words(one(lane, "bdi")), words(one(lane, ".count"))
        assert f"{name}: {count} mention" in said(tree)


def test_the_articles_of_a_story_in_their_time(browser: httpx.Client) -> None:
    tree = drawn(browser.get("/stories/1/coverage.svg"))
    page = parsed(browser.get("/stories/1").text)
    dots = list(tree.iter(f"{SVG}circle"))
    assert len(dots) == len(page.cssselect(".lane a circle"))
    for lane in page.cssselect(".lane:has(a)"):
        days = [a.get("aria-label").partition(":")[0] for a in lane.cssselect("svg a")]
        assert f"{words(one(lane, '.name'))}: {' and '.join(days)}" in said(tree).split("; ")
    assert browser.get("/stories/9999/coverage.svg").status_code == 404


def test_hostile_names_stay_text(browser: httpx.Client) -> None:
    numbers = []
    for name, hostile in HOSTILE.items():
        row = {"source": f"Outlet {hostile}"[:300], "title": hostile, "external_id": f"svg {name}"}
        answer = browser.post("/v1/articles", json={**row, "text": TEXT.format(hostile)})
        assert answer.status_code == 201, answer.text
        numbers.append(answer.json())
    try:
        query = "&".join(f"article={each['id']}" for each in numbers[:8])
        for chart in CHARTS:
            tree = drawn(browser.get(f"/compare/{chart}.svg?{query}"))
            assert "alert(1)" in "".join(tree.itertext())
        for each in numbers:
            tree = drawn(browser.get(f"/sources/{each['source']['slug']}/coverage.svg"))
            assert "alert(1)" not in "".join(tree.keys())
    finally:
        for each in numbers:
            browser.delete(f"/v1/articles/{each['id']}")


def test_what_is_no_chart_is_told(browser: httpx.Client) -> None:
    answer = browser.get(f"/compare/prices.svg?{QUERIES[0]}")
    assert answer.status_code == 404
    assert "timeline" in words(one(parsed(answer.text), ".lede"))
    assert browser.get("/compare/entities.svg").status_code == 422
    assert browser.get("/compare/entities.svg?article=1").status_code == 422
    assert browser.get("/sources/nobody/coverage.svg").status_code == 404
    assert browser.get("/entities/99999/coverage.svg").status_code == 404


def test_letters_are_cut_where_they_have_no_room() -> None:
    assert fitting("Palmyra", 200) == "Palmyra"
    assert fitting("W" * 500, 100) == "W" * 12 + "…"
    assert ending("the road to Palmyra", 90).startswith("…")
    assert ending("the road to Palmyra", 90).endswith("Palmyra")
    assert len(fitting("e" + "\u0301" * 10_000, 100)) < 300
    assert fitting("漢" * 50, 130) == "漢" * 9 + "…"
    assert fitting("\u202eevil\u202c name", 200) == "evil name"
