"""One service as users run it, with the sample in it, and clients of the SDK that ask it: over
HTTP, and through a process of their own on the same collection."""

import json
import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from tests.databases import new_url
from tests.web.conftest import SAMPLE, SAMPLE_ARTICLES, wait_until_ready
from tests.web.running import PARALLAX, fresh_process

KEY = "a-key-of-the-tests"

type Ask[T] = Callable[[Client], Awaitable[T]]


@dataclass(frozen=True)
class Collection:
    """A running service and its database."""

    address: str
    url: str

    def get(self, path: str) -> Any:
        """What the API answers."""
        answer = httpx.get(self.address + path, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("agents")
    url = new_url(folder, "agents", keep=True)
    with fresh_process(folder, database_url=url, articles=str(SAMPLE), api_keys=KEY) as port:
        address = f"http://127.0.0.1:{port}"
        # It takes connections before it can answer.
        assert httpx.get(f"{address}/healthz", timeout=60).status_code == 200
        wait_until_ready(address, SAMPLE_ARTICLES)
        yield Collection(address, url)


class Agent:
    """Asks with a client of the SDK, a connection each time."""

    def __init__(self, collection: Collection, *, over: str, key: str | None, mode: str) -> None:
        self.collection = collection
        self.over = over
        self._key = key
        self._mode = mode

    def ask[T](self, question: Ask[T]) -> T:
        """What a coroutine makes of a connected client."""
        return anyio.run(self._stdio if self.over == "stdio" else self._http, question)

    def tools(self) -> list[str]:
        """The names of the tools that are offered."""

        async def names(client: Client) -> list[str]:
            return [tool.name for tool in (await client.list_tools()).tools]

        return self.ask(names)

    def call(self, tool: str, **arguments: object) -> CallToolResult:
        """The answer of a tool."""

        async def called(client: Client) -> CallToolResult:
            return await client.call_tool(tool, arguments)

        return self.ask(called)

    def found(self, tool: str, **arguments: object) -> Any:
        """The answer of a tool that has one, read."""
        answer = self.call(tool, **arguments)
        assert not answer.is_error, said(answer)
        return json.loads(said(answer))

    async def _http[T](self, question: Ask[T]) -> T:
        headers = {"X-API-Key": self._key} if self._key else {}
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            transport = streamable_http_client(f"{self.collection.address}/mcp", http_client=http)
            async with Client(transport, mode=self._mode) as client:
                return await question(client)

    async def _stdio[T](self, question: Ask[T]) -> T:
        command = StdioServerParameters(
            command=str(PARALLAX),
            args=["mcp", *(["--write"] if self._key else [])],
            env={**os.environ, "PARALLAX_DATABASE_URL": self.collection.url},
        )
        async with Client(command, mode=self._mode) as client:
            return await question(client)


def said(answer: CallToolResult) -> str:
    """The one text of an answer."""
    (content,) = answer.content
    assert content.type == "text"
    return content.text


@pytest.fixture(
    params=[("http", "auto"), ("http", "legacy"), ("stdio", "auto"), ("stdio", "legacy")],
    ids="-".join,
)
def agent(collection: Collection, request: pytest.FixtureRequest) -> Agent:
    """An agent that may only read, over each transport, in both forms of the protocol."""
    over, mode = request.param
    return Agent(collection, over=over, key=None, mode=mode)


@pytest.fixture(params=["http", "stdio"])
def writer(collection: Collection, request: pytest.FixtureRequest) -> Agent:
    """An agent that may write, over each transport."""
    return Agent(collection, over=request.param, key=KEY, mode="auto")


@pytest.fixture(scope="session")
def reader(collection: Collection) -> Agent:
    """An agent over HTTP, for what does not depend on the transport."""
    return Agent(collection, over="http", key=None, mode="auto")


@pytest.fixture(scope="session")
def palmyra(reader: Agent) -> int:
    """The story of the sample that three outlets report with four articles."""
    found = reader.found("find_stories", query="palmyra", min_outlets=3)
    (story,) = found["stories"]
    number: int = story["story"]
    return number


SHARED = Path(__file__).parents[3] / "shared" / "articles"
