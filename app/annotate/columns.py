"""A spaCy document read out as plain columns, in one pass over its array."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from app.annotate.token_rules import TokenRules

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ATTRIBUTES: list[int | str] = [
    "IDX",
    "LENGTH",
    "HEAD",
    "SENT_START",
    "ENT_IOB",
    "ENT_TYPE",
]
_BEGIN, _INSIDE = 3, 1  # spaCy's codes in ENT_IOB


@dataclass(slots=True)
class Columns:
    """Tokens as lists of one length, the indices of those that open a sentence, and the model's
    entities as `(start, end, label)` in characters."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)

    @classmethod
    def joined(cls, parts: Sequence[tuple[int, "Columns"]]) -> "Columns":
        """The columns of one text from those of its pieces and their offsets."""
        if len(parts) == 1:
            return parts[0][1]
        whole = cls()
        for offset, part in parts:
            before = len(whole.starts)
            whole.starts += [offset + start for start in part.starts]
            whole.ends += [offset + end for end in part.ends]
            whole.pos += part.pos
            whole.tags += part.tags
            whole.lemmas += part.lemmas
            whole.heads += [before + head for head in part.heads]
            whole.deps += part.deps
            whole.openings += [before + index for index in part.openings]
            whole.entities += [(offset + s, offset + e, label) for s, e, label in part.entities]
        return whole

    def sentences(self, text: str) -> Iterator[tuple[int, int]]:
        """`(start, end)` of each sentence, white space around it left out."""
        for first, following in pairwise([*self.openings, len(self.starts)]):
            start, end = self.starts[first], self.ends[following - 1]
            sentence = text[start:end]
            start += len(sentence) - len(sentence.lstrip())
            end -= len(sentence) - len(sentence.rstrip())
            if start < end:
                yield start, end


def read(doc: "Doc", rules: TokenRules, strings: Mapping[int, str]) -> Columns:
    """The columns of a document that the pipeline of these rules has read; `strings` turns spaCy's
    hashes into text."""
    table = doc.to_array(_ATTRIBUTES)
    starts, lengths, _, openings, iob, kinds = table.T.tolist()
    labels = rules.labels(doc, strings)
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    # Heads are distances, and the array is unsigned.
    distances = table[:, 2].astype("int64").tolist()
    return Columns(
        starts=starts,
        ends=ends,
        pos=labels.pos,
        tags=labels.tags,
        lemmas=labels.lemmas,
        heads=[index + distance for index, distance in enumerate(distances)],
        deps=labels.deps,
        openings=[index for index, flag in enumerate(openings) if flag == 1],
        entities=[
            (starts[first], ends[last], strings[label])
            for first, last, label in _entities(iob, kinds)
        ],
    )


def _entities(iob: Iterable[int], labels: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """`(first token, last token, label)` of each entity."""
    first = last = label = -1
    for index, (code, kind) in enumerate(zip(iob, labels, strict=True)):
        if code == _INSIDE:
            last = index
            continue
        if first >= 0:
            yield first, last, label
        first = -1
        if code == _BEGIN:
            first, last, label = index, index, kind
    if first >= 0:
        yield first, last, label
