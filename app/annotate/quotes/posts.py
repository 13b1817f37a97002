"""Posts and block quotes: words that stand for themselves without quotation marks, and whoever
signs them."""

import re

from app.domain.text import Span

_NAME = r"(?P<name>[A-ZÀ-Þ][\w.'’-]*(?:(?: [a-z]{1,3}){0,2} [A-ZÀ-Þ][\w.'’-]*){0,4})"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})"
# 'Ann Berg (@annberg) May 4, 2024 The ferry will sink.'
_OPENING = re.compile(rf"{_NAME} \(@\w{{1,30}}\):? {_DAY}:?\s+(?=\S)")
# 'The ferry will sink. — Ann Berg (@annberg) May 4, 2024'
_CLOSING = re.compile(rf"\s[—–-]{{1,2}} ?{_NAME} \(@\w{{1,30}}\)(?:,? {_DAY})?\s*$")
# Behind a quotation: '— Ann Berg (@annberg)', '— Ann Berg, mayor of Kern'
_SIGNATURE = re.compile(rf"[\s>]*[—–-]{{1,2}} ?{_NAME}(?= \(@| ?$|, [a-z]|\n)", re.MULTILINE)
_QUOTED = re.compile(r"[>\s]+")
_HANDLE = "(@"
_LONGEST = 160  # characters of the name, the handle and the day that sign a post
_FEWEST = 2  # words of a name that stands without a handle


def post(text: str, start: int, end: int) -> Span | None:
    """The words of a paragraph that is a block quote ('> ...') or a post with its signature; None
    for any other."""
    if text.startswith(">", start):
        words = _QUOTED.match(text, start, end)
        return Span(words.end(), end) if words is not None and words.end() < end else None
    if text.find(_HANDLE, start, end) < 0:
        return None
    opened = _OPENING.match(text, start, end)
    if opened is not None:
        return Span(opened.end(), end)
    closed = _CLOSING.search(text, max(start, end - _LONGEST), end)
    if closed is None or text[start] in "\"“”'‘«" or closed.start() <= start:
        return None
    return Span(start, closed.start())


def signed(text: str, paragraph: int, start: int, end: int) -> Span | None:
    """The name that signs the words `[start, end)`, behind them, or before them in the same
    paragraph (which begins at `paragraph`); None without one."""
    behind = _SIGNATURE.match(text, end, min(len(text), end + _LONGEST))
    if behind is not None:
        handle = text.startswith(f" {_HANDLE}", behind.end())
        if handle or len(behind["name"].split()) >= _FEWEST:
            return Span(behind.start("name"), behind.end("name"))
    if text.find(_HANDLE, paragraph, start) < 0:
        return None
    before = _OPENING.match(text, paragraph, min(len(text), start + 1))
    if before is not None and before.end() == start:
        return Span(before.start("name"), before.end("name"))
    return None
