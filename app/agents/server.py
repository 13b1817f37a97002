"""The server of the Model Context Protocol, for one caller."""

from collections.abc import Mapping
from functools import partial
from time import perf_counter
from typing import Any

import mcp_types as types
import structlog
from anyio.to_thread import run_sync
from mcp.server.lowlevel.server import Server

from app import __version__
from app.agents.parts import Allowed, Parts
from app.agents.tool import Needs, Tool
from app.agents.tools import TOOLS
from app.errors import ParallaxError

log = structlog.get_logger("parallax.agents")

INSTRUCTIONS = """\
Parallax compares how news outlets cover the same event, with evidence. Begin with find_stories, \
then compare_coverage of a story; who_said_what and what_only_one_reports go deeper.
A claim's `evidence` gives a `quote` and where it stands: `article`, `revision`, `start`, `end` \
(characters of the stored text); `articles` has each article's outlet, title, url and `path`, the \
address under which this service's API shows that text. Quote it with its outlet.
`probability` is meant as such: 0.7 is wrong in three of ten. What is not found in an outlet may \
still be reported there. Parallax says nothing about truth or bias; nor do its numbers.
Answers are small: `next_start` or `next_cursor` goes on, `max_bytes` asks for more at a time."""

_NEEDED: Mapping[Needs, str] = {
    "reading": "it is for all",
    "analysing": "it takes an API key (X-API-Key) where the service is set up with keys",
    "writing": "it takes a service with API keys and one of them (X-API-Key), or on standard input "
    "`parallax mcp --write`",
}


def server_for(parts: Parts, allowed: Allowed) -> Server[dict[str, Any]]:
    """A server with the tools that this caller may use."""
    tools = {tool.name: tool for tool in TOOLS if tool.allowed(allowed)}
    listed = types.ListToolsResult(tools=[_described(tool) for tool in tools.values()])

    async def list_tools(_context: object, _params: object) -> types.ListToolsResult:
        return listed

    async def call_tool(
        _context: object, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        given = params.arguments or {}
        return await run_sync(partial(_called, tools, parts, params.name, given))

    return Server(
        "parallax",
        version=__version__,
        title="Parallax",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(tool: Tool[Any]) -> types.Tool:
    if tool.needs == "writing":
        hints = types.ToolAnnotations(read_only_hint=False, destructive_hint=False)
    else:
        hints = types.ToolAnnotations(read_only_hint=True)
    return types.Tool(
        name=tool.name,
        description=tool.description,
        input_schema=tool.schema(),
        annotations=hints,
    )


def _called(
    tools: Mapping[str, Tool[Any]], parts: Parts, name: str, given: Mapping[str, Any]
) -> types.CallToolResult:
    """The answer of a tool, or a sentence that says why there is none: what the model that reads
    it can act on."""
    began = perf_counter()
    failed = True
    # Log lines hold no text that somebody made up.
    logged = name if name in tools else "unknown"
    try:
        said, failed = _found(tools, name).call(parts, given), False
    except ParallaxError as error:
        said = error.detail if error.detail.endswith((".", "!", "?")) else f"{error.detail}."
    except Exception:  # the last line: a bug must not end the connection
        log.exception("tool crashed", tool=logged)
        said = "Parallax failed to answer this; its log says why. Asking again will not help."
    milliseconds = round((perf_counter() - began) * 1000, 1)
    log.info("tool called", tool=logged, failed=failed, milliseconds=milliseconds)
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=said)], is_error=failed
    )


def _found(tools: Mapping[str, Tool[Any]], name: str) -> Tool[Any]:
    if name in tools:
        return tools[name]
    known = next((tool for tool in TOOLS if tool.name == name), None)
    raise ParallaxError(
        f"There is no tool {name[:80]!r}: there are {', '.join(tools)}."
        if known is None
        else f"{name} is not offered to you: {_NEEDED[known.needs]}."
    )
