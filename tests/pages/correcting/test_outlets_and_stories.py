"""Outlets and stories corrected from a page of their own, and all of it undone."""

import httpx

from tests.pages.correcting.sending import followed, last, send, undo, value
from tests.pages.reading import one, parsed, words


def test_an_outlet_is_renamed_merged_and_all_is_undone(browser: httpx.Client) -> None:
    before = browser.get("/v1/sources").json()["items"]
    start = browser.get("/sources/coastal-courier")
    link = one(parsed(start.text), 'a[href$="/correct"]').get("href")
    page = browser.get(str(link))
    action = "/sources/coastal-courier/rename"
    page = followed(browser, send(browser, page, action, name="The Courier", author="Ada"))
    assert words(one(parsed(page.text), ".page-title")) == "The Courier"
    assert browser.get("/v1/sources/the-courier").json()["name"] == "The Courier"
    page = undo(browser, page)
    fields = {"into": "The Daily Lantern", "reason": "one house"}
    action = "/sources/coastal-courier/merge"
    page = followed(browser, send(browser, page, action, **fields))
    told = words(one(parsed(page.text), ".done p"))
    assert told == "Corrected: the-daily-lantern is part of coastal-courier."
    assert len(browser.get("/v1/sources").json()["items"]) == len(before) - 1
    page = undo(browser, page)
    assert browser.get("/v1/sources").json()["items"] == before
    log = words(parsed(browser.get("/corrections?source=coastal-courier").text))
    assert "one house" in log


def test_a_story_is_split_merged_and_all_is_undone(browser: httpx.Client) -> None:
    def stories() -> object:
        found = browser.get("/v1/stories?sort=id").json()["items"]
        return [{n: v for n, v in each.items() if n != "updated_at"} for each in found]

    before = stories()
    link = one(parsed(browser.get("/stories/1").text), 'a[href$="/correct"]').get("href")
    page = browser.get(str(link))
    boxes = [str(e.get("value")) for e in parsed(page.text).cssselect("[name=articles]")]
    action = "/stories/1/split"
    answer = send(browser, page, action, articles=boxes, reason="a reason")
    assert answer.status_code == 422
    assert "none would stay" in words(one(parsed(answer.text), "#split-articles-wrong"))
    assert value(parsed(answer.text), "#split-reason") == "a reason"
    page = followed(browser, send(browser, page, action, articles=boxes[:1], author="Ada"))
    told = words(one(parsed(page.text), ".done p"))
    new = last(browser)["to"]
    assert told == f"Corrected: 1 article of Story 1 is story {new}."
    page = undo(browser, page)
    assert stories() == before
    page = browser.get("/stories/1/correct?q=ferry")
    other = str(one(parsed(page.text), "[name=into]").get("value"))
    page = followed(browser, send(browser, page, "/stories/1/merge", into=other))
    assert (
        words(one(parsed(page.text), ".done p")) == f"Corrected: Story 1 is part of story {other}."
    )
    assert "correct that one" in words(parsed(browser.get("/stories/1/correct").text))
    undo(browser, page)
    assert stories() == before
    page = browser.get("/stories/1/correct?q=ferry")
    nobody = send(browser, page, "/stories/1/merge", into="99999")
    assert words(one(parsed(nobody.text), "#merge-into-wrong")) == "There is no story 99999."
