"""A changed word of a quote is noticed: on one report here, on all carriers in `make eval`."""

from app.services.pipeline import Analyser
from evaluation.annotated import MODELS
from evaluation.changed_quotes import carriers, figures


def test_changed_words_of_quotes_are_reported_as_altered() -> None:
    found = figures(Analyser(MODELS, "en"), carriers()[:2])
    assert found.changes >= 4
    assert found.altered == found.changes
    assert found.same == found.quotes > 0
