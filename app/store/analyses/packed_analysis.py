"""An analysis as it is kept: its clusters and quotes have rows of their own, all else is bytes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.annotation import Analysis, Term
from app.domain.figure import Figure
from app.domain.portrayal import Label, Role
from app.domain.quote import Utterance
from app.domain.reference import Reference
from app.domain.statement import Sentence
from app.domain.timex import TimeExpression
from app.store.engine.packing import pack, pack_rows

# Kinds that are kept packed, with the record that each row of theirs is; None: plain numbers.
KINDS: Mapping[str, type | None] = {
    "figures": Figure,
    "dates": TimeExpression,
    "labels": Label,
    "roles": Role,
    "references": Reference,
    "sentences": Sentence,
    "fingerprints": None,
}


@dataclass(frozen=True, slots=True)
class PackedAnalysis:
    """What is stored once for a revision and pipeline version. `terms` are the counts of its
    lemmas, `spans` the places of each, `findings` the rows of each of `KINDS`."""

    pipeline: str
    annotation: bytes | None
    terms: bytes
    spans: bytes
    language: str | None
    quotes: tuple[Utterance, ...]
    findings: Mapping[str, bytes]


def pack_analysis(analysis: Analysis) -> PackedAnalysis:
    """An analysis in the form in which it is stored."""
    places = _places(analysis.terms)
    return PackedAnalysis(
        pipeline=analysis.pipeline,
        annotation=None if analysis.annotation is None else pack(analysis.annotation),
        terms=pack({lemma: len(spans) for lemma, spans in places.items()}),
        spans=pack(places),
        language=analysis.language,
        quotes=analysis.findings.quotes,
        findings={kind: pack_rows(getattr(analysis.findings, kind)) for kind in KINDS},
    )


def _places(terms: Iterable[Term]) -> dict[str, list[tuple[int, int]]]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for term in terms:
        places[term.lemma].extend(term.spans)
    return {lemma: sorted(spans) for lemma, spans in places.items()}
