import httpx
import pytest

from app.domain.article import Submission
from app.errors import FetchFailed, RefusedAddress, UnreadableDocument, UnsupportedMedia
from app.intake.fetch import Fetcher
from app.intake.pages import page_submission, read_address
from app.intake.robots import Robots
from app.settings import Settings

RULES = b"User-agent: *\nDisallow: /\n\nUser-agent: parallax\nDisallow: /private\nAllow: /\n"


class Web:
    """A web of paths and their answers; robots.txt is 404 where none is given."""

    def __init__(self, **answers: httpx.Response) -> None:
        self.asked: list[str] = []
        self._answers = answers

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.strip("/").replace(".", "_")
        self.asked.append(path)
        return self._answers.get(path, httpx.Response(404))

    def page(self, path: str, title: str | None = None, source: str | None = None) -> Submission:
        asked = Submission(url=f"https://n.example/{path}", title=title, source=source)
        return page_submission(asked, self.fetcher().fetch(f"https://n.example/{path}"))

    def fetcher(self) -> Fetcher:
        return Fetcher(
            max_bytes=1_000_000,
            timeout=5,
            allow_private=False,
            user_agent="Parallax/0.1 (news)",
            transport=httpx.MockTransport(self),
            sleep=lambda seconds: None,
        )


def html(text: str = "The market closed.") -> httpx.Response:
    return httpx.Response(200, html=f"<html><p>{text}")


def test_robots_rules_are_obeyed() -> None:
    web = Web(robots_txt=httpx.Response(200, content=RULES), a=html(), private=html())
    fetcher = web.fetcher()
    assert fetcher.fetch("https://n.example/a").status == 200
    with pytest.raises(RefusedAddress, match=r"robots\.txt forbids"):
        fetcher.fetch("https://n.example/private")
    assert web.asked == ["robots_txt", "a"]


def test_robots_rules_hold_behind_a_redirect() -> None:
    web = Web(
        robots_txt=httpx.Response(200, content=RULES),
        go=httpx.Response(302, headers={"location": "/private"}),
        private=html(),
    )
    with pytest.raises(RefusedAddress, match=r"robots\.txt forbids"):
        web.fetcher().fetch("https://n.example/go")
    assert "private" not in web.asked


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_that_are_not_there_allow_all(status: int) -> None:
    web = Web(robots_txt=httpx.Response(status), a=html())
    assert web.fetcher().fetch("https://n.example/a").status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_that_cannot_be_had_forbid_for_now(status: int) -> None:
    web = Web(robots_txt=httpx.Response(status), a=html())
    fetcher = web.fetcher()
    for _ in range(2):
        with pytest.raises(FetchFailed, match=rf"n\.example answered {status} when asked for its"):
            fetcher.fetch("https://n.example/a")
    assert web.asked == ["robots_txt"] * 3


def test_robots_are_asked_for_again_after_a_while() -> None:
    now = 0.0
    robots = Robots("Parallax/0.1", clock=lambda: now)
    answers = iter([(503, b""), (200, RULES), (404, b"")])
    page = httpx.URL("https://n.example/private/x")
    with pytest.raises(FetchFailed):
        robots.check(page, lambda place: next(answers))
    now = 61.0
    with pytest.raises(RefusedAddress):
        robots.check(page, lambda place: next(answers))
    now = 3600.0
    with pytest.raises(RefusedAddress):
        robots.check(page, lambda place: next(answers))
    now = 3700.0
    robots.check(page, lambda place: next(answers))


def test_page_keeps_what_was_said_and_takes_the_last_address() -> None:
    web = Web(go=httpx.Response(301, headers={"location": "/a?x=1"}), a=html("Le marché"))
    found = web.page("go", title="Market", source="The Courier")
    assert found == Submission(
        html="<html><p>Le marché",
        url="https://n.example/a?x=1",
        title="Market",
        source="The Courier",
    )


def test_plain_text_is_text() -> None:
    web = Web(a=httpx.Response(200, text="<html> is a tag."))
    found = web.page("a")
    assert (found.text, found.html) == ("<html> is a tag.", None)


def test_charset_of_the_header_counts() -> None:
    headers = {"content-type": "text/html; charset=windows-1251"}
    web = Web(a=httpx.Response(200, content="<p>рынок".encode("cp1251"), headers=headers))
    assert web.page("a").html == "<p>рынок"


FEED = b"<rss version='2.0'><channel><title>T</title><item><link>/b</link></item></channel></rss>"


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"%PDF-1.4 ...", UnreadableDocument), (FEED, UnsupportedMedia)],
)
def test_page_that_is_no_html_whatever_its_type(content: bytes, error: type[Exception]) -> None:
    web = Web(a=httpx.Response(200, content=content, headers={"content-type": "text/html"}))
    with pytest.raises(error):
        web.page("a")


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html", ""])
def test_address_of_a_feed_gives_its_entries(kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    web = Web(f=httpx.Response(200, content=FEED, headers=headers))
    (row,) = read_address(web.fetcher(), "https://n.example/f").rows
    assert row.submission == Submission(url="https://n.example/b", source="T")


def test_address_of_a_page_gives_one_row() -> None:
    (row,) = read_address(Web(a=html()).fetcher(), "https://n.example/a").rows
    assert row.submission == Submission(
        html="<html><p>The market closed.", url="https://n.example/a"
    )


@pytest.mark.parametrize("url", ["ftp://n.example/a", "nonsense", "https://n.example/missing"])
def test_address_that_fails_gives_a_row_with_the_error(url: str) -> None:
    (row,) = read_address(Web().fetcher(), url).rows
    assert row.name == url
    assert row.error is not None


def test_settings_make_a_fetcher() -> None:
    settings = Settings(fetch_private=False, fetch_timeout=1.0)
    with pytest.raises(RefusedAddress):
        Fetcher.from_settings(settings).fetch("http://127.0.0.1:9/")
