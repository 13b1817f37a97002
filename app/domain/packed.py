"""An analysis on its way into the store: what resolution across articles still reads as it is, all
else as the bytes that are kept. A worker packs it, so that the one process that writes neither
builds thousands of objects an article nor takes them apart again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from app.domain.annotation import Analysis, Cluster, Failure, Mention, Term
from app.domain.findings import TextFindings
from app.domain.packing import pack, pack_rows
from app.domain.quote import Utterance

# Kinds of findings that are kept packed; quotes have rows of their own.
PACKED_KINDS = tuple(field.name for field in fields(TextFindings) if field.name != "quotes")


@dataclass(frozen=True, slots=True)
class PackedAnalysis:
    """An `Analysis`. `terms` are the counts of its lemmas, `spans` the places of each, `findings`
    the rows of each of `PACKED_KINDS`."""

    pipeline: str
    annotation: bytes | None
    clusters: tuple[Cluster, ...]
    unresolved: tuple[Mention, ...]
    terms: bytes
    spans: bytes
    language: str | None
    reason: str | None
    quotes: tuple[Utterance, ...]
    findings: Mapping[str, bytes]


# What becomes of one text that is to be stored.
type PackedOutcome = PackedAnalysis | Failure


def packed(analysis: Analysis | PackedAnalysis) -> PackedAnalysis:
    """The analysis, packed where it is not yet."""
    if isinstance(analysis, PackedAnalysis):
        return analysis
    places = _places(analysis.terms)
    return PackedAnalysis(
        pipeline=analysis.pipeline,
        annotation=None if analysis.annotation is None else pack(analysis.annotation),
        clusters=analysis.clusters,
        unresolved=analysis.unresolved,
        terms=pack({lemma: len(spans) for lemma, spans in places.items()}),
        spans=pack(places),
        language=analysis.language,
        reason=analysis.reason,
        quotes=analysis.findings.quotes,
        findings={kind: pack_rows(getattr(analysis.findings, kind)) for kind in PACKED_KINDS},
    )


def _places(terms: Iterable[Term]) -> dict[str, list[tuple[int, int]]]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for term in terms:
        places[term.lemma].extend(term.spans)
    return {lemma: sorted(spans) for lemma, spans in places.items()}
