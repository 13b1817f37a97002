"""Entities merged, split, renamed, retyped and rejected from their pages, and all of it undone."""

import httpx
import pytest

from tests.pages.correcting.sending import (
    Field,
    entity,
    followed,
    last,
    number_of,
    problem,
    send,
    undo,
)
from tests.pages.reading import one, parsed, words


def test_two_are_merged_counts_change_and_all_is_undone(browser: httpx.Client) -> None:
    moscow, kremlin = number_of(browser, "Moscow"), number_of(browser, "Kremlin")
    before = entity(browser, moscow), entity(browser, kremlin)
    page = browser.get(f"/entities/{moscow}")
    search = next(
        f for f in parsed(page.text).cssselect("form") if f.get("action", "").endswith("/merge")
    )
    assert search.get("method") == "get"
    page = browser.get(str(search.get("action")), params={"q": "kreml"})
    choices = [words(e) for e in parsed(page.text).cssselect("input[name=into] + label")]
    assert choices[0].startswith("Kremlin, ")
    assert "mention" in choices[0]
    answer = send(
        browser,
        page,
        f"/entities/{moscow}/merge",
        into=str(kremlin),
        reason="stands for it",
        author="Ada",
    )
    page = followed(browser, answer)
    assert page.url.path == f"/entities/{moscow}"
    assert words(one(parsed(page.text), ".done p")) == "Corrected: Kremlin is part of Moscow."
    assert entity(browser, moscow)["mentions"] == sum(int(str(e["mentions"])) for e in before)
    done = last(browser)
    assert (done["author"], done["reason"]) == ("Ada", "stands for it")
    page = undo(browser, page)
    assert words(one(parsed(page.text), ".done p")) == "Undone: Kremlin is part of Moscow."
    assert parsed(page.text).cssselect(".done form") == []
    assert (entity(browser, moscow), entity(browser, kremlin)) == before
    assert last(browser)["undone_by"] == "Ada"


def test_the_other_ones_name_may_be_kept(browser: httpx.Client) -> None:
    moscow, kremlin = number_of(browser, "Moscow"), number_of(browser, "Kremlin")
    page = browser.get(f"/entities/{moscow}/merge?q=kremlin")
    fields = {"into": str(kremlin), "keep": "other"}
    page = followed(browser, send(browser, page, f"/entities/{moscow}/merge", **fields))
    assert page.url.path == f"/entities/{kremlin}"
    merged = browser.get(f"/entities/{moscow}")
    assert "correct that one" in words(one(parsed(merged.text), ".corrections"))
    undo(browser, page)
    assert entity(browser, moscow)["merged_into"] is None


@pytest.mark.parametrize(
    ("form", "fields", "told"),
    [
        ("rename", {"name": "Tadmur"}, "Corrected: Palmyra is called ‘Tadmur’."),
        ("retype", {"type": "LOC"}, "Corrected: Palmyra is of the kind ‘place’."),
    ],
)
def test_a_name_or_kind_is_given_and_taken_back(
    browser: httpx.Client, form: str, fields: dict[str, Field], told: str
) -> None:
    number = number_of(browser, "Palmyra")
    before = entity(browser, number)
    action = f"/entities/{number}/{form}"
    page = followed(browser, send(browser, browser.get(f"/entities/{number}"), action, **fields))
    assert words(one(parsed(page.text), ".done p")).replace("Tadmur is", "Palmyra is") == told
    given = next(iter(fields))
    assert entity(browser, number)[given] == fields[given]
    again = send(browser, page, action, **fields)
    assert again.status_code == 422
    assert "already" in problem(again)
    undo(browser, page)
    assert entity(browser, number) == before


@pytest.mark.parametrize("then", ["split", "reject"])
def test_names_leave(browser: httpx.Client, then: str) -> None:
    number = number_of(browser, "Islamic State")
    before = entity(browser, number)
    page = browser.get(f"/entities/{number}")
    names = [str(e.get("value")) for e in parsed(page.text).cssselect("#names [name=aliases]")]
    assert len(names) >= 2
    action = f"/entities/{number}/names"
    answer = send(browser, page, action, aliases=names[1:], then=then, reason="another")
    page = followed(browser, answer)
    done = last(browser)
    assert done["kind"] == ("split_aliases" if then == "split" else "drop_alias")
    assert done["aliases"] == names[1:]
    assert [each["text"] for each in entity(browser, number)["aliases"]] == names[:1]  # type: ignore[attr-defined]
    links = [a.get("href") for a in parsed(page.text).cssselect(".done p a")]
    assert links == [f"/entities/{each}" for each in (number, done["to"]) if each]
    undo(browser, page)
    assert entity(browser, number) == before


@pytest.mark.parametrize("then", ["split", "reject"])
def test_mentions_leave(browser: httpx.Client, then: str) -> None:
    number = number_of(browser, "Palmyra")
    before = entity(browser, number)
    page = browser.get(f"/entities/{number}")
    boxes = parsed(page.text).cssselect("#mentions [name=mentions]")
    chosen = [str(box.get("value")) for box in boxes[:2]]
    name = "The oasis" if then == "split" else ""
    action = f"/entities/{number}/mentions"
    page = followed(browser, send(browser, page, action, mentions=chosen, then=then, name=name))
    done = last(browser)
    assert done["kind"] == ("split_mentions" if then == "split" else "reject_mention")
    assert len(done["mentions"]) == 2  # type: ignore[arg-type]
    assert entity(browser, number)["mentions"] == int(str(before["mentions"])) - 2
    if then == "split":
        assert entity(browser, int(str(done["to"])))["name"] == "The oasis"
    undo(browser, page)
    assert entity(browser, number) == before
