"""`/corrections`: who, what, when and why; undoing from there."""

import httpx

from tests.pages.correcting.conftest import KEY
from tests.pages.correcting.sending import entity, followed, last, number_of, send, undo, value
from tests.pages.reading import one, parsed, words


def test_the_log_says_who_what_and_why_and_undoes(browser: httpx.Client) -> None:
    number = number_of(browser, "Palmyra")
    page = browser.get(f"/entities/{number}")
    fields = {"name": "Tadmur", "author": "Ada", "reason": "its Arabic name"}
    followed(browser, send(browser, page, f"/entities/{number}/rename", **fields))
    done = last(browser)
    log = browser.get("/corrections?kind=rename&state=active")
    entry = one(parsed(log.text), f"#undo-{done['id']}")
    assert words(one(entry, ".what")) == "Tadmur is called ‘Tadmur’"
    assert "Ada: its Arabic name" in words(entry)
    assert value(entry, "input[name=author]") == "Ada"  # remembered
    action = f"/corrections/{done['id']}/undo"
    too_long = send(browser, log, action, reason="x" * 2_001)
    assert too_long.status_code == 422
    assert "2,001" in words(one(parsed(too_long.text), f"#undo-{done['id']}-reason-wrong"))
    page = followed(browser, send(browser, log, action, author="Ben", reason="no, not here"))
    assert page.url.path == "/corrections"
    entry = one(parsed(page.text), f"#undo-{done['id']}")
    assert "Ben: no, not here" in words(entry)
    assert entry.cssselect("form") == []
    assert entity(browser, number)["name"] == "Palmyra"
    again = send(browser, log, action)
    assert again.status_code == 404
    assert "was undone already" in words(one(parsed(again.text), ".lede"))
    assert browser.get("/corrections?kind=rename&state=undone").status_code == 200
    entry_on_page = words(parsed(browser.get(f"/entities/{number}").text))
    assert "Ben: no, not here" in entry_on_page


def test_the_log_goes_on_and_may_be_of_one_entity(visitor: httpx.Client) -> None:
    number = number_of(visitor, "Palmyra")
    for name in ("Tadmur", "Tadmor", "Palmyra"):
        page = visitor.get(f"/entities/{number}")
        page = followed(visitor, send(visitor, page, f"/entities/{number}/rename", name=name))
    undo(visitor, page)
    seen: list[str] = []
    link: str | None = f"/corrections?entity={number}&limit=2"
    while link:
        tree = parsed(visitor.get(link).text)
        seen += [str(e.get("id")) for e in tree.cssselect(".log li")]
        more = tree.cssselect(".more-link a")
        link = more[0].get("href") if more else None
    total = visitor.get(f"/v1/corrections?entity={number}").json()["total"]["value"]
    assert len(seen) == len(set(seen)) == total
    for each in visitor.get(f"/v1/corrections?entity={number}&state=active").json()["items"]:
        visitor.delete(f"/v1/corrections/{each['id']}")
    assert visitor.get("/corrections?kind=nonsense").status_code == 422


def test_a_correction_without_a_name_is_the_keys(stranger: httpx.Client) -> None:
    send(stranger, stranger.get("/sign-in"), "/sign-in", key=KEY)
    number = number_of(stranger, "Palmyra")
    page = stranger.get(f"/entities/{number}")
    page = followed(stranger, send(stranger, page, f"/entities/{number}/rename", name="Tadmur"))
    assert str(last(stranger)["author"]).startswith("key:")
    undo(stranger, page)
