"""The language of a text, where there is enough of it to tell."""

from array import array
from functools import cache
from threading import Lock
from typing import Protocol

# Fewer characters mistake one language for its neighbour too often (measured on headlines).
ENOUGH = 200
# The classifier reads bytes one by one in Python; a sample tells as much as the whole.
_SAMPLE = 2_000
_LEAST_PROBABILITY = 0.9
# Rows of the automaton that are read at a time.
_ROWS = 1_024

# Languages that news is commonly written in. The classifier knows 140; the rare ones only draw
# errors from these.
_LANGUAGES = (
    "af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it "
    "ja ka kk km kn ko ku lt lv mk ml mr ms mt my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv "
    "sw ta te th tl tr uk ur uz vi zh"
)


# Requests come in many threads, and the first of them would each load all of it.
_LOADING = Lock()


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def detect(text: str) -> str | None:
    """The language of a text as its ISO 639-1 code, or None where that is not sure.

    Never sure below 200 characters. Naive Bayes over byte n-grams (Lui & Baldwin 2012).
    """
    sample = _sample(text)
    if len(sample) < ENOUGH:
        return None
    with _LOADING:
        identifier = _identifier()
    language, probability = identifier.classify(sample)
    return language if probability >= _LEAST_PROBABILITY else None


def _sample(text: str) -> str:
    """Up to 2,000 characters of the text, from its middle, where leftovers are rarest."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    return " ".join(text[start : start + _SAMPLE].split())


class PackedMoves:
    """The classifier's automaton in a quarter of the memory: of each state only the moves that are
    not those of the first one (four in five are). Indexed as the classifier does it, by 256 times
    the row of a state and the byte that is read."""

    def __init__(self, moves: "array[int]", first: int) -> None:
        import numpy as np  # late, like the model

        table = np.frombuffer(memoryview(moves), np.dtype(f"u{moves.itemsize}")).reshape(-1, 256)
        usual = table[first]
        self._usual: list[int] = usual.tolist()
        # A target is a state, of which there are more than two bytes and fewer than three can name.
        read, low, high, ends = bytearray(), array("H"), bytearray(), array("I", [0])
        for rows in np.array_split(table, max(1, len(table) // _ROWS)):
            other = rows != usual
            read += np.nonzero(other)[1].astype(np.uint8).tobytes()
            targets = rows[other]
            low.frombytes((targets & 0xFFFF).astype(np.ushort).tobytes())
            high += (targets >> 16).astype(np.uint8).tobytes()
            last = other.sum(axis=1).cumsum() + ends[-1]
            ends.frombytes(last.astype(np.uintc).tobytes())
        self._bytes, self._low, self._high, self._ends = bytes(read), low, bytes(high), ends

    def __getitem__(self, place: int) -> int:
        row, byte = place >> 8, place & 255
        found = self._bytes.find(byte, self._ends[row], self._ends[row + 1])
        if found < 0:
            return self._usual[byte]
        return self._low[found] | self._high[found] << 16


@cache
def _identifier() -> _Identifier:
    # Loaded on first use: a service that only reads needs none.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(_LANGUAGES.split())
    # Built anew, so that the columns of the languages left out are given back.
    restricted = LanguageIdentifier(
        whole.nb_ptc,
        whole.nb_pc,
        whole.nb_classes,
        PackedMoves(whole.tk_nextmove, whole.tk_row[0]),
        array("i", whole.tk_output),
        norm_probs=True,
        tk_row=whole.tk_row,
    )
    # As a list of Python's numbers it takes nine times as much.
    restricted._rowbase = array("I", restricted._rowbase)
    found: _Identifier = restricted
    return found
