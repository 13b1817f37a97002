"""Lists of words as one pattern."""

import re
from collections.abc import Iterable
from typing import Any


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest that fits first.

    Words share the pattern of their first letters, so that a place where none stands is passed
    over at its first letter, however many words there are.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _pattern(root)


def words_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the words, in lower case, in a text with a space before it.

    A match begins at the sign before its word (group 1), and that is the offset of the word in the
    text without the space. A pattern that opens with a set of signs is looked for several times
    faster than one that opens with the edge of a word.
    """
    return re.compile(rf"[^a-z0-9]({any_of(words)})(?!\w)")


def _pattern(node: dict[str, Any]) -> str:
    """What may follow behind the letters that lead to a node."""
    branches = []
    for letter, following in sorted(node.items()):
        if letter:
            branches.append(re.escape(letter) + _pattern(following))
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in node else "")
