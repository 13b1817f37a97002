"""Sessions of browsers: signed cookies, so that every process knows them and none keeps any.

A cookie names the mark of the key that it was given for, never the key; its signature takes that
key's hash as well, so a key that is taken away takes its sessions along.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from time import time

from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import Scope

from app.web.keys import MARK, Keys

COOKIE = "parallax_session"
LIFETIME = 12 * 3600  # seconds: a working day
_TOKEN = 32  # hexadecimal digits of a form's token: 128 bits
_NOBODY = "-"
_VALUE = re.compile(r"([0-9a-f]{16}|-)\.([0-9]{1,12})\.[0-9a-f]{32}\.[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Session:
    """What a valid cookie says. `holder` is the mark of a key, None for who has shown none;
    `expires` is in seconds since 1970."""

    value: str
    holder: str | None
    expires: int


class Sessions:
    """Makes and reads sessions under one secret, which all processes that share them have."""

    def __init__(self, secret: bytes, keys: Keys, clock: Callable[[], float] = time) -> None:
        self.keys = keys
        self._secret = secret
        self._clock = clock

    def begin(self, holder: str | None = None) -> Session:
        """A new session, of who has shown this key (by its mark) or none."""
        expires = int(self._clock()) + LIFETIME
        mark = holder.removeprefix(MARK) if holder else _NOBODY
        told = f"{mark}.{expires}.{secrets.token_hex(16)}"
        return Session(f"{told}.{self._signature(told, holder)}", holder, expires)

    def read(self, value: str | None) -> Session | None:
        """The session of a cookie; None for one that we did not make, that is over, or whose key is
        known no more."""
        match = _VALUE.fullmatch(value or "")
        if value is None or match is None:
            return None
        holder = None if match[1] == _NOBODY else f"{MARK}{match[1]}"
        if holder is not None and self.keys.hash_of(holder) is None:
            return None
        told, _, signature = value.rpartition(".")
        expires = int(match[2])
        if not hmac.compare_digest(signature, self._signature(told, holder)):
            return None
        return Session(value, holder, expires) if self._clock() < expires else None

    def of(self, scope: Scope) -> Session | None:
        """The session that a request brings."""
        return self.read(cookie_of(scope, COOKIE))

    def form_token(self, session: Session) -> str:
        """What a form of this session carries; it is worth as long as the session."""
        return self._digest(b"form", session.value.encode())[:_TOKEN]

    def is_old(self, session: Session) -> bool:
        """Whether less than half of its time is left."""
        return session.expires - self._clock() < LIFETIME / 2

    def _signature(self, told: str, holder: str | None) -> str:
        key = self.keys.hash_of(holder) if holder else None
        return self._digest(b"session" + (key or b""), told.encode())

    def _digest(self, purpose: bytes, told: bytes) -> str:
        key = hmac.digest(self._secret, purpose, hashlib.sha256)
        return hmac.digest(key, told, hashlib.sha256).hex()


class Visit:
    """One request of a browser: its session, and what its pages may offer. `keyed`: it came with a
    known key in its header."""

    def __init__(self, sessions: Sessions, scope: Scope, *, keyed: bool = False) -> None:
        self._sessions = sessions
        self._secure = scope["scheme"] == "https"
        self._path = scope.get("root_path", "").rstrip("/") or "/"
        self._session = sessions.of(scope)
        self._changed = False
        self.keys = bool(sessions.keys)
        self.holder = self._session.holder if self._session else None
        self.signed_in = self.holder is not None
        self.may_write = keyed or self.signed_in or not self.keys

    @property
    def form_token(self) -> str:
        """What a form of this page carries. Who has no session yet, or an old one, gets one."""
        session = self._session
        if session is None or (session.holder is None and self._sessions.is_old(session)):
            session = self._begin(None)
        return self._sessions.form_token(session)

    def holds(self, token: str) -> bool:
        """Whether a form with this token is of a page of this session."""
        if self._session is None:
            return False
        own = self._sessions.form_token(self._session)
        return hmac.compare_digest(own.encode(), token.encode())

    def owner(self, key: str) -> str | None:
        """The mark of who holds this key; None for one that is not known."""
        # As a header brings it: bytes, each as one character.
        return self._sessions.keys.owner(key.encode().decode("latin-1"))

    def sign_in(self, holder: str) -> None:
        """Begins a session of who has shown this key."""
        self._begin(holder)

    def sign_out(self) -> None:
        """Ends the session in this browser."""
        self._session, self._changed = None, True

    def keep(self, response: Response) -> None:
        """Tells the browser of a session that began or ended."""
        if not self._changed:
            return
        set_cookie(
            response,
            COOKIE,
            self._session.value if self._session else "",
            seconds=LIFETIME if self._session else 0,
            path=self._path,
            secure=self._secure,
        )

    def remember(self, response: Response, name: str, value: str, seconds: int) -> None:
        """Has the browser keep something else for so long; a value in plain ASCII."""
        set_cookie(response, name, value, seconds=seconds, path=self._path, secure=self._secure)

    def _begin(self, holder: str | None) -> Session:
        self._session, self._changed = self._sessions.begin(holder), True
        return self._session


def cookie_of(scope: Scope, name: str) -> str | None:
    """One cookie of a request."""
    headers = (value for key, value in scope["headers"] if key == b"cookie")
    return cookie_parser(b"; ".join(headers).decode("latin-1")).get(name)


def set_cookie(
    response: Response, name: str, value: str, *, seconds: int, path: str, secure: bool
) -> None:
    """Sets a cookie that no script reads and no form of another site brings along."""
    response.set_cookie(
        name, value, max_age=seconds, path=path, secure=secure, httponly=True, samesite="lax"
    )
