"""A container is open to nobody unawares, and has bounds."""

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.serving import read_settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def _services(name: str) -> Any:
    # `!override` stands before what replaces and does not add.
    given = (ROOT / name).read_text("utf-8").replace("ports: !override", "ports over:")
    return yaml.safe_load(given)["services"]


def _service(name: str) -> Any:
    return _services(name)["parallax"]


def _filled(value: str, given: dict[str, str]) -> str:
    """A value with the variables of the shell in it, as Compose fills them in."""
    known = {name: given.get(name, "") for name in re.findall(r"\$\{(\w+)", value)}
    while match := re.search(r"\$\{(\w+)(:[-+])([^${}]*)\}", value):
        name, how, other = match.groups()
        filled = other if bool(known[name]) == (how == ":+") else known[name] * (how == ":-")
        value = value[: match.start()] + filled + value[match.end() :]
    return value


def test_without_a_key_only_this_machine_reaches_it() -> None:
    assert [each.split(":")[0] for each in _service("docker-compose.yml")["ports"]] == ["127.0.0.1"]


def test_for_other_machines_it_asks_for_a_key() -> None:
    opened = _service("docker-compose.open.yml")
    assert opened["ports over"] == ["${ADDRESS:-0.0.0.0}:${PARALLAX_PORT:-8000}:8000"]
    assert opened["environment"]["PARALLAX_API_KEYS"].startswith("${PARALLAX_API_KEYS:?")


def test_memory_processes_and_temporary_files_are_bounded() -> None:
    for name, service in _services("docker-compose.yml").items():
        assert service["mem_limit"]
        assert service["pids_limit"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        if name != "postgres":
            assert all(":size=" in each for each in service["tmpfs"])
            assert service["read_only"] is True


def test_a_profile_has_the_database_and_workers() -> None:
    services = _services("docker-compose.yml")
    assert {name: each.get("profiles") for name, each in services.items()} == {
        "parallax": None,
        "worker": ["postgres"],
        "postgres": ["postgres"],
    }
    assert services["worker"]["command"][0] == "worker"
    assert "container_name" not in services["worker"]  # there may be many
    assert not [name for name, each in services.items() if "ports" in each and name != "parallax"]
    assert services["parallax"]["depends_on"]["postgres"] == {
        "condition": "service_healthy",
        "required": False,
    }


@pytest.mark.parametrize(
    ("given", "url", "workers"),
    [
        ({}, "", ""),
        ({"POSTGRES_PASSWORD": "x"}, "postgresql://parallax@postgres/parallax", "0"),
        ({"POSTGRES_PASSWORD": "x", "PARALLAX_WORKERS": "2"}, None, "2"),
        ({"PARALLAX_DATABASE_URL": "postgresql://db/y"}, "postgresql://db/y", ""),
    ],
)
def test_the_password_alone_moves_the_collection_to_the_database(
    given: dict[str, str], url: str | None, workers: str
) -> None:
    """What is left empty is the default: a file in the folder of the volume, one worker."""
    environment = _service("docker-compose.yml")["environment"]
    assert _filled(environment["PARALLAX_WORKERS"], given) == workers
    if url is not None:
        assert _filled(environment["PARALLAX_DATABASE_URL"], given) == url


def test_what_is_handed_through_empty_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "WORKERS", "RETENTION_DAYS", "API_KEYS"):
        monkeypatch.setenv(f"PARALLAX_{name}", "")
    settings = read_settings()
    assert (settings.database_url, settings.workers) == ("sqlite:///parallax.db", 1)
    assert settings.retention_days is None


def test_no_password_stands_in_the_file() -> None:
    for service in _services("docker-compose.yml").values():
        for name, value in service["environment"].items():
            if "PASSWORD" in name or "KEYS" in name:
                assert value in (
                    f"${{{name}:-}}",
                    "${POSTGRES_PASSWORD:-}",
                    "${PARALLAX_KEYS_FOR_READS:-false}",
                )
            if name == "PARALLAX_DATABASE_URL":
                assert not re.search(
                    r"//[^/@]*:[^/@]*@", _filled(value, {"POSTGRES_PASSWORD": "x"})
                )


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
