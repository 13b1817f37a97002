"""The service as a whole: tags, origins, ids, metrics, headers."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


def test_it_says_that_it_is_up_and_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "workers": 1}


def test_the_root_leads_a_program_on(client: httpx.Client) -> None:
    for accepted in ("*/*", "application/json"):
        answer = client.get("/", headers={"Accept": accepted})
        assert answer.headers["content-type"] == "application/json"
        links = {link["rel"]: link["href"] for link in answer.json()["links"]}
        assert links["service-doc"] == "/docs"
        assert links["list_articles"] == "/v1/articles"
        # A comparison needs its sides to be named, whatever else is linked answers.
        for href in set(links.values()) - {"/v1/compare"}:
            with client.stream("GET", href) as led_to:
                assert led_to.status_code == 200, href


def test_an_unchanged_list_is_answered_304(client: httpx.Client) -> None:
    tag = client.get("/v1/sources").headers["etag"]
    assert client.get("/v1/sources", headers={"If-None-Match": tag}).status_code == 304


def test_head_answers_like_get(client: httpx.Client) -> None:
    answer = client.head("/v1/articles?limit=1")
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.head("/v1/articles/999999").status_code == 404


def test_an_allowed_origin_may_read_answers_and_failures(client: httpx.Client) -> None:
    origin = {"Origin": "https://reader.example"}
    for path in ("/v1/sources", "/v1/sources/nobody", "/v1/articles?x=1"):
        answer = client.get(path, headers=origin)
        assert answer.headers["access-control-allow-origin"] == "https://reader.example"
    other = client.get("/v1/sources", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


def test_a_browser_may_ask_before_it_sends(client: httpx.Client) -> None:
    answer = client.options(
        "/v1/articles",
        headers={
            "Origin": "https://reader.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "x-api-key,content-type",
        },
    )
    assert answer.status_code == 200
    assert "POST" in answer.headers["access-control-allow-methods"]


def test_a_request_keeps_the_id_it_came_with(client: httpx.Client) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": "abc-1.2_3"})
    assert answer.headers["x-request-id"] == "abc-1.2_3"


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "<script>"])
def test_an_id_that_is_none_is_replaced(client: httpx.Client, given: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])


def test_metrics_count_requests_by_route_and_articles_by_state(client: httpx.Client) -> None:
    client.get("/v1/articles/999999")
    text = client.get("/metrics").text
    assert re.search(
        r'parallax_http_requests_total\{method="GET",route="/v1/articles/\{id\}",status="404"\}',
        text,
    )
    assert 'parallax_http_request_duration_seconds_bucket{le="0.005",method="GET"' in text
    ready = re.search(r'parallax_articles\{state="ready"\} (\d+)', text)
    assert ready
    assert int(ready[1]) >= 12


def test_metrics_tell_workers_stages_of_ingest_and_bytes(client: httpx.Client) -> None:
    text = client.get("/metrics").text
    figures = dict(re.findall(r"^(\S+) (\S+)$", text, re.MULTILINE))
    assert float(figures["parallax_workers"]) == 1
    assert float(figures['parallax_database_bytes{file="database"}']) > 4_096
    for stage in ("read", "analyse", "store"):
        assert float(figures[f'parallax_ingest_stage_seconds_count{{stage="{stage}"}}']) >= 12
        assert float(figures[f'parallax_ingest_stage_seconds_sum{{stage="{stage}"}}']) > 0


def test_metrics_count_fetches_that_failed(client: httpx.Client) -> None:
    sent = {"url": "http://127.0.0.1:9/private"}
    assert client.post("/v1/articles", json=sent).status_code == 422
    refused = r'parallax_fetch_failures_total\{code="refused-address"\} [1-9]'
    assert re.search(refused, client.get("/metrics").text)


def test_every_answer_is_safe_in_a_browser(client: httpx.Client) -> None:
    for path in ("/v1/sources", "/nowhere", "/docs"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.slow
def test_requests_that_wait_leave_threads_for_others(client: httpx.Client, address: str) -> None:
    # The analyser gets long texts to read; each request would wait a minute for its own.
    text = "Mayor Ilse Brandt opened the new bridge in Veldhaven on Monday. " * 60

    many = httpx.Client(base_url=address, timeout=70, limits=httpx.Limits(max_connections=140))

    def send(number: int) -> int:
        body = {"text": f"{number} {text}", "source": "Waiting"}
        return many.post("/v1/articles?wait=60", json=body).status_code

    with many, ThreadPoolExecutor(140) as senders:
        sent = senders.map(send, range(140))
        for _ in range(5):
            assert client.get("/healthz", timeout=20).status_code == 200
        assert set(sent) <= {201, 202}


def test_a_crash_is_a_problem_that_names_its_line_in_the_log() -> None:
    # No lifespan runs, so the service has no parts and its first look at them fails.
    app = create_app(Settings(cors_origins=("*",), log_level="error"))
    answer = TestClient(app).get(
        "/v1/sources", headers={"X-Request-ID": "crash-1", "Origin": "https://a.example"}
    )
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "crash-1" in answer.json()["detail"]
    assert "Traceback" not in answer.text


def test_keys_are_asked_for_before_anything_else_is_looked_at() -> None:
    keyed = TestClient(create_app(Settings(api_keys=("secret",), log_level="error")))
    assert keyed.post("/v1/articles", content=b"{").status_code == 401
    assert keyed.get("/v1/articles?x=1").status_code == 422
    assert keyed.get("/docs").status_code == 200
    with_key = keyed.post(
        "/v1/articles",
        content=b"{",
        headers={"X-API-Key": "secret", "Content-Type": "application/json"},
    )
    assert with_key.status_code == 400
