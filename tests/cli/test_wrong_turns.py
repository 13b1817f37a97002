"""What somebody is told who takes a wrong turn: what is wrong, and the way out."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Run

PARALLAX = Path(sys.executable).with_name("parallax")

READING = (
    ("stories",),
    ("entities", "palmyra"),
    ("compare", "--story", "1"),
    ("compare", "--article", "1", "--article", "2"),
    ("export", "mentions"),
    ("export", "graph", "-o", "graph.xml"),
    ("reannotate",),
    ("backup", "copy.db"),
    ("correct", "log"),
    ("correct", "merge", "2", "--into", "1"),
)


def in_folder(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program itself, run in a folder without any setting."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    return subprocess.run(
        [PARALLAX, *arguments],
        cwd=folder,
        env=own,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_empty_folder_holds_no_collection_and_stays_empty(tmp_path: Path) -> None:
    done = in_folder(tmp_path, "stories")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no collection yet at sqlite:///parallax.db" in done.stderr
    assert "`parallax ingest PATH_OR_URL` fills one" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_without_a_collection_no_command_makes_one(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments, database_url=f"sqlite:///{tmp_path / 'none.db'}")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no collection yet" in done.stderr
    assert "parallax ingest" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_holds_no_tables_is_no_collection(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    done = run("stories", database_url=f"sqlite:///{tmp_path / 'empty.db'}")
    assert done.returncode == 1
    assert "no collection yet" in done.stderr
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_a_port_that_is_taken_is_told_before_any_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = in_folder(tmp_path, "serve", "--port", port)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use: choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_host_that_is_not_here_is_told(run: Run) -> None:
    # From the range that documents use as an example (RFC 5737).
    done = run("serve", "--host", "192.0.2.1")
    assert done.returncode == 1
    assert "192.0.2.1 is no address of this machine" in done.stderr
    assert "--host" in done.stderr


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("api_key", "PARALLAX_API_KEYS"),
        ("database", "PARALLAX_DATABASE_URL"),
        ("workres", "PARALLAX_WORKERS"),
        ("loglevel", "PARALLAX_LOG_LEVEL"),
    ],
)
@pytest.mark.parametrize("command", ["stories", "serve"])
def test_a_misspelt_setting_is_told_with_the_one_that_is_meant(
    run: Run, command: str, misspelt: str, meant: str
) -> None:
    done = run(command, **{misspelt: "3"})
    assert done.returncode == 1
    assert f"PARALLAX_{misspelt.upper()}: there is no such setting" in done.stderr
    assert f"did you mean {meant}?" in done.stderr


def test_what_is_like_no_setting_is_told_and_let_pass(sample: Run) -> None:
    # As Kubernetes sets it beside a service that is called `parallax`.
    done = sample("stories", port="tcp://10.0.0.1:8000", service_host="10.0.0.1")
    assert done.returncode == 0
    assert "PARALLAX_PORT is no setting" in done.stderr
    assert "PARALLAX_SERVICE_HOST is no setting" in done.stderr


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "192.168.1.7", "[::1]:8080"])
def test_a_refused_address_names_the_setting_that_allows_it(run: Run, host: str) -> None:
    done = run("ingest", f"http://{host}/feed.xml")
    assert done.returncode == 1
    assert "PARALLAX_FETCH_PRIVATE=true allows such addresses" in done.stderr


@pytest.mark.parametrize("host", ["169.254.169.254", "metadata.google.internal"])
def test_an_address_that_no_setting_allows_names_none(run: Run, host: str) -> None:
    done = run("ingest", f"http://{host}/latest")
    assert done.returncode == 1
    assert "PARALLAX_FETCH_PRIVATE" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("gossip",), "gossip"),
        (("stories", "--gossip"), "--gossip"),
        (("ingest",), "name a file"),
        (("compare",), "two to eight sides, not 0"),
        (("compare", "--source", "meridian-dispatch"), "two to eight sides, not 1"),
        (("compare", "one.txt"), "two to eight sides, not 1"),
        (("compare", "one.txt", "two.txt", "--article", "1"), "in one way"),
        (("compare", "one.txt", "two.txt", "--story", "1"), "what is stored"),
        (("compare", "--section", "gossip", "--story", "1"), "'gossip' is none of entities"),
        (("compare", "--since", "soon", "--source", "a", "--source", "b"), "--since"),
        (("entities", "--type", "gossip"), "'gossip' is none of PERSON"),
        (("correct", "retype", "1", "gossip"), "'gossip' is none of PERSON"),
        (("knowledge", "import", "x", "--type", "gossip"), "'gossip' is none of PERSON"),
        (("export", "gossip"), "gossip"),
        (("serve", "--port", "80000"), "--port"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_is_told_apart(sample: Run, arguments: tuple[str, ...], sentence: str) -> None:
    done = sample(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in " ".join(done.stderr.replace("│", " ").split())


# What only somebody who knows the API would understand.
HTTP_WORDS = re.compile(
    r"\?[a-z_]+=|#/|/v1/|\bq\b|\b(parameters?|requests?|body|headers?|next_cursor|cursor|"
    r"status|payload|endpoint|POST|GET|PATCH|40\d|422)\b"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ("articles", "(ferry"),
        ("articles", "source:nowhere"),
        ("articles", "!"),
        ("articles", "--source", "nowhere"),
        ("articles", "--entity", "999999"),
        ("articles", "--story", "999999"),
        ("entities", "!"),
        ("entities", "--article", "999999"),
        ("stories", "--query", "a AND"),
        ("stories", "--without-source", "nowhere"),
        ("show", "999999"),
        ("story", "999999"),
        ("compare", "--source", "nowhere", "--source", "meridian-dispatch"),
        ("compare", "--source", "meridian-dispatch", "--source", "meridian-dispatch"),
        ("compare", "--article", "1", "--article", "999999"),
        ("compare", "--article", "1", "--article", "2", "--since", "2016-01-01"),
        ("compare", "--side", "a:nowhere", "--side", "b:meridian-dispatch"),
        ("compare", "--side", "nothing", "--side", "b:meridian-dispatch"),
        ("compare", "--others", "meridian-dispatch"),
        ("compare", "--story", "1", "--others", "nowhere"),
        ("compare", "--story", "999999"),
        ("compare", "--story", "1", "--top", "0"),
        ("compare", "--story", "1", "--evidence", "-1"),
        (
            "compare",
            "--source",
            "meridian-dispatch",
            "--source",
            "the-daily-lantern",
            "--until",
            "1900-01-01",
        ),
        ("correct", "merge", "1", "--into", "1"),
        ("correct", "merge", "1", "--into", "999999"),
        ("correct", "split", "1", "--alias", "Nobody"),
        ("correct", "rename", "1", " "),
        ("correct", "reject", "1", "999999"),
        ("correct", "merge-story", "1", "--into", "999999"),
        ("correct", "split-story", "1", "--article", "999999"),
        ("correct", "undo", "999999"),
        ("ingest", "https://news.example:99/x"),
        ("ingest", "ftp://news.example/x"),
        ("backup", "/nowhere/copy.db"),
        ("knowledge", "import", "nowhere.json"),
        ("export", "graph"),
    ],
    ids=" ".join,
)
def test_nobody_must_know_the_api_to_read_an_error(sample: Run, arguments: tuple[str, ...]) -> None:
    done = sample(*arguments)
    assert done.returncode in (1, 2), done.stdout
    said = " ".join(done.stderr.replace("│", " ").split())
    assert said
    assert HTTP_WORDS.findall(said) == []


def test_annotating_files_says_where_to(run: Run, tmp_path: Path) -> None:
    done = run("annotate", str(tmp_path))
    assert done.returncode == 2
    assert "--out" in done.stderr
    across = run("annotate", str(tmp_path), "--out", str(tmp_path / "out"), "--across")
    assert across.returncode == 2
    assert "standard input" in across.stderr


def test_annotating_what_is_not_there_names_it(run: Run, tmp_path: Path) -> None:
    done = run("annotate", str(tmp_path / "none"), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "there is no file at" in done.stderr
    assert "Traceback" not in done.stderr


def test_annotating_files_without_ray_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("The ferry runs again.")
    monkeypatch.setitem(sys.modules, "ray", None)
    done = run("annotate", str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "install parallax[ray]" in done.stderr
    assert not (tmp_path / "out").exists()
