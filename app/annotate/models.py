"""Installed language models: where they are, what they are called, what their labels mean."""

import importlib
import importlib.util
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ModelMissing

if TYPE_CHECKING:
    from spacy.language import Language


def folder(language: str, name: str) -> Path:
    """The folder of a pipeline named by its path or by its package.

    Raises ModelMissing with how to install it.
    """
    path = Path(name)
    if (path / "meta.json").is_file():
        return path
    module = name.replace("-", "_")
    if module.isidentifier() and importlib.util.find_spec(module) is not None:
        package = importlib.import_module(module)
        if hasattr(package, "model_path"):
            return Path(package.model_path())
        home = Path(package.__file__ or "").parent
        # spaCy's own packages keep the pipeline in a folder that carries its version.
        for meta in sorted(home.glob("*/meta.json"), reverse=True):
            return meta.parent
    raise ModelMissing(
        f"the pipeline {name!r} for language {language!r} is not installed: install it "
        f"(`pip install {name.replace('_', '-')}`), or name another one in PARALLAX_MODELS"
    )


def load(language: str, path: Path) -> "Language":
    """The pipeline in a folder. Raises ModelMissing where spaCy cannot read it."""
    # Here, for they take a second that a process without texts need not spend.
    import spacy
    from thinc.api import use_ops

    try:
        # The same sums through numpy's OpenBLAS, which knows the processor, instead of BLIS, which
        # spaCy brings: half the time (docs/decisions/0015).
        with use_ops("numpy", use_blis=False):
            return spacy.load(path)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise ModelMissing(
            f"the pipeline for language {language!r} in {path} cannot be loaded: {error}"
        ) from error


@cache
def title(path: Path) -> str:
    """Name and version of the pipeline in a folder, such as "en_core_web_md 3.8.0"."""
    meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def types_of(labels: Iterable[str]) -> Mapping[str, str | None]:
    """The type of each label of a model: OntoNotes' labels stand for themselves, others have
    theirs in `data/annotate/labels.json`; None for a label that says no type."""
    mapped = _data("labels")
    return {label: mapped.get(label, label) for label in labels}


@cache
def relations() -> Mapping[str, str]:
    """The relations of a Universal Dependencies parser that ClearNLP, the scheme of the English
    parser, knows under another name, with that name: later steps read one set of names."""
    return {label: name for label, name in _data("relations").items() if name is not None}


def _data(title: str) -> dict[str, str | None]:
    path = files("app") / "data" / "annotate" / f"{title}.json"
    found: dict[str, str | None] = json.loads(path.read_text(encoding="utf-8"))
    return found
