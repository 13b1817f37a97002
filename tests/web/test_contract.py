"""The whole OpenAPI document against the running service: no 5xx, no answer outside of it."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
# Not among them: positive_data_acceptance, since a parameter that names nothing stored is refused,
# and ignored_auth, since whether a key is needed is a setting.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,negative_data_rejection,"
    "unsupported_method,allow_header_conformance,use_after_free"
)


def run(address: str, *options: str) -> None:
    command = [
        str(SCHEMATHESIS),
        "run",
        f"{address}/openapi.json",
        "--checks",
        CHECKS,
        "--no-color",
    ]
    done = subprocess.run(
        [*command, "--suppress-health-check", "all", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]


def test_the_service_keeps_its_contract(address: str, client: httpx.Client) -> None:
    run(address, "--phases", "examples,fuzzing", "--max-examples", "8", "--seed", "1")


@pytest.mark.slow
def test_the_service_keeps_its_contract_for_long(address: str, client: httpx.Client) -> None:
    run(address, "--max-examples", "150")
