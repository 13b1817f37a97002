"""Signing in with a key, and forms that other sites, or nobody, made."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.pages.reading import one, parsed, words
from tests.web.conftest import serving

SECRET = "a secret of at least thirty-two letters"
KEYS = ("first key", "sha256:" + hashlib.sha256("zweiter Schlüssel".encode()).hexdigest())
BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
TEXT = {"text": "Rain in Veldhaven\n\nIt rained in Veldhaven on Monday.", "source": "Gazette"}
FILES = {"files": ("rain.txt", TEXT["text"].encode())}


def settings(url: str, **others: object) -> Settings:
    # Nothing is analysed: what is written is what matters.
    return Settings.model_validate(
        {"database_url": url, "log_level": "error", "workers": 0, "vectors": False, **others}
    )


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("signing")
    return new_url(folder, "signing", keep=True)


@pytest.fixture(scope="module")
def address(url: str) -> Iterator[str]:
    with serving(create_app(settings(url, api_keys=KEYS, session_secret=SECRET))) as address:
        yield address


@pytest.fixture
def browser(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, headers=BROWSER, timeout=70) as client:
        yield client


def token(page: httpx.Response) -> str:
    return str(one(parsed(page.text), "input[name=form_token]").get("value"))


def sign_in(client: httpx.Client, key: str = "first key", **fields: str) -> httpx.Response:
    page = client.get("/sign-in")
    return client.post("/sign-in", data={"form_token": token(page), "key": key, **fields})


def written(client: httpx.Client) -> int:
    """How much was brought."""
    key = {"X-API-Key": "first key"}
    lists = [client.get(f"/v1/{name}", headers=key).json() for name in ("articles", "imports")]
    return sum(each["total"]["value"] for each in lists)


@pytest.mark.parametrize("key", ["first key", " zweiter Schlüssel "])
def test_who_has_a_key_signs_in_writes_and_signs_out(browser: httpx.Client, key: str) -> None:
    front = parsed(browser.get("/").text)
    assert front.cssselect("form[method=post]") == []
    assert one(front, "nav a[href^='/sign-in']").get("href") == "/sign-in?next=%2F"
    signed = sign_in(browser, key)
    assert (signed.status_code, signed.headers["location"]) == (303, "/")
    page = browser.get("/")
    before = written(browser)
    added = browser.post("/add", data={"form_token": token(page)}, files=FILES)
    assert added.status_code == 303
    assert written(browser) == before + 1
    out = browser.post("/sign-out", data={"form_token": token(page)})
    assert out.status_code == 303
    assert browser.post("/add", data={**TEXT, "form_token": token(page)}).status_code == 401
    assert parsed(browser.get("/").text).cssselect("form[action='/add']") == []


def test_who_may_not_compare_is_led_to_signing_in(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/compare").text)
    assert tree.cssselect(".paste button") == []
    assert one(tree, ".paste a").get("href") == "/sign-in?next=%2Fcompare"
    refused = browser.post("/compare", data={"text": ["Rain.", "Snow."]})
    assert refused.status_code == 401
    assert one(parsed(refused.text), ".measure a.button").get("href") == "/sign-in?next=%2F"
    sign_in(browser)
    assert parsed(browser.get("/compare").text).cssselect(".paste button")


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: httpx.Client) -> None:
    cookie = sign_in(browser).headers["set-cookie"]
    parts = cookie.lower().split("; ")
    assert {"httponly", "samesite=lax", "path=/", "max-age=43200"} <= set(parts)
    assert "secure" not in parts  # nobody came by https
    assert "first key" not in cookie
    assert hashlib.sha256(b"first key").hexdigest() not in cookie


def test_by_https_the_cookie_goes_by_https_alone(url: str) -> None:
    app = create_app(settings(url, api_keys=KEYS))
    with serving(app) as address, httpx.Client(base_url=address, headers=BROWSER) as client:
        assert "secure" not in client.get("/sign-in").headers["set-cookie"].lower()
    from starlette.responses import Response

    from app.web.keys import Keys
    from app.web.sessions import Sessions, Visit

    scope = {"type": "http", "scheme": "https", "headers": [], "root_path": "/parallax"}
    visit = Visit(Sessions(b"s" * 32, Keys(KEYS)), scope)
    visit.sign_in("key:0")
    answer = Response()
    visit.keep(answer)
    assert {"Secure", "Path=/parallax"} <= set(answer.headers["set-cookie"].split("; "))


@pytest.mark.parametrize("key", ["", "third", KEYS[1], "first key x"])
def test_a_key_that_is_not_known_is_said_at_its_field(browser: httpx.Client, key: str) -> None:
    answer = sign_in(browser, key, next="/stories")
    assert answer.status_code == 401
    tree = parsed(answer.text)
    assert words(one(tree, "#key-problem")) == "This key is not known."
    assert one(tree, "#key").get("aria-describedby") == "key-problem"
    assert one(tree, "#key").get("value") is None
    assert one(tree, "input[name=next]").get("value") == "/stories"


@pytest.mark.parametrize(
    ("following", "to"),
    [
        ("/entities/5?cursor=a", "/entities/5?cursor=a"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("/\t/elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(browser: httpx.Client, following: str, to: str) -> None:
    answer = sign_in(browser, next=following)
    assert (answer.status_code, answer.headers["location"]) == (303, to)


def test_a_session_outlives_a_restart_and_is_known_to_other_services(
    browser: httpx.Client, url: str
) -> None:
    sign_in(browser)
    app = create_app(settings(url, api_keys=KEYS, session_secret=SECRET))
    with serving(app) as other, httpx.Client(base_url=other, headers=BROWSER) as client:
        client.cookies = browser.cookies
        assert parsed(client.get("/").text).cssselect("form[action='/sign-out']")


def test_a_session_ends_when_its_key_is_taken_away(browser: httpx.Client, url: str) -> None:
    sign_in(browser)
    app = create_app(settings(url, api_keys=KEYS[1:], session_secret=SECRET))
    with serving(app) as other, httpx.Client(base_url=other, headers=BROWSER) as client:
        client.cookies = browser.cookies
        assert not parsed(client.get("/").text).cssselect("form[action='/sign-out']")


def test_a_session_is_nothing_to_the_api(browser: httpx.Client) -> None:
    sign_in(browser)
    answer = browser.post("/v1/articles", json=TEXT)
    assert answer.status_code == 401


def test_where_reads_take_a_key_a_page_leads_to_signing_in(url: str) -> None:
    app = create_app(settings(url, api_keys=KEYS, keys_for_reads=True))
    with serving(app) as other, httpx.Client(base_url=other, headers=BROWSER) as client:
        refused = client.get("/stories?q=rain&source=")
        assert refused.status_code == 401
        link = one(parsed(refused.text), ".measure a.button").get("href")
        assert link == "/sign-in?next=%2Fstories%3Fq%3Drain%26source%3D"
        page = client.get(link)
        following = str(one(parsed(page.text), "input[name=next]").get("value"))
        form = {"form_token": token(page), "key": "first key", "next": following}
        answer = client.post("/sign-in", data=form)
        assert answer.headers["location"] == "/stories?q=rain&source="
        assert client.get(answer.headers["location"]).status_code == 200


def test_below_a_path_of_its_host_the_same_needs_a_key(url: str) -> None:
    app = create_app(settings(url, api_keys=KEYS))
    with serving(app, "/news") as other, httpx.Client(base_url=other, headers=BROWSER) as client:
        assert client.get("/v1/webhooks").status_code == 401
        assert client.get("/v1/articles").status_code == 200
        link = one(parsed(client.get("/articles").text), "nav a[href*='/sign-in']").get("href")
        assert link == "/news/sign-in?next=%2Farticles"
        page = client.get("/sign-in")
        assert "; Path=/news;" in page.headers["set-cookie"]
        # The proxy takes the path away, for which the cookie is kept.
        cookie = {"Cookie": page.headers["set-cookie"].partition(";")[0]}
        form = {"form_token": token(page), "key": "first key", "next": "/articles"}
        signed = client.post("/sign-in", data=form, headers=cookie)
        assert signed.headers["location"] == "/news/articles"


def test_tries_at_the_page_count_like_all_others(url: str) -> None:
    app = create_app(settings(url, api_keys=KEYS, rate_limit="4/minute"))
    with serving(app) as other, httpx.Client(base_url=other, headers=BROWSER) as client:
        tries = [sign_in(client, "guess").status_code for _ in range(2)]
        assert tries == [401, 401]
        assert client.get("/sign-in").status_code == 429


@pytest.fixture(scope="module")
def open_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("open")
    with serving(create_app(settings(new_url(folder, "open")))) as address:
        yield address


@pytest.fixture
def visitor(open_address: str) -> Iterator[httpx.Client]:
    """A browser of a service that asks for no key."""
    with httpx.Client(base_url=open_address, headers=BROWSER, timeout=70) as client:
        yield client


def test_without_keys_nobody_is_asked_to_sign_in(visitor: httpx.Client) -> None:
    page = visitor.get("/")
    assert "Sign" not in words(parsed(page.text))
    assert visitor.get("/sign-in").status_code == 404
    added = visitor.post("/add", data={"form_token": token(page)}, files=FILES)
    assert added.status_code == 303


@pytest.mark.parametrize("path", ["/add", "/add/sample"])
@pytest.mark.parametrize("given", ["", "0" * 32, "é", None])
def test_a_form_without_its_token_is_not_taken(
    visitor: httpx.Client, path: str, given: str | None
) -> None:
    visitor.get("/")
    before = written(visitor)
    fields = TEXT if given is None else {**TEXT, "form_token": given}
    assert visitor.post(path, data=fields).status_code == 403
    assert written(visitor) == before


@pytest.mark.parametrize(
    ("coding", "field", "status"),
    [("undefined", b"Rain.", 400), ("utf-7", b"Rain +2AA-", 422), ("latin-1", b"Rain \xe9", 303)],
)
@pytest.mark.parametrize("name", [b'"text"', b'"files"; filename="a.txt"', b'"source"'])
def test_a_form_in_a_coding_that_cannot_be_stored_is_told(
    visitor: httpx.Client, coding: str, field: bytes, status: int, name: bytes
) -> None:
    given = token(visitor.get("/")).encode()
    named = name.replace(b"a.txt", field)
    parts = (b'"form_token"', given), (named, field), (b'"text"', b"It rained.")
    body = b"".join(
        b"--b\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n" % each for each in parts
    )
    headers = {"Content-Type": f"multipart/form-data; boundary=b; charset={coding}"}
    answer = visitor.post("/add", content=body + b"--b--\r\n", headers=headers)
    assert answer.status_code == status
    if status != 303:
        assert visitor.post(
            "/v1/imports", content=body + b"--b--\r\n", headers=headers
        ).is_client_error


def test_a_token_of_somebody_else_is_not_taken(visitor: httpx.Client, open_address: str) -> None:
    with httpx.Client(base_url=open_address, headers=BROWSER) as stranger:
        theirs = token(stranger.get("/"))
    visitor.get("/")
    assert visitor.post("/add", data={**TEXT, "form_token": theirs}).status_code == 403
    visitor.cookies.clear()
    assert visitor.post("/add", data={**TEXT, "form_token": theirs}).status_code == 403


def test_a_token_of_a_session_that_is_over_is_not_taken(browser: httpx.Client) -> None:
    from app.web.keys import Keys
    from app.web.sessions import Sessions

    past = Sessions(SECRET.encode(), Keys(KEYS), lambda: 0)
    session = past.begin(past.keys.owner("first key"))
    browser.cookies.set("parallax_session", session.value)
    fields = {**TEXT, "form_token": past.form_token(session)}
    assert browser.post("/add", data=fields).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "", "Origin": "http://[elsewhere"},
    ],
)
def test_what_another_site_sends_is_not_taken_whatever_it_carries(
    visitor: httpx.Client, headers: dict[str, str]
) -> None:
    given = token(visitor.get("/"))
    before = written(visitor)
    for path in ("/add", "/add/sample"):
        answer = visitor.post(path, data={**TEXT, "form_token": given}, headers=headers)
        assert answer.status_code == 403
    # A form needs no leave of ours to be sent to the API, as files.
    files = {"files": ("a.txt", b"It rained on Monday.")}
    assert visitor.post("/v1/imports", files=files, headers=headers).status_code == 403
    assert written(visitor) == before


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 422),
        ("{}", 422),
        ("https://elsewhere.example", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_a_browser_that_says_only_where_it_comes_from_is_asked_that(
    open_address: str, origin: str | None, status: int
) -> None:
    headers = {"Origin": origin.format(open_address)} if origin else {}
    with httpx.Client(base_url=open_address, headers=headers) as client:
        assert client.post("/v1/articles", json={}).status_code == status


def test_a_program_with_a_key_needs_no_form(address: str) -> None:
    with httpx.Client(base_url=address, headers={"X-API-Key": "first key"}) as program:
        assert program.post("/add", files=FILES).status_code == 303


def test_pages_that_only_show_keep_no_cookie(visitor: httpx.Client) -> None:
    for path in ("/articles", "/stories", "/compare", "/entities"):
        assert "set-cookie" not in visitor.get(path).headers
    first = visitor.get("/")
    assert re.match(r"parallax_session=-\.", first.headers["set-cookie"])
    assert "set-cookie" not in visitor.get("/").headers
