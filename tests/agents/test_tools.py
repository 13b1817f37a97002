"""What each tool answers, over the sample; and how much of it."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.agents.conftest import KEY, SHARED, Agent, Collection, said
from tests.agents.test_transports import check_evidence


def test_stories_have_what_the_other_tools_ask_for(reader: Agent) -> None:
    found = reader.found("find_stories", limit=2)
    assert len(found["stories"]) == 2
    assert found["total"] > 2
    following = reader.found("find_stories", limit=2, cursor=found["next_cursor"])
    shown = [*found["stories"], *following["stories"]]
    assert len({each["story"] for each in shown}) == len(shown)
    for each in shown:
        articles = reader.collection.get(each["path"])
        assert articles["total"]["value"] == each["articles"]


def test_a_blind_spot_comes_with_how_sure_it_is(reader: Agent) -> None:
    quay = {"source": "Quay Paper", "published_at": "2025-10-16"}
    wire(reader.collection, "add_text", text="Herring was cheap at the quay in Brennick.", **quay)
    found = reader.found("find_stories", without="quay paper", outlets=["Coastal Courier"])
    beside = {each["title"]: each["of_the_outlet"] for each in found["stories"]}
    assert len(beside) == 3
    days = [each["articles_in_those_days"] for each in beside.values()]
    assert sorted(days) == [0, 0, 1]
    assert all("Quay Paper" not in each["outlets"] for each in found["stories"])


def test_articles_are_found_by_words_outlet_and_name(reader: Agent) -> None:
    found = reader.found(
        "find_articles", query="palmyra", outlets=["Meridian Dispatch"], names=["ISIS", "Damascus"]
    )
    assert found["total"] == 2
    for each in found["articles"]:
        assert each["source"] == "Meridian Dispatch"
        text = reader.collection.get(each["path"])["text"]
        lead = each["lead"]
        assert text[lead["start"] : lead["end"]] == lead["quote"]


def test_a_text_is_read_in_pages(reader: Agent) -> None:
    whole = reader.collection.get("/v1/articles/1")["text"]
    first = reader.found("find_articles", read=1)
    assert whole.startswith(first["text"])
    later = reader.found("find_articles", read=1, start=100)
    assert later["text"] == whole[100 : later["end"]]
    answer = reader.call("find_articles", read=1, start=1_000_000)
    assert said(answer).endswith("characters: start is past them.")


@pytest.mark.parametrize(
    "about", ["overview", "shared", "figures", "names", "labels", "timeline", "reuse"]
)
def test_every_kind_of_claim_has_its_evidence(reader: Agent, palmyra: int, about: str) -> None:
    found = reader.found("compare_coverage", story=palmyra, about=about, max_bytes=60_000)
    assert found["claims"]
    check_evidence(reader.collection, found)


def test_a_revision_is_a_side(reader: Agent) -> None:
    found = reader.found("compare_coverage", articles=["1@1", 2])
    assert [side["side"] for side in found["sides"]] == ["article:1@1", "article:2"]
    check_evidence(reader.collection, found)
    answer = reader.call("who_said_what", articles=["1@x", 2])
    assert "names no article: it reads ID, or ID@REVISION" in said(answer)


@pytest.mark.parametrize("tool", ["who_said_what", "what_only_one_reports"])
def test_voices_and_what_one_has_alone_have_their_evidence(
    reader: Agent, palmyra: int, tool: str
) -> None:
    found = reader.found(tool, story=palmyra, max_bytes=60_000)
    assert found["claims"]
    check_evidence(reader.collection, found)


def test_one_speaker_is_asked_for_by_name_or_id(reader: Agent, palmyra: int) -> None:
    found = reader.found("who_said_what", story=palmyra, speaker="okafor", quotes=5)
    (claim,) = found["claims"]
    assert "Ruth Okafor" in claim["says"]
    assert len(claim["evidence"]) == 5
    again = reader.found("who_said_what", story=palmyra, speaker=str(claim["entity"]), quotes=5)
    assert again["claims"] == found["claims"]


def test_the_quotes_of_one_article(reader: Agent) -> None:
    found = reader.found("who_said_what", articles=[1], max_bytes=60_000)
    assert "sides" not in found
    quotes = reader.collection.get("/v1/articles/1/quotes")["items"]
    assert [claim["evidence"][0]["start"] for claim in found["claims"]] == [
        each["content"]["start"] for each in quotes
    ]
    check_evidence(reader.collection, found)


def test_what_one_side_has_alone_is_asked_for_by_its_name(reader: Agent, palmyra: int) -> None:
    found = reader.found("what_only_one_reports", story=palmyra, side="Coastal Courier")
    assert {claim["says"].partition(" alone")[0] for claim in found["claims"]} == {
        "Coastal Courier"
    }
    answer = reader.call("what_only_one_reports", story=palmyra, side="Nobody")
    assert "the sides are coastal-courier, " in said(answer)


def pages(agent: Agent, tool: str, most: int, **arguments: object) -> Iterator[Any]:
    start: int | None = 0
    while start is not None:
        found = agent.found(tool, start=start, max_bytes=most, **arguments)
        yield found
        start = found.get("next_start")


def test_the_pages_of_an_answer_are_the_whole_of_it(reader: Agent, palmyra: int) -> None:
    whole = reader.found("compare_coverage", story=palmyra, max_bytes=60_000)
    assert "next_start" not in whole
    small = list(pages(reader, "compare_coverage", 2_500, story=palmyra))
    assert len(small) > 5
    assert [claim for each in small for claim in each["claims"]] == whole["claims"]


def wire(collection: Collection, tool: str, **arguments: object) -> httpx.Response:
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    headers = {"X-API-Key": KEY}
    return httpx.post(f"{collection.address}/mcp", json=call, headers=headers, timeout=60)


@pytest.mark.parametrize("most", [2_500, 5_500, 20_000])
def test_no_answer_is_larger_than_asked_for(
    collection: Collection, palmyra: int, most: int
) -> None:
    for tool in ("compare_coverage", "who_said_what", "what_only_one_reports"):
        answer = wire(collection, tool, story=palmyra, max_bytes=most)
        text = answer.json()["result"]["content"][0]["text"]
        assert len(json.dumps(text, ensure_ascii=False).encode()) <= most
        assert len(answer.content) <= most + 200


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/articles is not here")
def test_the_founding_articles_are_compared_in_less_than_six_kilobytes(
    collection: Collection,
) -> None:
    rows = [json.loads(line) for line in (SHARED / "articles.jsonl").read_text().splitlines()]
    texts = [
        {"source": row["source"], "text": (SHARED / row["file"]).read_text("utf-8")} for row in rows
    ]
    added = [
        json.loads(wire(collection, "add_text", **each).json()["result"]["content"][0]["text"])
        for each in texts
    ]
    compared = wire(collection, "compare_coverage", articles=[each["article"] for each in added])
    found = json.loads(compared.json()["result"]["content"][0]["text"])
    assert len(compared.content) < 6_000
    assert {claim["kind"] for claim in found["claims"]} >= {"shared", "differs", "only", "figures"}
    check_evidence(collection, found)
    assert len(wire(collection, "compare_texts", texts=texts).content) < 6_000


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        (
            "compare_coverage",
            {},
            "Name two to eight sides: a story (find_stories has its id), outlets, articles, or "
            "sides.",
        ),
        (
            "compare_coverage",
            {"articles": [1], "outlets": ["Coastal Courier"]},
            "Name the sides in one way, not by outlets and articles.",
        ),
        ("compare_coverage", {"articles": [1, 4711]}, "There is no article 4711."),
        ("compare_coverage", {"articles": [1, 2], "about": "all"}, "about: Input should be "),
        ("compare_coverage", {"storey": 1}, "compare_coverage has no argument 'storey': it has "),
        ("find_stories", {"since": "yesterday"}, "since: 'yesterday' is not a date"),
        ("find_articles", {"query": "(ferry"}, "q"),
        ("find_articles", {"names": ["Zzyzx Quux"]}, "Nobody and nothing in the collection is "),
        ("find_articles", {"read": 4711}, "There is no article 4711."),
        ("find_everything", {}, "There is no tool 'find_everything': there are find_stories, "),
    ],
)
def test_a_wrong_question_says_what_to_mend(
    reader: Agent, tool: str, arguments: dict[str, object], sentence: str
) -> None:
    answer = reader.call(tool, **arguments)
    assert answer.is_error
    assert said(answer).casefold().startswith(sentence.casefold()) or sentence == "q"
    assert said(answer).endswith(".")
