"""Findings as few bytes, beside the text that they are found in and its terms.

The records of a kind are columns, one for each field; a column of one value is that value. What
records have in common with the text and with its terms is not kept again: a surface stands in the
text, a word is a number (of the terms first, then of a list), a place is told from where its record
starts, and that from the record before.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, TypeAliasType, get_args, get_origin, get_type_hints

import orjson

from app.domain.figure import Figure
from app.domain.findings import TextFindings
from app.domain.portrayal import Label, Role
from app.domain.reference import Reference
from app.domain.statement import Sentence
from app.domain.timex import TimeExpression
from app.store.engine.packing import deflate, inflate

# Kinds that are kept packed, in this order, with the record that each of theirs is.
KINDS: Mapping[str, type] = {
    "figures": Figure,
    "dates": TimeExpression,
    "labels": Label,
    "roles": Role,
    "references": Reference,
    "sentences": Sentence,
}
# Fields that are places in the text.
_PLACES = frozenset(("mention", "mentions", "subjects", "objects"))


def pack_findings(findings: TextFindings, text: str, terms: Collection[str]) -> bytes:
    """The findings of `KINDS` in a text, packed beside it and its terms."""
    words = {word: number for number, word in enumerate(terms)}
    kinds = [
        orjson.dumps(_columns(getattr(findings, kind), record, text, words))
        for kind, record in KINDS.items()
    ]
    listed = orjson.dumps(list(words)[len(terms) :])
    return deflate(b"\n".join((listed, *kinds)))


def unpack_findings(
    packed: bytes, kinds: Collection[str], text: str, terms: Collection[str]
) -> dict[str, list[Any]]:
    """Those of these kinds that `pack_findings` packed beside the same text and terms, as records
    in the order of the text."""
    # JSON has no line breaks of its own: what nobody asks for is not read.
    listed, *kept = inflate(packed).split(b"\n")
    words = [*terms, *orjson.loads(listed)]
    return {
        kind: _records(orjson.loads(columns), record, text, words)
        for (kind, record), columns in zip(KINDS.items(), kept, strict=True)
        if kind in kinds
    }


def _columns(
    records: Sequence[Any], record: type, text: str, words: dict[str, int]
) -> list[Sequence[Any]]:
    """A column for each field; none where there is no record."""
    if not records:
        return []
    starts = [each.start for each in records]
    columns: list[Sequence[Any]] = [[after - at for at, after in pairwise([0, *starts])]]
    for name, holds in _fields(record):
        values = [getattr(each, name) for each in records]
        if name == "end":
            values = [end - start for start, end in zip(starts, values, strict=True)]
        elif name == "text":
            ends = [each.end for each in records]
            values = [
                None if text[start:end] == value else value
                for start, end, value in zip(starts, ends, values, strict=True)
            ]
        elif name in _PLACES:
            values = [_moved(value, -start) for start, value in zip(starts, values, strict=True)]
        elif holds == "word":
            values = [
                None if value is None else words.setdefault(value, len(words)) for value in values
            ]
        elif holds == "words":
            values = [[words.setdefault(each, len(words)) for each in value] for value in values]
        columns.append(values[:1] if _all_alike(values) else values)
    return columns


def _records(
    columns: Sequence[list[Any]], record: type, text: str, words: Sequence[str]
) -> list[Any]:
    if not columns:
        return []
    starts = list(accumulate(columns[0]))
    ends: list[int] = []
    read: list[Sequence[Any]] = [starts]
    for (name, holds), column in zip(_fields(record), columns[1:], strict=True):
        values: Sequence[Any] = column
        if holds == "word" and name != "text":
            values = [None if value is None else words[value] for value in column]
        elif holds == "words":
            values = [tuple(map(words.__getitem__, value)) for value in column]
        elif holds == "numbers":
            values = list(map(tuple, column))
        if len(values) == 1:
            values = [values[0]] * len(starts)
        if name == "end":
            values = ends = [start + length for start, length in zip(starts, values, strict=True)]
        elif name == "text":
            values = [
                text[start:end] if value is None else value
                for start, end, value in zip(starts, ends, values, strict=True)
            ]
        elif name in _PLACES:
            values = [_moved(value, start) for start, value in zip(starts, values, strict=True)]
        read.append(values)
    return list(map(record, *read))


def _moved(place: Any, by: int) -> Any:
    """A place, or some, so much further on."""
    if isinstance(place, int):
        return place + by
    return tuple([each + by for each in place]) if place else ()


def _all_alike(values: Sequence[Any]) -> bool:
    first = values[0]
    return all(each == first and type(each) is type(first) for each in values)


@cache
def _fields(record: type) -> tuple[tuple[str, str], ...]:
    """The fields of a record after its `start`, each with what it holds: a "word" or none, "words",
    "numbers", or "plain" values."""
    hints = get_type_hints(record)
    return tuple((each.name, _holds(hints[each.name])) for each in fields(record)[1:])


def _holds(hint: Any) -> str:
    if isinstance(hint, TypeAliasType):
        return _holds(hint.__value__)
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        return "words" if parts[0] is str else "numbers"
    if hint is str or any(isinstance(each, str) or each is str for each in parts):
        return "word"
    return "plain"
