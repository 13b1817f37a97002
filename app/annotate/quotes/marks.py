"""Quotations: the stretches of a text that stand between quotation marks."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from app.annotate.quotes.posts import post

_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
# An empty line, or the end of a line that ends a sentence: a line broken within one goes on.
_GAP = re.compile(r"\n[^\S\n]*\n\s*|(?<=[.!?…:\"”’'»)])[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_MARK = re.compile(r"``|''|[\"“”„‟«»＂]|[‘’‚‹›']")
# Every mark that a quotation may have, to strip them with.
MARKS = "\"“”„‟«»'‘’‚‹›＂`"
# What may stand between a mark and the words (« so »), to strip it with.
BLANKS = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_WORD = re.compile(r"\w+")
_SINGLE = frozenset("‘’‚‹›'")
_OPENING = frozenset(["“", "„", "‟", "«", "‹", "‘", "‚", "``"])
_CLOSING = frozenset(["”", "»", "›"])
_OPENERS = "([{<-–—/…"
# Behind these a mark between two spaces closes: 'He is doing it, " she said'.
_ENDS = frozenset(",.!?'’")
# Longer stretches in single marks are more often a stray apostrophe than a quotation.
_SINGLE_LIMIT = 600
# What the name of a work has at most; its shorter words ('the') need no capital.
_TITLE_CHARS, _TITLE_WORDS, _SMALL_WORD = 120, 9, 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """`[start, end)` with its marks; `paragraph` is the index of the one it begins in. A mark
    left open at the end of a paragraph closes there (`closed` is false), or in a later paragraph
    that opens with a mark again: then the quotation runs through to it."""

    start: int
    end: int
    paragraph: int
    closed: bool


def paragraphs(text: str, body_start: int = 0) -> list[tuple[int, int]]:
    """The `[start, end)` of all paragraphs, white space around them left out. Empty lines part
    them, and lines that end with a sentence; in a body without empty lines, each line is one."""
    empty_lines = _EMPTY_LINE.search(text, body_start) is not None
    found: list[tuple[int, int]] = []
    for first, last, gap in (
        (0, body_start, _GAP),
        (body_start, len(text), _GAP if empty_lines else _LINE),
    ):
        position = first
        for match in gap.finditer(text, first, last):
            found.append((position, match.start()))
            position = match.end()
        found.append((position, last))
    trimmed = []
    for start, end in found:
        inner = text[start:end]
        start += len(inner) - len(inner.lstrip())
        end = start + len(inner.strip())
        if start < end:
            trimmed.append((start, end))
    return trimmed


def quotations(text: str, blocks: list[tuple[int, int]]) -> list[Quotation]:
    """The outermost quotations of a text in its order; nested ones are part of them.

    An odd mark ends with its paragraph, so that it cannot swap quoted and unquoted text behind it.
    """
    found: list[Quotation] = []
    for index, (start, end) in enumerate(blocks):
        for first, last, closed in _in_paragraph(text, start, end):
            previous = found[-1] if found else None
            if (
                previous is not None
                and not previous.closed
                and first == start
                and bisect_right(blocks, (previous.end, 0)) == index
                and text[previous.start] == text[first]
            ):
                found[-1] = Quotation(previous.start, last, previous.paragraph, closed)
            else:
                found.append(Quotation(first, last, index, closed))
    return found


def is_title(text: str, quotation: Quotation) -> bool:
    """Whether a quotation reads like the name of a work: 'Meet the Press'."""
    words = _WORD.findall(text, quotation.start, min(quotation.end, quotation.start + _TITLE_CHARS))
    long = [word for word in words if len(word) > _SMALL_WORD]
    return (
        bool(long)
        and len(words) <= _TITLE_WORDS
        and all(w[0].isupper() or w[0].isdigit() for w in long)
    )


def _in_paragraph(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """`(start, end, closed)` of the quotations of one paragraph."""
    posted = post(text, start, end)
    if posted is not None:
        return [(posted.start, posted.end, True)]
    if _MARK.search(text, start, end) is None:
        return []
    found = _paired(text, start, end, nesting=True)
    if found and not found[-1][2] and found[-1][0] > start:
        # A mark without its partner swallowed the others: take the first end that offers.
        return _paired(text, start, end, nesting=False)
    return found


def _paired(text: str, start: int, end: int, *, nesting: bool) -> list[tuple[int, int, bool]]:
    found: list[tuple[int, int, bool]] = []
    opened: int | None = None
    depth = 0
    skip = start
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if at < skip:
            continue
        opens, closes = _sides(text, start, end, at, after)
        if opened is not None and not opens and not closes:
            closes = text[max(opened, at - 2) : at].rstrip()[-1:] in _ENDS
        if mark in _SINGLE:
            if opened is None and mark != "’" and opens:
                closing = _single_end(text, at, end)
                if closing is not None:
                    found.append((at, closing, True))
                    skip = closing
        elif opened is None:
            if opens or mark in _OPENING:
                opened, depth = at, 1
        elif mark in _OPENING and (opens or not closes):
            if nesting:
                depth += 1
            else:
                opened = at  # the earlier mark has no partner: where it ends cannot be known
        elif closes or mark in _CLOSING:
            depth -= 1
            if depth == 0:
                found.append((opened, after, True))
                opened = None
        elif opens:
            opened = at
    if opened is not None:
        found.append((opened, end, False))
    return found


def _sides(text: str, start: int, end: int, at: int, after: int) -> tuple[bool, bool]:
    """Whether a mark at `[at, after)` can open, and whether it can close a quotation."""
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    opens = not behind.isspace() and (
        before.isspace() or before in _OPENERS or not before.isalnum()
    )
    closes = not before.isspace() and (not behind.isalnum() or before in ",.!?")
    if opens and closes:  # between two marks: what stands before decides
        opens = before in _OPENERS or before.isspace()
        closes = not opens
    return opens, closes


def _single_end(text: str, at: int, end: int) -> int | None:
    """Where a quotation in single marks that opens at `at` ends, None if it is an apostrophe."""
    closers = (
        "’" if text[at] == "‘" else "'" if text[at] == "'" else "›" if text[at] == "‹" else "‘"
    )
    before = text[at - 1] if at else " "
    if before.isalnum() or at + 1 >= end or text[at + 1].isdigit():
        return None  # "workers'", "'90s"
    if not (text[at + 1].isalpha() or text[at + 1] in '[(“"'):
        return None
    possessive: int | None = None
    position = at + 2
    limit = min(end, at + _SINGLE_LIMIT)
    while (position := text.find(closers, position, limit)) >= 0:
        after = text[position + 1] if position + 1 < end else " "
        previous = text[position - 1]
        if not after.isalnum() and not previous.isspace():
            if previous in "sS" and after == " " and text[position + 2 : position + 3].isalpha():
                possessive = possessive or position + 1  # or a plural: "the workers' choice"
            else:
                return position + 1
        position += 1
    return possessive
