"""Each request of the README works as it is written, and finds something in the sample."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CURL = [
    command.replace("\\\n", " ")
    for command in re.findall(r"^curl (?:.*\\\n)*.*$", README, re.MULTILINE)
]
REQUESTS = [request for request in re.findall(r"`GET (/v1/[^`]+)`", README) if "{" not in request]


def is_something(answer: dict[str, object]) -> bool:
    return bool(answer.get("items") or answer.get("sides") or answer.get("id"))


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", CURL)
def test_a_curl_command_works_as_written(address: str, command: str) -> None:
    done = subprocess.run(
        command.replace("curl ", "curl -fsS ", 1).replace("http://localhost:8000", address),
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert is_something(json.loads(done.stdout))


_EMPTY = ("/v1/corrections", "/v1/imports", "/v1/feeds", "/v1/webhooks")


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_request_works_as_written(client: httpx.Client, request_: str) -> None:
    with client.stream("GET", request_) as answer:
        # What is told as it happens has no end.
        if answer.headers["content-type"].startswith("text/event-stream"):
            assert next(answer.iter_text())
            return
        answer.read()
    assert answer.status_code == 200, answer.text
    # Nothing was corrected or imported yet, or by another test; nothing is polled or sent.
    if answer.headers["content-type"] == "application/json":
        assert is_something(answer.json()) or request_ in _EMPTY
    else:
        assert answer.text


def test_the_readme_shows_requests() -> None:
    assert len(CURL) > 3
    assert len(REQUESTS) > 8
