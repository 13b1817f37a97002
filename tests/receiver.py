"""A receiver of webhooks on the loopback address: it remembers what it was sent, and answers as it
is told."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

import orjson


class Message(NamedTuple):
    """What came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def data(self) -> Any:
        return orjson.loads(self.body)["data"]

    def signed_with(self, secret: str) -> bool:
        """Whether its signature is right, by the letter of the convention."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        said = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        right = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        assert abs(time.time() - int(self.headers["webhook-timestamp"])) < 60
        return self.headers["webhook-signature"] == f"v1,{right}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Receiver"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.lock:
            self.server.messages.append(Message(self.path, headers, body))
        self.server.answers(self)

    do_GET = do_POST

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


type Answers = Callable[[_Handler], None]


class Receiver(ThreadingHTTPServer):
    """`answers` says how; 204 unless told otherwise."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages: list[Message] = []
        self.lock = Lock()
        self.ended = Event()
        self.answers: Answers = lambda handler: handler.answer(204)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/hook"

    def hang(self, _handler: _Handler) -> None:
        """Answers nothing, for longer than anybody waits."""
        self.ended.wait(60)

    def handle_error(self, request: object, client_address: object) -> None:
        """Senders that break off are the subject here."""

    def awaited(self, number: int, seconds: float = 30) -> list[Message]:
        """So many messages, as soon as they are there."""
        deadline = time.monotonic() + seconds
        while len(self.messages) < number:
            assert time.monotonic() < deadline, f"{len(self.messages)} of {number} messages came"
            time.sleep(0.02)
        return list(self.messages)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens."""
    receiver = Receiver()
    thread = Thread(target=receiver.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ended.set()
        receiver.shutdown()
        thread.join()
        receiver.server_close()
