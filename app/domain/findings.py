"""What is found in one text beside its names, as it is kept with its analysis."""

from dataclasses import dataclass

from app.domain.figure import Figure
from app.domain.portrayal import Label, Role
from app.domain.quote import Utterance
from app.domain.reference import Reference
from app.domain.statement import Sentence
from app.domain.timex import TimeExpression


@dataclass(frozen=True, slots=True)
class TextFindings:
    """Each kind in the order of the text; `fingerprints` are hashes of its word n-grams."""

    quotes: tuple[Utterance, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    labels: tuple[Label, ...] = ()
    roles: tuple[Role, ...] = ()
    references: tuple[Reference, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    fingerprints: tuple[int, ...] = ()
