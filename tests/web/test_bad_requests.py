"""Bad input over HTTP: each gets a problem that says what and where."""

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TWO = "/v1/compare?source=meridian-dispatch&source=the-daily-lantern"
PART = b"--b\r\nContent-Disposition: form-data; %b\r\n\r\nx\r\n--b--\r\n"
JSON = {"Content-Type": "application/json"}


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("urn:parallax:problem:")
    assert body["detail"].endswith((".", "!", "?"))
    assert "Traceback" not in answer.text
    return body


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("/v1/articles?colour=red", "?colour"),
        ("/v1/articles?limit=5&limit=6", "?limit"),
        ("/v1/articles?limit=0", "?limit"),
        ("/v1/articles?limit=201", "?limit"),
        ("/v1/articles?limit=1.0", "?limit"),
        ("/v1/articles?limit=+5", "?limit"),
        ("/v1/articles?limit=%D9%A5", "?limit"),
        ("/v1/articles?limit=99999999999999999999999", "?limit"),
        ("/v1/articles?cursor=nonsense", "?cursor"),
        ("/v1/articles?sort=colour", "?sort"),
        ("/v1/articles?q=", "?q"),
        ("/v1/articles?q=%20", "?q"),
        ("/v1/articles?q=a%00b", "?q"),
        ("/v1/articles?since=yesterday", "?since"),
        ("/v1/articles?since=2016-02-30", "?since"),
        ("/v1/articles?until=20160224", "?until"),
        ("/v1/articles?state=done", "?state"),
        ("/v1/articles?source=nobody", "?source"),
        ("/v1/articles?source=meridian-dispatch&source=nobody", "?source"),
        ("/v1/articles?entity=999999", "?entity"),
        ("/v1/articles?entity=0", "?entity"),
        ("/v1/articles?story=999999", "?story"),
        ("/v1/articles?total=some", "?total"),
        ("/v1/articles?offsets=bytes", "?offsets"),
        ("/v1/articles/1?text=no", "?text"),
        ("/v1/articles/1/mentions?type=DATE", "?type"),
        ("/v1/articles/1/mentions?entity=999999", "?entity"),
        ("/v1/entities?article=999999", "?article"),
        ("/v1/entities?min_mentions=0", "?min_mentions"),
        ("/v1/entities?type=person", "?type"),
        ("/v1/sources?q=x", "?q"),
        ("/v1/sources/meridian-dispatch?limit=5", "?limit"),
        ("/v1/imports/1?wait=5", "?wait"),
        ("/v1/compare?source=meridian-dispatch", "?source"),
        ("/v1/compare?source=meridian-dispatch&source=nobody", "?source"),
        (
            TWO + "&section=gossip",
            "?section",
        ),
        (TWO + "&evidence=51", "?evidence"),
        (TWO + "&top=0", "?top"),
        ("/v1/compare?article=1&article=999999", "?article"),
        ("/healthz?verbose=1", "?verbose"),
    ],
)
def test_a_bad_parameter_is_named(client: httpx.Client, path: str, pointer: str) -> None:
    body = problem(client.get(path), 422)
    assert pointer in [error["pointer"] for error in body["errors"]]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("limit=0", "limit must be at least 1."),
        ("limit=many", "limit: 'many' is not a whole number of 0 or more."),
        ("entity=-1", "entity: '-1' is not a whole number of 0 or more."),
        ("state=done", "state must be 'pending', 'ready' or 'failed'."),
        (
            "since=soon",
            "since: 'soon' is not a date (2016-03-24) or date-time (2016-03-24T09:30:00Z).",
        ),
        ("colour=red", "There is no parameter 'colour' here."),
        ("q=a&q=b", "q may be given only once."),
        ("language=%20", "language is blank."),
        ("source=nobody", "There is no source 'nobody': the list of sources has their names."),
    ],
)
def test_what_is_wrong_is_one_sentence(client: httpx.Client, query: str, said: str) -> None:
    body = problem(client.get(f"/v1/articles?{query}"), 422)
    assert body["detail"] == said
    assert [error["detail"] for error in body["errors"]] == [said]


def test_every_bad_parameter_is_named_at_once(client: httpx.Client) -> None:
    body = problem(client.get("/v1/articles?limit=0&state=x&since=y"), 422)
    assert {error["pointer"] for error in body["errors"]} == {"?limit", "?state", "?since"}


def test_a_query_that_is_not_utf8_is_refused(client: httpx.Client) -> None:
    assert "UTF-8" in problem(client.get("/v1/articles?q=%ff"), 422)["detail"]


@pytest.mark.parametrize(
    "query", ['"', '""', "-", "AND OR", "a*", "NEAR(", "x:y", '-"a', "^^", "+"]
)
def test_stray_operators_are_words_or_refused(client: httpx.Client, query: str) -> None:
    answer = client.get("/v1/articles", params={"q": query})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/articles/999999",
        "/v1/articles/0",
        "/v1/articles/abc",
        "/v1/articles/1.0",
        "/v1/articles/%00",
        "/v1/articles/99999999999999999999999999",
        "/v1/articles/999999/mentions",
        "/v1/articles/999999/revisions",
        "/v1/articles/1/revisions/99",
        "/v1/articles/1/",
        "/v1/entities/999999",
        "/v1/entities/999999/mentions",
        "/v1/entities/999999/neighbours",
        "/v1/entities/999999/coverage",
        "/v1/sources/nobody",
        "/v1/imports/999999",
        "/v1/stories/999999",
        "/v2",
        "/%ff",
    ],
)
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    problem(client.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/articles", "GET, HEAD, POST"),
        ("POST", "/v1/articles/1", "DELETE, GET, HEAD, PATCH"),
        ("DELETE", "/v1/compare", "GET, HEAD, POST"),
        ("POST", "/v1/sources", "GET, HEAD"),
        ("TRACE", "/healthz", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    answer = client.request(method, path)
    problem(answer, 405)
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"", 400, "empty"),
        (b'{"text": "a",}', 400, "line 1, column 14"),
        (b'{"text": "\xff"}', 400, "byte 10"),
        (b"[" * 50_000, 400, "nested"),
        (b'{"text": Infinity}', 400, "Infinity"),
        (b"[]", 422, "a JSON object"),
        (b'"text"', 422, "a JSON object"),
        (b"{}", 422, "#/text"),
        (b'{"text": ""}', 422, "#/text"),
        (b'{"text": " \\n "}', 422, "#/text"),
        (b'{"text": 5}', 422, "#/text"),
        (b'{"text": "a", "source": "a\\u0000b"}', 422, "#/source"),
        (b'{"text": "a\\ud800b"}', 422, "#/text"),
        (b'{"text": "a", "html": "<p>b</p>"}', 422, "#/html"),
        (b'{"text": "a", "colour": "red"}', 422, "#/colour"),
        (b'{"text": "a", "a~/b": 1}', 422, "#/a~0~1b"),
        (b'{"text": "a", "\\ud800": 1}', 422, "lone surrogate"),
        (b'{"text": "a", "published_at": "soon"}', 422, "#/published_at"),
        (b'{"text": "a", "authors": {"a": 1}}', 422, "#/authors"),
        (b'{"text": "a", "external_id": ' + b"9" * 5000 + b"}", 422, "5,000 digits"),
        (b'{"html": "<html><script>x</script></html>"}', 422, "urn"),
        (b'{"url": "ftp://example.org/a"}', 422, "#/url"),
        (b'{"url": "http://127.0.0.1/a"}', 422, "127.0.0.1"),
        (b'{"url": "http://[::1]/a"}', 422, "#/url"),
        (b'{"url": "http://169.254.169.254/latest"}', 422, "urn"),
        (b'{"url": "not an address"}', 422, "#/url"),
        (b'{"url": "http://nowhere.invalid/"}', 422, "fetch-failed"),
        (b'{"text": "' + b"a" * 200_000 + b'"}', 413, "200,000 bytes"),
    ],
)
def test_a_bad_article_is_refused_and_nothing_is_stored(
    client: httpx.Client, body: bytes, status: int, said: str
) -> None:
    before = client.get("/v1/articles?total=exact&limit=1").json()["total"]
    answer = client.post("/v1/articles", content=body, headers=JSON)
    problem(answer, status)
    assert said in answer.text
    assert client.get("/v1/articles?total=exact&limit=1").json()["total"] == before


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/articles", "text/plain"),
        ("/v1/articles", "application/x-www-form-urlencoded"),
        ("/v1/articles", ""),
        ("/v1/compare", "text/json"),
        ("/v1/imports", "text/json"),
        ("/v1/imports", ""),
    ],
)
def test_another_content_type_is_415(client: httpx.Client, path: str, kind: str) -> None:
    answer = client.post(path, content=b'{"text": "a"}', headers={"Content-Type": kind})
    problem(answer, 415)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": "new"}, "#/text"),
        ({"state": "ready"}, "#/state"),
        ({"title": 5}, "#/title"),
        ({"authors": ["a", 5]}, "#/authors/1"),
        ({"authors": ["a"] * 101}, "#/authors"),
        ({"url": "https://example.org/" + "x" * 3000}, "#/url"),
        ({"source": "s" * 301}, "#/source"),
        ({"published_at": "soon"}, "#/published_at"),
        ({"url": "nowhere"}, "#/url"),
        ({"language": "English, mostly"}, "#/language"),
    ],
)
def test_a_bad_change_names_its_field(
    client: httpx.Client, body: dict[str, Any], pointer: str
) -> None:
    found = problem(client.patch("/v1/articles/1", json=body), 422)
    assert [error["pointer"] for error in found["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("articles", "pointer"),
    [
        ([], "#/articles"),
        ([{"source": "a", "text": "x"}], "#/articles"),
        ([{"source": "a", "text": "x"}] * 2, "#/articles/1/source"),
        ([{"source": "a", "text": "x"}, {"source": "b"}], "#/articles/1/text"),
        ([{"source": "a", "text": "x"}, {"source": "b", "text": " "}], "#/articles/1/text"),
        ([{"source": "a", "text": "x"}, {"source": "", "text": "y"}], "#/articles/1/source"),
        (
            [{"source": "a", "text": "x"}, {"source": "b", "text": "y", "published_at": "soon"}],
            "#/articles/1/published_at",
        ),
        ([{"source": "a", "text": "x"}, {"source": "b", "text": "y", "x": 1}], "#/articles/1/x"),
        ([{"source": f"s{n}", "text": "x"} for n in range(9)], "#/articles"),
        (
            [{"source": "a", "text": "x"}, {"source": "b", "text": "y", "language": "English"}],
            "#/articles/1/language",
        ),
    ],
)
def test_a_bad_comparison_names_its_field(
    client: httpx.Client, articles: list[dict[str, Any]], pointer: str
) -> None:
    found = problem(client.post("/v1/compare", json={"articles": articles}), 422)
    assert pointer in [error["pointer"] for error in found["errors"]]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/x-ndjson", 422),
        (b"\n\n", "application/x-ndjson", 422),
        (b"", "multipart/form-data", 400),
        (b"broken", "multipart/form-data; boundary=b", 400),
        (b"--b--\r\n", "multipart/form-data; boundary=b", 422),
        (
            PART % b'name="other"; filename="a"',
            "multipart/form-data; boundary=b",
            422,
        ),
        (
            PART % b'name="files"',
            "multipart/form-data; boundary=b",
            422,
        ),
    ],
)
def test_an_import_without_documents_is_refused(
    client: httpx.Client, content: bytes, kind: str, status: int
) -> None:
    problem(client.post("/v1/imports", content=content, headers={"Content-Type": kind}), status)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["/v1/articles", "/v1/entities", "/v1/sources", "/v1/compare"]),
    st.dictionaries(
        st.sampled_from(
            ["q", "source", "since", "until", "limit", "cursor", "sort", "article", "entity", "x"]
        ),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
        | st.integers(-(10**30), 10**30).map(str)
        | st.dates().map(str)
        | st.datetimes().map(str),
        max_size=4,
    ),
)
def test_no_parameter_breaks_the_service(
    client: httpx.Client, path: str, query: dict[str, str]
) -> None:
    answer = client.get(path, params=query)
    if answer.status_code != 200:
        problem(answer, 422)
