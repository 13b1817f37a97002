"""The tools over both transports, as a client of the SDK uses them."""

import json
import os
import signal
import subprocess
from typing import Any

import httpx
import pytest

from app.agents.tools import TOOLS
from tests.agents.conftest import KEY, Agent, Collection, said
from tests.web.running import PARALLAX

READING = [tool.name for tool in TOOLS if tool.needs == "reading"]
INITIALIZE: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def test_a_reader_is_offered_what_reads(agent: Agent) -> None:
    beside = ["compare_texts"] if agent.over == "stdio" else []
    assert agent.tools() == [*READING, *beside]


def test_a_comparison_has_claims_with_quotes_and_addresses(agent: Agent, palmyra: int) -> None:
    found = agent.found("compare_coverage", story=palmyra)
    assert len(found["sides"]) >= 3
    assert {claim["kind"] for claim in found["claims"]} >= {"shared", "only", "figures", "voice"}
    check_evidence(agent.collection, found)
    assert agent.collection.get(found["path"])["sides"][0]["key"] == found["sides"][0]["side"]


def test_a_wrong_question_is_answered_with_a_sentence(agent: Agent) -> None:
    answer = agent.call("compare_coverage", outlets=["Coastal Curier", "The Daily Lantern"])
    assert answer.is_error
    assert said(answer) == ("No outlet is called 'Coastal Curier'. There are Coastal Courier.")


def test_an_article_that_a_writer_adds_is_there(writer: Agent, reader: Agent) -> None:
    text = f"Divers found a bronze anchor off Brennick, as {writer.over} tells. " * 3
    added = writer.found("add_text", text=text, source="Harbour Notes", title="Anchor found")
    assert added["outcome"] == "created"
    assert added["state"] == "ready"
    read = reader.found("find_articles", read=added["article"])
    assert read["text"].startswith("Anchor found\n\nDivers found a bronze anchor")
    again = writer.found("add_text", text=text, source="Harbour Notes", title="Anchor found")
    assert again == {**added, "outcome": "existing"}


def test_texts_are_compared_and_not_stored(writer: Agent, reader: Agent) -> None:
    before = reader.found("find_articles", limit=1)["total"]
    texts = [
        {"source": "One", "title": "Fire", "text": "A fire in Lisse killed 12 people on Monday."},
        {"source": "Two", "text": "On Monday a fire killed 14 people in Lisse, police said."},
    ]
    found = writer.found("compare_texts", texts=texts)
    whole = {0: "Fire\n\n" + texts[0]["text"], 1: texts[1]["text"]}
    assert found["claims"]
    for claim in found["claims"]:
        for spot in claim["evidence"]:
            assert whole[spot["article"]][spot["start"] : spot["end"]] == spot["quote"]
    assert any("12 people" in claim["says"] for claim in found["claims"])
    assert reader.found("find_articles", limit=1)["total"] == before


def test_what_writes_is_refused_to_a_reader(reader: Agent) -> None:
    for tool, why in (("add_text", "parallax mcp --write"), ("compare_texts", "X-API-Key")):
        answer = reader.call(tool, texts=[])
        assert answer.is_error
        assert why in said(answer)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/event-stream", "text/event-stream"),
        ("application/json, text/event-stream", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_initialize_is_answered_in_the_form_that_is_accepted(
    collection: Collection, accept: str, kind: str
) -> None:
    answer = httpx.post(
        f"{collection.address}/mcp", json=INITIALIZE, headers={"Accept": accept}, timeout=30
    )
    assert (answer.status_code, answer.history) == (200, [])
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "mcp-session-id" not in answer.headers
    body = answer.text.partition("data: ")[2] if kind == "text/event-stream" else answer.text
    assert json.loads(body)["result"]["serverInfo"]["name"] == "parallax"


@pytest.mark.parametrize(("key", "most"), [(None, 6_500), (KEY, 8_000)])
def test_the_list_of_tools_is_small(collection: Collection, key: str | None, most: int) -> None:
    listed = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"X-API-Key": key} if key else {}
    answer = httpx.post(f"{collection.address}/mcp", json=listed, headers=headers)
    assert len(answer.content) < most
    assert len(answer.json()["result"]["tools"]) == (7 if key else 5)


def test_standard_output_carries_the_protocol_alone(collection: Collection) -> None:
    calls: list[dict[str, Any]] = [
        INITIALIZE,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "find_stories", "arguments": {}},
        },
    ]
    process = subprocess.Popen(
        [PARALLAX, "mcp"],
        env={
            **os.environ,
            "PARALLAX_DATABASE_URL": collection.url,
            "PARALLAX_LOG_LEVEL": "debug",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    answers: list[dict[str, Any]] = []
    for call in calls:
        process.stdin.write(json.dumps(call) + "\n")
        process.stdin.flush()
        if "id" in call:
            answers.append(json.loads(process.stdout.readline()))
    # The end of its input ends it.
    rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest) == (0, "")
    assert [answer["id"] for answer in answers] == [1, 2]
    assert "tool called" in errors
    assert "Traceback" not in errors


def test_ctrl_c_ends_it_though_its_input_goes_on(collection: Collection) -> None:
    process = subprocess.Popen(
        [PARALLAX, "mcp"],
        env={**os.environ, "PARALLAX_DATABASE_URL": collection.url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(INITIALIZE) + "\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == -signal.SIGINT
    _, errors = process.communicate()
    assert "Traceback" not in errors


def check_evidence(collection: Collection, found: Any) -> None:
    """All evidence of an answer stands where it says, in the text that its address shows."""
    texts = {
        (each["article"], each["revision"]): collection.get(each["path"])["text"]
        for each in found["articles"]
    }
    spots = [spot for claim in found["claims"] for spot in claim["evidence"]]
    assert all(claim["evidence"] for claim in found["claims"])
    for spot in spots:
        text = texts[spot["article"], spot["revision"]]
        assert text[spot["start"] : spot["end"]] == spot["quote"]
