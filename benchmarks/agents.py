"""How much an agent reads: the bytes of the list of tools and of answers, as they travel, over the
articles that the project was created from, or the sample where those are absent.

    python -m benchmarks.agents
"""

import os
import subprocess
import tempfile
from pathlib import Path

import anyio
from mcp import Client, StdioServerParameters
from pydantic import BaseModel

from benchmarks.service import COMMAND

_ROOT = Path(__file__).parents[1]
_FOUNDING = _ROOT.parent / "shared" / "articles"
_SAMPLE = _ROOT / "app" / "data" / "sample"
_CALLS: tuple[tuple[str, dict[str, object]], ...] = (
    ("find_stories", {}),
    ("find_articles", {}),
    ("find_articles", {"read": 1}),
    ("compare_coverage", {"story": 1}),
    ("compare_coverage", {"story": 1, "max_bytes": 20_000}),
    ("who_said_what", {"story": 1}),
    ("what_only_one_reports", {"story": 1}),
)


def main() -> None:
    """Print a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        address = {"PARALLAX_DATABASE_URL": f"sqlite:///{folder}/agents.db"}
        environment = {**os.environ, **address}
        corpus = _FOUNDING if _FOUNDING.exists() else _SAMPLE
        subprocess.run([COMMAND, "ingest", corpus], env=environment, check=True)
        anyio.run(_ask, environment)


async def _ask(environment: dict[str, str]) -> None:
    command = StdioServerParameters(command=str(COMMAND), args=["mcp", "--write"], env=environment)
    async with Client(command) as client:
        tools = await client.list_tools()
        print(f"{_size(tools):>7,} bytes  the {len(tools.tools)} tools")
        for name, arguments in _CALLS:
            answer = await client.call_tool(name, arguments)
            shown = ", ".join(f"{key}={value}" for key, value in arguments.items())
            print(f"{_size(answer):>7,} bytes  {name}({shown})")


def _size(answer: BaseModel) -> int:
    return len(answer.model_dump_json(by_alias=True, exclude_none=True).encode())


if __name__ == "__main__":
    main()
