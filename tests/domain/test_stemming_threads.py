"""Stems of words, by many threads."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import Stemmer

from app.domain.stems import stem

_ENDINGS = ("s", "ing", "ation", "ies", "ed", "fulness", "ization", "y", "ably")


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_that_stem_at_once_do_not_mix_their_words() -> None:
    words = [f"{chr(97 + n % 26) * 2}ort{n:x}{_ENDINGS[n % 9]}" for n in range(4_000)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda word: stem(word, "en"), words))
    assert found == Stemmer.Stemmer("english").stemWords(words)
