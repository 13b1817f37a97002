"""A story of twenty articles of five outlets: its pages stay small and quick, and each fact, figure
and passage stands there once."""

import re
import time
from collections.abc import Iterator
from statistics import median

import httpx
import pytest

from tests.pages.reading import one, parsed, words

OUTLETS = ("Harbour Post", "Inland Herald", "Coastal Wire", "Kelmouth Observer", "North Radio")
HEADLINES = (
    "Fire destroys grain terminal in Torvald",
    "Torvald terminal fire: {0} workers hurt",
    "Police call Torvald port fire suspicious",
    "Government promises help after Torvald fire",
)
LEADS = (
    "A fire destroyed the grain terminal in the port of Torvald on Monday. {0} workers were taken "
    "to hospital, the fire service said.",
    "The grain terminal in Torvald burnt down on Monday, and at least {0} workers were injured.",
    "Firefighters in Torvald fought a blaze at the grain terminal; {0} people were treated.",
    "On Monday flames tore through the grain terminal of Torvald, said Mayor Ilse Brandt.",
    "The grain terminal of Torvald is lost. The fire injured {0} workers, the union said.",
)
PARAGRAPHS = (
    'Mayor Ilse Brandt said: "We have lost the heart of the port." She asked for help.',
    "The port authority said that {1} tonnes of wheat were destroyed. Police Chief Marek Olsen "
    "called the fire suspicious.",
    'The union blamed Aldane Grain. "They were warned in January," said Petra Voss.',
    'Aldane Grain rejected the accusation. "Every inspection was passed," said Tomas Hale.',
    "The terminal, opened in 1962, handled 40 per cent of the region's wheat.",
    "The government promised {2} million crowns. Minister Anna Reuter will visit on Thursday.",
)


def _row(outlet: int, number: int) -> dict[str, str]:
    figures = (12 + outlet + number // 2, 8_500 + 500 * outlet, 30 if outlet < 3 else 40)
    body = [PARAGRAPHS[(outlet + number + n) % len(PARAGRAPHS)] for n in range(5)]
    lead = LEADS[(outlet + number) % len(LEADS)]
    return {
        "source": OUTLETS[outlet],
        "title": HEADLINES[number].format(*figures),
        "text": "\n\n".join([lead, *body]).format(*figures),
        "published_at": f"2024-03-0{4 + number}T08:00:00Z",
        "external_id": f"torvald {outlet} {number}",
    }


@pytest.fixture(scope="module")
def story(browser: httpx.Client) -> Iterator[int]:
    made = []
    for number in range(4):
        for outlet in range(len(OUTLETS)):
            answer = browser.post("/v1/articles", json=_row(outlet, number))
            assert answer.status_code == 201, answer.text
            made.append(answer.json()["id"])
    found = browser.get(f"/v1/articles/{made[0]}").json()["story"]
    assert browser.get(f"/v1/stories/{found}").json()["articles"] == len(made)
    yield found
    for number in made:
        browser.delete(f"/v1/articles/{number}")


@pytest.mark.parametrize("path", ["/stories/{0}", "/compare?story={0}"])
def test_its_pages_are_small(browser: httpx.Client, story: int, path: str) -> None:
    answer = browser.get(path.format(story))
    assert answer.status_code == 200
    assert len(answer.content) < 150_000


def test_its_file_to_keep_is_below_400_kilobytes(browser: httpx.Client, story: int) -> None:
    assert len(browser.get(f"/compare.html?story={story}").content) < 400_000


def test_a_sentence_of_several_sides_stands_once(browser: httpx.Client, story: int) -> None:
    tree = parsed(browser.get(f"/compare?story={story}").text)
    for fact in tree.cssselect("#statements .fact"):
        said = [words(a) for a in fact.cssselect(".sentence > a")]
        assert len(said) == len(set(said))
    letters = {words(a) for a in tree.cssselect("#statements .told .cite")}
    assert letters == set("ABCDE")


def test_a_figure_of_one_side_stands_once(browser: httpx.Client, story: int) -> None:
    tree = parsed(browser.get(f"/compare?story={story}").text)
    for said in tree.cssselect("#figures .number-line .said li"):
        # Once for each who gives it: 'from the union', 'from the fire service'.
        given = re.split(r"(?<=[a-z0-9]),? (?=\d)", words(said))
        assert len(given) == len(set(given))
    assert "million" in words(one(tree, "#figures"))


def test_the_page_takes_little_longer_than_the_answer_of_the_api(
    browser: httpx.Client, story: int
) -> None:
    """The pages have no work of their own to speak of: a ratio, since machines differ."""

    def seconds(path: str, accept: str) -> float:
        begun = time.perf_counter()
        assert browser.get(path, headers={"Accept": accept}).status_code == 200
        return time.perf_counter() - begun

    path = f"/compare?story={story}"
    times = [
        (seconds(path, "text/html"), seconds(f"/v1{path}", "application/json")) for _ in range(5)
    ]
    page, api = (median(each) for each in zip(*times, strict=True))
    assert page < 2.5 * api
