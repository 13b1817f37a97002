"""The lines under the titles of sections say what is in them."""

import httpx

from tests.pages.conftest import PASTED, Paste
from tests.pages.reading import one, parsed, words
from tests.pages.test_compare_page import STORED


def test_a_line_counts_what_the_answer_of_the_api_has(browser: httpx.Client) -> None:
    answer = browser.get(f"/v1{STORED}&top=100").json()
    tree = parsed(browser.get(STORED).text)
    lines = {
        e.get("id"): words(e.cssselect(".deck")[0]) for e in tree.cssselect(".section:has(.deck)")
    }
    shared, only = answer["statements"]["shared"], answer["statements"]["only"]
    facts = f"{len(shared)} fact{'s' if len(shared) != 1 else ''} on both sides"
    assert lines["statements"].startswith(facts)
    for letter, own in zip("AB", only.values(), strict=True):
        assert (
            f"{len(own)} sentence{'s' if len(own) != 1 else ''} in {letter} alone"
            in lines["statements"]
        )
    speakers = answer["quotes"]["speakers"]
    assert lines["quotes"].startswith(f"{len(speakers)} speaker")
    times = answer["timeline"]["items"]
    assert lines["timeline"].startswith(f"{len(times)} times")
    names = answer["entities"]["shared"]
    assert lines["entities"].startswith(f"{len(names)} names on both sides")


def test_a_section_of_which_nothing_is_to_count_has_no_line(paste: Paste) -> None:
    tree = parsed(paste(("", "", "Rain fell."), ("", "", "Snow fell.")).text)
    assert tree.cssselect("#quotes .deck") == []
    assert tree.cssselect("#reuse .deck") == []


def test_what_lists_leave_out_is_a_link_to_all_of_it(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/compare?story=1&fold=none").text)
    note = next(e for e in tree.cssselect("#statements .note") if "more" in words(e))
    link = one(note, "a").get("href")
    assert link.endswith("&top=100#statements")
    whole = parsed(browser.get(link).text)
    assert len(whole.cssselect(".own")) > len(tree.cssselect(".own"))
    # Pasted texts are not in the address: there is nowhere to lead to.
    assert tree.cssselect('.kicker a[href="/stories/1"]')


def test_pasted_texts_have_no_address_of_a_longer_page(paste: Paste) -> None:
    assert "top=100" not in paste(*PASTED).text
