"""Sessions of browsers: what their cookies say, and what is believed of them."""

import hashlib

import pytest
from starlette.responses import Response

from app.web.keys import Keys
from app.web.sessions import COOKIE, LIFETIME, Sessions, Visit

SECRET = b"s" * 32
HASHED = "sha256:" + hashlib.sha256(b"second").hexdigest()
NOW = 1_000_000.0


def sessions(*keys: str, secret: bytes = SECRET, now: float = NOW) -> Sessions:
    return Sessions(secret, Keys(keys), lambda: now)


@pytest.mark.parametrize("key", ["first", "second"])
def test_every_process_with_the_secret_knows_a_session(key: str) -> None:
    made = sessions("first", HASHED)
    session = made.begin(made.keys.owner(key))
    read = sessions("first", HASHED).read(session.value)
    assert read == session
    assert read.holder == made.keys.owner(key)


def test_a_cookie_tells_neither_the_key_nor_its_hash() -> None:
    made = sessions("first")
    value = made.begin(made.keys.owner("first")).value
    assert "first" not in value
    assert hashlib.sha256(b"first").hexdigest() not in value


def test_a_session_ends_with_its_time_its_key_and_its_secret() -> None:
    made = sessions("first", HASHED)
    value = made.begin(made.keys.owner("first")).value
    assert sessions("first", now=NOW + LIFETIME - 1).read(value)
    assert sessions("first", now=NOW + LIFETIME).read(value) is None
    assert sessions(HASHED).read(value) is None
    assert sessions("first", secret=b"t" * 32).read(value) is None


def test_who_knows_the_hash_of_a_key_cannot_make_a_session() -> None:
    # What the settings may hold where others read them.
    stranger = sessions(HASHED, secret=hashlib.sha256(b"second").digest())
    made = stranger.begin(stranger.keys.owner("second")).value
    assert sessions(HASHED).read(made) is None


def test_a_cookie_that_was_changed_is_none() -> None:
    made = sessions("first", HASHED)
    mark, expires, nonce, signature = made.begin(made.keys.owner("first")).value.split(".")
    other = (made.keys.owner("second") or "").removeprefix("key:")
    for parts in (
        (other, expires, nonce, signature),
        (mark, str(int(expires) + 1), nonce, signature),
        (mark, expires, "0" * 32, signature),
        (mark, expires, nonce, "0" * 64),
        ("-", expires, nonce, signature),
    ):
        assert made.read(".".join(parts)) is None
    for value in (None, "", "x", "....", f"{mark}.{expires}.{nonce}", "é" * 90):
        assert made.read(value) is None


def test_who_needs_no_key_gets_a_new_session_before_the_old_one_is_over() -> None:
    def visit(value: str, now: float) -> tuple[str, str | None]:
        headers = [(b"cookie", f"{COOKIE}={value}".encode())]
        found = Visit(sessions(now=now), {"type": "http", "scheme": "http", "headers": headers})
        answer = Response()
        token = found.form_token
        assert found.holds(token)
        found.keep(answer)
        return token, answer.headers.get("set-cookie")

    old = sessions().begin()
    token, kept = visit(old.value, NOW + LIFETIME / 2 - 1)
    assert (token, kept) == (sessions().form_token(old), None)
    token, kept = visit(old.value, NOW + LIFETIME / 2 + 1)
    assert token != sessions().form_token(old)
    assert kept is not None
    assert old.value not in kept


def test_a_token_is_of_one_session() -> None:
    made = sessions()
    one, other = made.begin(), made.begin()
    assert made.form_token(one) == made.form_token(one)
    assert made.form_token(one) != made.form_token(other)
    assert made.form_token(one) not in one.value
