import json
from pathlib import Path

import pytest

from app.annotate import models
from app.annotate.pipeline import Pipelines
from app.domain.annotation import AnalysisInput
from app.errors import ModelMissing


def test_missing_pipeline_says_how_to_install_it() -> None:
    with pytest.raises(ModelMissing, match=r"pip install xx-no-such-model"):
        Pipelines({"xx": "xx_no_such_model"}).annotate([AnalysisInput("Text.", 0, "xx")])


def test_package_that_is_no_pipeline_is_missing() -> None:
    with pytest.raises(ModelMissing, match="'json'"):
        models.folder("en", "json")


def test_pipeline_is_found_by_path(tmp_path: Path) -> None:
    meta = {"lang": "fr", "name": "core_news_md", "version": "3.8.0"}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    assert models.title(models.folder("fr", str(tmp_path))) == "fr_core_news_md 3.8.0"


def test_broken_pipeline_names_its_folder(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lang": "en", "name": "x", "version": "1"}')
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        models.load("en", tmp_path)


def test_labels_of_other_models_are_mapped() -> None:
    types = models.types_of(["PER", "LOC", "ORG", "MISC", "GPE"])
    assert types == {"PER": "PERSON", "LOC": "LOC", "ORG": "ORG", "MISC": None, "GPE": "GPE"}
