"""An analysis as it is kept: its clusters and quotes have rows of their own, all else is bytes."""

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from app.domain.annotation import Analysis, Term
from app.domain.findings import TextFindings
from app.domain.quote import Utterance
from app.store.analyses.packed_annotation import pack_annotation, pack_spans, unpack_spans
from app.store.analyses.packed_findings import pack_findings
from app.store.engine.packing import pack, pack_columns, unpack_columns


@dataclass(frozen=True, slots=True)
class PackedAnalysis:
    """What is stored once for a revision and pipeline version. `terms` are the counts of its
    lemmas, `spans` the places of each, `findings` the records of each kind but `fingerprints`,
    which are numbers of four bytes."""

    pipeline: str
    annotation: bytes | None
    terms: bytes
    spans: bytes
    language: str | None
    quotes: tuple[Utterance, ...]
    findings: bytes
    fingerprints: bytes


def pack_analysis(analysis: Analysis, text: str) -> PackedAnalysis:
    """An analysis of this text in the form in which it is stored."""
    places, said = _places(analysis.terms), analysis.annotation
    return PackedAnalysis(
        pipeline=analysis.pipeline,
        annotation=None if said is None else pack_annotation(said, text),
        terms=pack({lemma: len(spans) for lemma, spans in places.items()}),
        spans=pack_places(places),
        language=analysis.language,
        quotes=analysis.findings.quotes,
        findings=pack_findings(analysis.findings, text, places),
        fingerprints=pack_fingerprints(analysis.findings.fingerprints),
    )


def packed(analysis: Analysis, text: str) -> Analysis:
    """The analysis of this text with what is kept packed in that form alone: fewer bytes between
    processes, and less to do where one writes for all."""
    return replace(
        analysis,
        annotation=None,
        terms=(),
        findings=TextFindings(),
        packed=pack_analysis(analysis, text),
    )


def as_packed(analysis: Analysis, text: str) -> PackedAnalysis:
    """What is stored of an analysis, packed now unless it is already."""
    kept = analysis.packed
    return kept if isinstance(kept, PackedAnalysis) else pack_analysis(analysis, text)


def pack_places(places: Mapping[str, Sequence[tuple[int, int]]]) -> bytes:
    """The places of all terms, one after the other."""
    return pack_columns(None, pack_spans([each for spans in places.values() for each in spans]))


def unpack_places(
    packed: bytes, terms: Mapping[str, int], wanted: Collection[str]
) -> dict[str, list[tuple[int, int]]]:
    """The places of some of the terms, all of which are given with their counts."""
    _, columns = unpack_columns(packed)
    spans = unpack_spans(*columns)
    ends = dict(zip(terms, accumulate(terms.values()), strict=True))
    return {lemma: spans[ends[lemma] - terms[lemma] : ends[lemma]] for lemma in wanted}


def pack_fingerprints(fingerprints: Iterable[int]) -> bytes:
    """The numbers, four bytes each: hashes, which nothing makes smaller."""
    numbers = tuple(fingerprints)
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpack_fingerprints(packed: bytes) -> Sequence[int]:
    """What `pack_fingerprints` packed."""
    return struct.unpack(f"<{len(packed) // 4}I", packed)


def _places(terms: Iterable[Term]) -> dict[str, list[tuple[int, int]]]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for term in terms:
        places[term.lemma].extend(term.spans)
    return {lemma: sorted(spans) for lemma, spans in places.items()}
