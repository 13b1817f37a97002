"""The protocol over standard input and output, for a client that starts this process."""

import anyio
from mcp.server.stdio import stdio_server

from app.agents.parts import Allowed, Parts
from app.agents.server import server_for


def answer(parts: Parts, allowed: Allowed) -> None:
    """Answers until standard input ends. While it does, standard output carries the protocol
    alone: whatever else is written there goes to standard error."""
    anyio.run(_answer, parts, allowed)


async def _answer(parts: Parts, allowed: Allowed) -> None:
    server = server_for(parts, allowed)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
