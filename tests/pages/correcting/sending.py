"""Forms sent as browsers do, and what came of them."""

import httpx
from lxml import html

from tests.pages.reading import one, parsed, words

type Field = str | list[str] | None


def send(
    client: httpx.Client, page: httpx.Response, action: str, **fields: Field
) -> httpx.Response:
    """Sends the form of a page as a browser would, with these fields filled in; None takes one
    away."""
    tree = parsed(page.text)
    form = next(f for f in tree.cssselect("form[method=post]") if f.get("action") == action)
    filled: dict[str, Field] = {}
    for name, value in form.form_values():
        filled.setdefault(name, value)
    filled |= fields
    return client.post(action, data={n: v for n, v in filled.items() if v is not None})


def number_of(client: httpx.Client, name: str) -> int:
    found = client.get("/v1/entities", params={"q": name, "limit": 1}).json()["items"]
    assert found[0]["name"] == name
    return int(found[0]["id"])


def entity(client: httpx.Client, number: int) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/v1/entities/{number}").json()
    return {n: v for n, v in found.items() if n != "updated_at"}


def followed(client: httpx.Client, answer: httpx.Response) -> httpx.Response:
    assert answer.status_code == 303, answer.text
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    return page


def undo(client: httpx.Client, page: httpx.Response) -> httpx.Response:
    """Presses the button of what was just done."""
    action = str(one(parsed(page.text), ".done form").get("action"))
    return followed(client, send(client, page, action))


def last(client: httpx.Client) -> dict[str, object]:
    log: list[dict[str, object]] = client.get("/v1/corrections?limit=1").json()["items"]
    return log[0] if log else {"id": 0}


def problem(page: httpx.Response) -> str:
    return words(one(parsed(page.text), ".problem[role=alert]"))


def value(tree: html.HtmlElement, selector: str) -> str | None:
    found: str | None = one(tree, selector).get("value")
    return found
