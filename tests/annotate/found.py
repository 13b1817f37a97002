"""What the finders find in a text of a language."""

from app.annotate.dates import dates
from app.annotate.figures import figures
from app.annotate.pipeline import Pipelines
from app.annotate.quotes import utterances
from app.domain.annotation import AnalysisInput, Annotation
from app.domain.figure import Figure
from app.domain.timex import TimeExpression


def dates_in(pipelines: Pipelines, text: str, language: str = "en") -> tuple[TimeExpression, ...]:
    """The expressions of time of a text."""
    return dates(text, _annotation(pipelines, text, language))


def figures_in(pipelines: Pipelines, text: str, language: str = "en") -> tuple[Figure, ...]:
    """The quantities of a text, with its dates and quotes known."""
    annotation = _annotation(pipelines, text, language)
    said = utterances(text, 0, annotation, annotation.mentions)
    return figures(text, annotation, annotation.mentions, dates(text, annotation), said)


def _annotation(pipelines: Pipelines, text: str, language: str) -> Annotation:
    (annotation,) = pipelines.annotate([AnalysisInput(text, 0, language)])
    assert annotation is not None
    return annotation
