"""What the log says of work: whose it is, and nothing of the texts."""

import json
import time
from pathlib import Path

import httpx

from tests.threats.served import serving

SECRET = "Zanzibarinella"


def test_the_log_names_requests_and_jobs_and_holds_no_text(tmp_path: Path) -> None:
    with serving(tmp_path, log_level="debug", log_json="true") as served:
        base = f"http://127.0.0.1:{served.port}"
        with httpx.Client(base_url=base, timeout=60) as client:
            row = {"title": SECRET, "text": f"Nobody met {SECRET} on Monday.", "source": "Star"}
            sent = client.post("/v1/articles", json=row, headers={"X-Request-ID": "asked-1"})
            assert sent.status_code in (201, 202)
            client.get("/v1/articles", params={"q": SECRET})
            client.get("/v1/entities", params={"q": SECRET, "sort": SECRET})
            rows = json.dumps(row | {"source": "Globe"}) + "\n{" + SECRET
            typed = {"content-type": "application/x-ndjson", "X-Request-ID": "asked-2"}
            where = client.post("/v1/imports", content=rows, headers=typed).headers["location"]
            deadline = time.monotonic() + 60
            while client.get(where).json()["state"] != "done" and time.monotonic() < deadline:
                time.sleep(0.1)
        lines = [json.loads(each) for each in served.said.splitlines()]
    assert SECRET.lower() not in served.said.lower()
    accepted = [each for each in lines if each["event"] == "article accepted"]
    assert [each["request_id"] for each in accepted] == ["asked-1"]
    asked = [each for each in lines if each.get("request_id") == "asked-2"]
    assert {"request", "import started"} <= {each["event"] for each in asked}
    assert [each["imports"] for each in lines if each["event"] == "rows imported"] == [[1]]
