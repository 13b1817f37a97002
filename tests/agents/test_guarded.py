"""What the service asks of all requests holds for those of agents."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.agents.test_transports import INITIALIZE
from tests.databases import new_url

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


@contextmanager
def service(folder: Path, **settings: object) -> Iterator[TestClient]:
    """A service without workers, asked under the name that the client has for it."""
    given = {"mcp_hosts": "testserver", "workers": 0, "vectors": False, "log_level": "error"}
    app = create_app(
        Settings.model_validate({"database_url": new_url(folder), **given, **settings})
    )
    with TestClient(app) as client:
        yield client


def names(client: TestClient, key: str | None = None) -> list[str]:
    headers = {"X-API-Key": key} if key else {}
    answer = client.post("/mcp", json=LIST, headers=headers)
    assert answer.status_code == 200, answer.text
    return [tool["name"] for tool in answer.json()["result"]["tools"]]


def test_an_open_service_offers_no_tool_that_writes(tmp_path: Path) -> None:
    with service(tmp_path) as client:
        assert "add_text" not in names(client)
        assert "add_text" not in names(client, "any")
        assert "compare_texts" in names(client)


def test_keys_decide_what_is_offered(tmp_path: Path) -> None:
    with service(tmp_path, api_keys="one,two") as client:
        assert {"add_text", "compare_texts"}.isdisjoint(names(client))
        assert {"add_text", "compare_texts"} <= set(names(client, "two"))
        refused = client.post("/mcp", json=LIST, headers={"X-API-Key": "three"})
        assert refused.status_code == 401


def test_reads_that_need_a_key_need_one_here_too(tmp_path: Path) -> None:
    with service(tmp_path, api_keys="one", keys_for_reads=True) as client:
        assert client.post("/mcp", json=LIST).status_code == 401
        assert "find_stories" in names(client, "one")


def test_requests_are_counted_with_all_others(tmp_path: Path) -> None:
    with service(tmp_path, rate_limit="2/hour") as client:
        assert client.get("/v1/articles").status_code == 200
        assert client.post("/mcp", json=LIST).status_code == 200
        refused = client.post("/mcp", json=LIST)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0


def test_a_body_is_bounded(tmp_path: Path) -> None:
    with service(tmp_path, max_body_bytes=1_000) as client:
        large = client.post(
            "/mcp", content=b" " * 1_001, headers={"Content-Type": "application/json"}
        )
        assert large.status_code == 413
        pieces = (b" " * 600 for _ in range(2))
        chunked = client.post("/mcp", content=pieces, headers={"Content-Type": "application/json"})
        assert chunked.status_code == 413
        assert chunked.json()["detail"] == "The body is larger than 1,000 bytes."


def test_a_question_has_the_time_of_any_other(tmp_path: Path) -> None:
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "find_stories", "arguments": {"query": "ferry"}},
    }
    with service(tmp_path, query_timeout=1e-9) as client:
        result = client.post("/mcp", json=call).json()["result"]
        assert result["isError"]
        assert "PARALLAX_QUERY_TIMEOUT" in result["content"][0]["text"]


@pytest.mark.parametrize(
    ("hosts", "host", "status"),
    [
        ("localhost", "localhost:8000", 200),
        ("localhost", "LOCALHOST", 200),
        ("news.example:8000", "news.example:8000", 200),
        ("news.example:8000", "news.example:9000", 403),
        ("[::1]", "[::1]:8000", 200),
        ("[::1]", "[::1]", 200),
        ("localhost", "evil.example", 403),
        ("localhost", "localhost.evil.example", 403),
        ("localhost", "evil.example:localhost", 403),
        ("*", "evil.example", 200),
    ],
)
def test_only_names_that_are_known_are_answered(
    tmp_path: Path, hosts: str, host: str, status: int
) -> None:
    with service(tmp_path, mcp_hosts=hosts) as client:
        answer = client.post("/mcp", json=INITIALIZE, headers={"Host": host})
        assert answer.status_code == status
        if status == 403:
            assert "PARALLAX_MCP_HOSTS" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://testserver", 200),
        ("https://reader.example", 200),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
def test_pages_of_other_sites_are_not_answered(tmp_path: Path, origin: str, status: int) -> None:
    with service(tmp_path, cors_origins="https://reader.example") as client:
        answer = client.post("/mcp", json=INITIALIZE, headers={"Origin": origin})
        assert answer.status_code == status


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_other_methods_are_told_which_is_taken(tmp_path: Path, method: str) -> None:
    with service(tmp_path) as client:
        answer = client.request(method, "/mcp")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "POST"


def test_nothing_leads_from_one_path_to_another(tmp_path: Path) -> None:
    with service(tmp_path) as client:
        assert client.post("/mcp/", json=INITIALIZE, follow_redirects=False).status_code == 404


def test_requests_of_agents_are_seen_in_the_metrics(tmp_path: Path) -> None:
    with service(tmp_path) as client:
        names(client)
        assert 'route="/mcp"' in client.get("/metrics").text
