"""A service that polls the feeds of a site on loopback."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.intake.loopback import Handler, Site
from tests.web.conftest import serving

PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The harbour of Marrick was closed on Monday, the port authority said, because of fog.</p>
<p>Ferries waited outside for three hours before the first of them could land again.</p>
</article></body></html>"""


def rss(site: Site, *paths: str, title: str = "Oslo Tidings") -> bytes:
    items = "".join(
        f"<item><title>Item {path}</title><link>http://127.0.0.1:{site.port}{path}</link></item>"
        for path in paths
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>http://127.0.0.1/</link><description>x</description>{items}</channel></rss>"
    ).encode()


def page(title: str) -> Callable[[Handler], None]:
    return lambda h: h.answer(200, PAGE.format(title=title).encode())


def feed_of(site: Site, *paths: str, **headers: str) -> Callable[[Handler], None]:
    for path in paths:
        site.routes.setdefault(path, page(f"Fog over {path[1:]}"))
    return lambda h: h.answer(200, rss(site, *paths), content_type="application/rss+xml", **headers)


@contextmanager
def service(folder: Path, **given: Any) -> Iterator[httpx.Client]:
    settings: dict[str, Any] = {
        "database_url": new_url(folder, "feeds", keep=True),
        "workers": 0,
        "fetch_private": True,
        "feed_interval": 2,
        "log_level": "error",
    }
    with (
        serving(create_app(Settings(**settings | given))) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def added(client: httpx.Client, site: Site, path: str = "/feed.xml", **more: Any) -> int:
    url = f"http://127.0.0.1:{site.port}{path}"
    answer = client.post("/v1/feeds", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["id"]
    assert answer.headers["location"] == f"/v1/feeds/{number}"
    return number


def until(client: httpx.Client, feed: int, met: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The feed once it is as it should be."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        found: dict[str, Any] = client.get(f"/v1/feeds/{feed}").json()
        if met(found):
            return found
        time.sleep(0.1)
    pytest.fail(f"the feed stayed {found}")


def titles(client: httpx.Client) -> list[str]:
    found = client.get("/v1/articles", params={"sort": "id"}).json()["items"]
    return [each["title"] for each in found]
