"""The words of a text that may be a name, to be looked up."""

from collections.abc import Iterator

from app.resolve.words import TextWords

_WORDS = 6
# Words within a name that are written small: "de", "of", "bin", "von".
_SMALL = 4
_SMALL_IN_A_ROW = 2
_GAPS = frozenset([" ", "-", "'", "’", ".", ". ", " & ", "\N{NO-BREAK SPACE}"])


def capitalised_runs(text: str, words: TextWords) -> Iterator[str]:
    """Every run of up to six words of a text that opens and closes with a capital, small words of
    up to four letters between: "Bank of England", "Bank", "England". As they stand, in order."""
    texts, starts, ends = words.texts, words.starts, words.ends
    for first, word in enumerate(texts):
        if not word[0].isupper():
            continue
        yield word
        small = 0
        for last in range(first + 1, min(first + _WORDS, len(texts))):
            if text[ends[last - 1] : starts[last]] not in _GAPS:
                break
            if texts[last][0].isupper():
                small = 0
                yield text[starts[first] : ends[last]]
            else:
                small += 1
                if small > _SMALL_IN_A_ROW or len(texts[last]) > _SMALL:
                    break
