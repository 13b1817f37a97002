"""The first moments of a process, when many come at once and nothing is warm."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import httpx
import pytest

from tests.web.running import fresh_process

CLIENTS = 16
PAGE = (
    "<html><body><article><h1>Bridge {0} opens</h1><p>Mayor Ilse Brandt opened the bridge over the "
    "Vel in Veldhaven on Monday. Police counted {0} visitors, more than in 2015, and the harbour "
    "said that ships wait no longer.</p></article></body></html>"
)
TEXTS = [
    {"source": "one", "text": "Ilse Brandt opened the bridge. At least 40 people came. It rained."},
    {
        "source": "two",
        "text": "The bridge was opened by Ilse Brandt. Some 50 people came, in rain.",
    },
]
READS = (
    *("/v1/articles?limit=1", "/v1/entities?q=brandt", "/v1/stories?limit=2", "/openapi.json"),
    *("/docs", "/metrics", "/v1/articles?q=bridge", "/v1/sources?limit=1", "/v1/corrections"),
    *("/docs/assets/swagger-ui.css", "/v1/entities", "/v1/imports", "/readyz", "/healthz"),
    *("/v1/compare?source=one&source=two", "/nowhere", "/v1/articles?x=1"),
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with fresh_process(tmp_path_factory.mktemp("first")) as port:
        yield port


def requests(number: int) -> Iterator[tuple[str, str, object]]:
    """What a client asks for: every read, each client beginning with another one, and writes."""
    yield "GET", READS[number % 4], None
    yield "POST", "/v1/articles?wait=0", {"html": PAGE.format(number), "source": f"S{number % 4}"}
    for path in (*READS[number:], *READS[:number]):
        yield "GET", path, None
    yield "POST", "/v1/compare", {"articles": TEXTS}
    yield "PUT", "/v1/articles?limit=1", None


def test_sixteen_at_once_get_no_failure_from_a_process_that_has_just_opened_its_port(
    port: int,
) -> None:
    together = Barrier(CLIENTS)

    def ask(number: int) -> list[tuple[str, str, int, str]]:
        answers = []
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            together.wait()
            for method, path, body in requests(number):
                answer = client.request(method, path, json=body)
                answers.append((method, path, answer.status_code, answer.text))
        return answers

    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = [each for found in clients.map(ask, range(CLIENTS)) for each in found]
    failed = Counter(
        (method, path, status, text[:300])
        for method, path, status, text in answers
        if status >= 500 and not (path == "/readyz" and status == 503)
    )
    assert failed == {}
    documents = {text for _, path, _, text in answers if path == "/openapi.json"}
    assert len(documents) == 1
    snapshot = Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")
    assert json.loads(documents.pop()) == json.loads(snapshot)
