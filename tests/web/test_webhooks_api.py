"""Webhooks as their user has them: asked for over HTTP, delivered to a server of one's own."""

import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from app.web.schemas.webhooks import ArticleMatched
from tests.databases import new_url
from tests.receiver import Receiver, receiving
from tests.threats.served import serving as process_serving
from tests.web.conftest import serving

SECONDS = 2.0


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    url = new_url(tmp_path_factory.mktemp("webhooks"), keep=True)
    settings = Settings(
        database_url=url, log_level="error", fetch_private=True, fetch_timeout=SECONDS
    )
    with (
        serving(create_app(settings)) as address,
        httpx.Client(base_url=address, timeout=70) as client,
    ):
        yield client


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def hook(client: httpx.Client, url: str, **search: Any) -> dict[str, Any]:
    answer = client.post("/v1/webhooks", json={"url": url, "search": search})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/webhooks/{made['id']}"
    return made


def send(client: httpx.Client, source: str, text: str) -> int:
    answer = client.post("/v1/articles", json={"source": source, "text": text})
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["id"]
    return number


def documented_code() -> list[str]:
    """The Python of docs/changes.md."""
    page = (Path(__file__).parents[2] / "docs" / "changes.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_what_a_saved_search_finds_is_sent_signed_and_can_be_read_back(
    own: httpx.Client, receiver: Receiver
) -> None:
    send(own, "Star", "The ferries of Larnby were late, said Ida Quill.")
    made = hook(own, receiver.url, q="ferry -strike", source=["Star"], language="en")
    send(own, "Star", "The ferries are on strike, said Ida Quill.")
    send(own, "Globe", "The ferries are late, said Ida Quill.")
    number = send(own, "Star", "Three ferries are late again, said Ida Quill.")
    (message,) = receiver.awaited(1)
    assert message.signed_with(made["secret"])
    assert message.headers["content-type"] == "application/json"
    told = ArticleMatched.model_validate_json(message.body, extra="forbid")
    article = own.get(f"/v1/articles/{number}").json()
    assert told.data.webhook == made["id"]
    shown = told.data.article.model_dump(mode="json")
    assert shown == {name: article[name] for name in shown}

    path = f"/v1/webhooks/{made['id']}"
    until(lambda: own.get(path).json()["waiting"] == 0)
    (delivery,) = own.get(f"{path}/deliveries").json()["items"]
    assert (delivery["message"], delivery["article"]) == (message.id, number)
    assert (delivery["state"], delivery["status"], delivery["attempts"]) == ("delivered", 204, 1)
    shown = own.get(path).json()
    assert "secret" not in shown
    assert shown == {name: made[name] for name in shown}
    assert made["id"] in [each["id"] for each in own.get("/v1/webhooks").json()["items"]]
    assert "secret" not in own.get("/v1/webhooks").text
    assert own.delete(path).status_code == 204
    assert own.get(path).status_code == 404


def test_the_receiver_of_the_documents_verifies_it(own: httpx.Client, receiver: Receiver) -> None:
    made = hook(own, receiver.url, q="nothing")
    own.post(f"/v1/webhooks/{made['id']}/test")
    (message,) = receiver.awaited(1)
    (code,) = (each for each in documented_code() if "def verified" in each)
    told: dict[str, Any] = {}
    exec(code, told)
    verified = told["verified"]
    assert verified(made["secret"], message.headers, message.body)
    assert not verified(made["secret"], message.headers, message.body + b" ")
    late = message.headers | {"webhook-timestamp": str(int(time.time()) - 3_000)}
    assert not verified(made["secret"], late, message.body)
    other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    assert not verified(other, message.headers, message.body)
    own.delete(f"/v1/webhooks/{made['id']}")


def test_the_loop_of_the_documents_keeps_a_copy(own: httpx.Client) -> None:
    kept = send(own, "Star", "The mill of Larnby turns.")
    gone = send(own, "Star", "The mill of Larnby stands.")
    own.delete(f"/v1/articles/{gone}")
    (code,) = (each for each in documented_code() if "/v1/changes" in each)
    told: dict[str, Any] = {}
    exec(code.replace("http://localhost:8000", str(own.base_url)), told)
    told["client"].close()
    assert gone not in told["copy"]
    assert told["copy"][kept] == own.get(f"/v1/articles/{kept}").json()


def test_a_message_that_was_not_taken_comes_again(own: httpx.Client, receiver: Receiver) -> None:
    receiver.answers = lambda handler: handler.answer(500 if len(receiver.messages) < 2 else 204)
    made = hook(own, receiver.url, q="lighthouse")
    send(own, "Star", "The lighthouse of Larnby is dark.")
    receiver.awaited(1)
    path = f"/v1/webhooks/{made['id']}"
    until(lambda: own.get(path).json()["failures"] == 1)
    failing = own.get(path).json()
    assert (failing["last_error"], failing["waiting"]) == ("the receiver answered 500", 1)
    (waiting,) = own.get(f"{path}/deliveries").json()["items"]
    assert (waiting["state"], waiting["status"], waiting["finished_at"]) == ("waiting", 500, None)
    assert waiting["next_at"] > waiting["created_at"]
    first, second = receiver.awaited(2)
    assert first.id == second.id
    until(lambda: own.get(path).json()["failures"] == 0)
    own.delete(path)


def test_a_test_says_what_the_receiver_did(own: httpx.Client, receiver: Receiver) -> None:
    made = hook(own, receiver.url, q="nothing")
    path = f"/v1/webhooks/{made['id']}"

    def tried() -> dict[str, Any]:
        answer = own.post(f"{path}/test")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    well = tried()
    assert (well["state"], well["type"], well["status"]) == ("delivered", "webhook.test", 204)
    assert receiver.messages[-1].signed_with(made["secret"])

    receiver.answers = lambda handler: handler.answer(404)
    assert (tried()["state"], tried()["error"]) == ("failed", "the receiver answered 404")

    inside = receiver.url.replace("/hook", "/inside")
    receiver.answers = lambda handler: handler.answer(307, location=inside)
    assert tried()["error"] == "the receiver answered 307 and redirects, which is not followed"
    assert {each.path for each in receiver.messages} == {"/hook"}

    receiver.answers = lambda handler: handler.answer(200, b"x" * 50_000_000)
    began = time.monotonic()
    assert tried()["state"] == "delivered"
    assert time.monotonic() - began < 5

    receiver.answers = receiver.hang
    began = time.monotonic()
    assert "did not send its answer in time" in tried()["error"]
    assert time.monotonic() - began < 3 * SECONDS + 3
    assert own.get(path).json()["state"] == "active"
    own.delete(path)


def test_nobody_at_the_address_is_said(own: httpx.Client) -> None:
    with receiving() as gone:
        url = gone.url
    made = hook(own, url)
    done = own.post(f"/v1/webhooks/{made['id']}/test").json()
    assert (done["state"], done["status"]) == ("failed", None)
    assert "no connection to 127.0.0.1" in done["error"]
    own.delete(f"/v1/webhooks/{made['id']}")


def test_a_webhook_is_changed_switched_off_and_on(own: httpx.Client, receiver: Receiver) -> None:
    made = hook(own, receiver.url, q="harbour")
    path = f"/v1/webhooks/{made['id']}"
    off = own.patch(path, json={"state": "disabled"}).json()
    assert (off["state"], off["reason"]) == ("disabled", "It was switched off.")
    send(own, "Star", "The harbour is closed.")
    time.sleep(2)
    assert receiver.messages == []
    on = own.patch(path, json={"state": "active", "url": f"{receiver.url}/2"}).json()
    assert (on["state"], on["reason"], on["url"]) == ("active", None, f"{receiver.url}/2")
    (message,) = receiver.awaited(1)
    assert message.path == "/hook/2"
    other = own.patch(path, json={"search": {"q": "museum"}}).json()
    assert (other["search"]["q"], other["search"]["source"]) == ("museum", [])
    send(own, "Star", "The harbour is open.")
    number = send(own, "Star", "The museum is open.")
    assert receiver.awaited(2)[1].data["article"]["id"] == number
    own.delete(path)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"search": {}}, "#/url"),
        ({"url": "https://x.example/"}, "#/search"),
        ({"url": "ftp://x.example/", "search": {}}, "#/url"),
        ({"url": "https://user:word@x.example/", "search": {}}, "#/url"),
        ({"url": "http://169.254.169.254/latest", "search": {}}, "#/url"),
        ({"url": "no address", "search": {}}, "#/url"),
        ({"url": f"https://x.example/{'a' * 3000}", "search": {}}, "#/url"),
        ({"url": "https://x.example/", "search": {"q": "(ferry"}}, "#/search/q"),
        ({"url": "https://x.example/", "search": {"source": ["nobody"]}}, "#/search/source"),
        ({"url": "https://x.example/", "search": {"entity": [999999]}}, "#/search/entity"),
        ({"url": "https://x.example/", "search": {"story": 999999}}, "#/search/story"),
        ({"url": "https://x.example/", "search": {"since": "2024"}}, "#/search/since"),
        ({"url": "https://x.example/", "search": {}, "secret": "x"}, "#/secret"),
    ],
)
def test_what_does_not_fit_is_named(own: httpx.Client, body: dict[str, Any], pointer: str) -> None:
    answer = own.post("/v1/webhooks", json=body)
    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/webhooks/999999"),
        ("PATCH", "/v1/webhooks/999999"),
        ("DELETE", "/v1/webhooks/999999"),
        ("POST", "/v1/webhooks/999999/test"),
        ("GET", "/v1/webhooks/999999/deliveries"),
    ],
)
def test_what_is_not_there_is_404(own: httpx.Client, method: str, path: str) -> None:
    body = {"state": "active"} if method == "PATCH" else None
    answer = own.request(method, path, json=body)
    assert answer.status_code == 404, answer.text
    assert "999999" in answer.json()["detail"]


def test_private_addresses_are_refused_and_reading_needs_a_key(tmp_path: Path) -> None:
    settings = Settings(
        database_url=new_url(tmp_path, keep=True),
        log_level="error",
        workers=0,
        vectors=False,
        api_keys=("secret",),
    )
    with serving(create_app(settings)) as address, httpx.Client(base_url=address) as client:
        assert client.get("/v1/webhooks").status_code == 401
        assert client.get("/v1/articles").status_code == 200
        client.headers["X-API-Key"] = "secret"
        assert client.get("/v1/webhooks").json()["items"] == []
        for url in (
            "http://127.0.0.1:8080/",
            "http://10.0.0.1/",
            "http://[::1]/",
            "http://localhost/",
        ):
            answer = client.post("/v1/webhooks", json={"url": url, "search": {}})
            assert answer.status_code == 422, url
            assert "PARALLAX_FETCH_PRIVATE" in answer.text


def test_a_message_under_way_survives_that_the_service_is_killed(
    tmp_path: Path, receiver: Receiver
) -> None:
    receiver.answers = receiver.hang
    options = {"fetch_private": "true", "fetch_timeout": "1", "vectors": "false"}
    with process_serving(tmp_path, **options) as served:
        with httpx.Client(base_url=f"http://127.0.0.1:{served.port}", timeout=70) as client:
            made = hook(client, receiver.url)
            number = send(client, "Star", "The lights went out.")
            (first,) = receiver.awaited(1)
        served.process.send_signal(signal.SIGKILL)
        served.process.wait()
    receiver.answers = lambda handler: handler.answer(204)
    with process_serving(tmp_path, **options) as served:
        again = receiver.awaited(2, 60)[1]
        assert (again.id, again.data["article"]["id"]) == (first.id, number)
        assert again.signed_with(made["secret"])
        with httpx.Client(base_url=f"http://127.0.0.1:{served.port}", timeout=70) as client:
            path = f"/v1/webhooks/{made['id']}"
            until(lambda: client.get(path).json()["waiting"] == 0)
            assert client.get(f"{path}/deliveries").json()["total"]["value"] == 1
