"""The whole OpenAPI document against the running service: no 5xx, no answer outside of it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.web.conftest import SAMPLE
from tests.web.running import fresh_process

HOOKS = Path(__file__).with_name("contract_hooks.py")
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
# Not among them: positive_data_acceptance, since a parameter that names nothing stored is refused,
# and ignored_auth, since whether a key is needed is a setting.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,negative_data_rejection,"
    "unsupported_method,allow_header_conformance,use_after_free"
)


@pytest.fixture(scope="module")
def busy_address(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """A service of its own, since articles are deleted at random here."""
    with serve_sample() as address:
        yield address


# A busy machine may take longer than ten seconds from the open port to the first answer.
WAIT = ("--wait-for-schema", "120")


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
        # Answers may take long where the machine has other work: that is not what is tested.
        [*command, "--suppress-health-check", "all", "--request-timeout", "120", *WAIT, *options],
        cwd=HOOKS.parent,
        env={**os.environ, "SCHEMATHESIS_HOOKS": HOOKS.stem, "PYTHONPATH": str(HOOKS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]


def seed() -> tuple[str, ...]:
    return () if os.environ.get("FUZZ") else ("--seed", "1")


def test_the_service_keeps_its_contract(busy_address: str) -> None:
    run(busy_address, "--phases", "examples,fuzzing", "--max-examples", "8", "--seed", "1")


def test_sixteen_clients_at_once_keep_a_fresh_process_to_its_contract(tmp_path: Path) -> None:
    # The sample loads meanwhile.
    settings = {"articles": str(SAMPLE), "max_body_bytes": "200000", "feeds": "false"}
    with fresh_process(tmp_path, **settings) as port:
        run(
            f"http://127.0.0.1:{port}",
            *("--workers", "16", "--phases", "examples,fuzzing", "--max-examples", "8"),
        )


@pytest.mark.slow
def test_the_service_keeps_its_contract_for_long(busy_address: str) -> None:
    # The same each time, so that what fails here fails again; `make fuzz` tries others.
    run(busy_address, "--max-examples", "150", *seed())
