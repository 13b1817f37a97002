"""A container is open to nobody unawares, and has bounds."""

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def _service(name: str) -> Any:
    # `!override` stands before what replaces and does not add.
    given = (ROOT / name).read_text("utf-8").replace("ports: !override", "ports over:")
    return yaml.safe_load(given)["services"]["parallax"]


def test_without_a_key_only_this_machine_reaches_it() -> None:
    assert [each.split(":")[0] for each in _service("docker-compose.yml")["ports"]] == ["127.0.0.1"]


def test_for_other_machines_it_asks_for_a_key() -> None:
    opened = _service("docker-compose.open.yml")
    assert opened["ports over"] == ["${ADDRESS:-0.0.0.0}:${PARALLAX_PORT:-8000}:8000"]
    assert opened["environment"]["PARALLAX_API_KEYS"].startswith("${PARALLAX_API_KEYS:?")


def test_memory_processes_and_temporary_files_are_bounded() -> None:
    service = _service("docker-compose.yml")
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert all(":size=" in each for each in service["tmpfs"])
    assert service["read_only"] is True


def test_health_is_that_of_the_process_and_not_of_the_disk() -> None:
    (check,) = re.findall(r"HEALTHCHECK.*?(?=\n[A-Z])", DOCKERFILE, re.DOTALL)
    assert "/healthz" in check
    assert "readyz" not in check


def test_base_images_may_be_named_by_digest() -> None:
    bases = dict(re.findall(r"^ARG (\w+)=(\S+)$", DOCKERFILE, re.MULTILINE))
    used = re.findall(r"^FROM \$\{(\w+)\}", DOCKERFILE, re.MULTILINE)
    assert used == list(bases) == ["BUILD_IMAGE", "RUN_IMAGE"]
    built = _service("docker-compose.yml")["build"]["args"]
    assert built == {name: f"${{{name}:-{tag}}}" for name, tag in bases.items()}


def test_what_is_copied_into_the_image_is_sent_to_the_builder() -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").split()
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for path in line.split():
            assert (ROOT / path).exists(), path
            ignored = False
            for rule in rules:
                if fnmatch(path, rule.removeprefix("!")):
                    ignored = not rule.startswith("!")
            assert not ignored, path
