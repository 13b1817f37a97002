"""API keys and rate limits, over a small application behind the real middleware."""

import hashlib

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.errors import InvalidInput
from app.web.guard import Guard, RateLimit
from app.web.keys import Keys
from app.web.sessions import Sessions

HASHED = "sha256:" + hashlib.sha256(b"second").hexdigest()


def client(
    keys: tuple[str, ...] = (), *, for_reads: bool = False, rate: str | None = None
) -> TestClient:
    app = FastAPI()
    sessions = Sessions(b"secret", Keys(keys, for_reads=for_reads))
    app.add_middleware(Guard, sessions=sessions, rate_limit=RateLimit(rate))
    for path in ("/v1/things", "/healthz", "/docs/assets/x.js", "/metrics"):
        app.add_api_route(path, lambda: {}, methods=["GET", "POST"])
    return TestClient(app)


@pytest.mark.parametrize("key", ["first", "second"])
def test_a_known_key_may_write(key: str) -> None:
    answer = client(("first", HASHED)).post("/v1/things", headers={"X-API-Key": key})
    assert answer.status_code == 200


@pytest.mark.parametrize("key", ["third", "", HASHED, "fir", "é"])
def test_any_other_key_may_not(key: str) -> None:
    answer = client(("first", HASHED)).post(
        "/v1/things", headers={b"X-API-Key": key.encode("latin-1")}
    )
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("ApiKey")


def test_without_a_key_reads_are_open_and_writes_are_not() -> None:
    guarded = client(("first",))
    assert guarded.get("/v1/things").status_code == 200
    assert guarded.post("/v1/things").json()["detail"] == "Send a key in the X-API-Key header."


def test_a_wrong_key_is_refused_on_a_read_too() -> None:
    assert client(("first",)).get("/v1/things", headers={"X-API-Key": "x"}).status_code == 401


def test_reads_need_a_key_where_the_setting_says_so() -> None:
    guarded = client(("first",), for_reads=True)
    assert guarded.get("/v1/things").status_code == 401
    assert guarded.get("/metrics").status_code == 401
    assert guarded.get("/healthz").status_code == 200
    assert guarded.get("/docs/assets/x.js").status_code == 200


def test_without_configured_keys_everyone_may_write() -> None:
    assert client().post("/v1/things", headers={"X-API-Key": "any"}).status_code == 200


def test_one_request_too_many_is_told_when_to_come_back() -> None:
    limited = client(rate="2/minute")
    assert [limited.get("/v1/things").status_code for _ in range(2)] == [200, 200]
    answer = limited.get("/v1/things")
    assert answer.status_code == 429
    assert answer.json()["detail"] == "More than 2 requests in a minute."
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_each_key_has_a_window_of_its_own() -> None:
    limited = client(("first", HASHED), rate="1/minute")
    assert limited.get("/v1/things", headers={"X-API-Key": "first"}).status_code == 200
    assert limited.get("/v1/things", headers={"X-API-Key": "second"}).status_code == 200
    assert limited.get("/v1/things", headers={"X-API-Key": "first"}).status_code == 429


def test_guessing_keys_is_limited_by_address() -> None:
    limited = client(("first",), rate="1/minute")
    assert limited.get("/v1/things", headers={"X-API-Key": "a"}).status_code == 401
    assert limited.get("/v1/things", headers={"X-API-Key": "b"}).status_code == 429


def test_probes_are_not_counted() -> None:
    limited = client(rate="1/minute")
    assert [limited.get("/healthz").status_code for _ in range(3)] == [200] * 3


@pytest.mark.parametrize("rate", ["often", "0/minute", "5/fortnight", "-1/second"])
def test_a_rate_that_is_none_stops_the_start(rate: str) -> None:
    with pytest.raises(InvalidInput, match="PARALLAX_RATE_LIMIT"):
        RateLimit(rate)


def test_a_hash_that_is_none_stops_the_start() -> None:
    with pytest.raises(InvalidInput, match="64 hexadecimal digits"):
        Keys(["sha256:abc"])
