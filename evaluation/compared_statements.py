"""The section `statements` of two texts, as the service answers it, with vectors."""

from collections.abc import Iterator, Sequence
from functools import cache

from app.annotate.vectors import SentenceEncoder
from app.domain.annotation import Analysis, AnalysisInput
from app.domain.comparison import Spot, TextToCompare
from app.domain.limits import MAX_TOP
from app.domain.sections.statements import SharedStatement, StatementSection
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from evaluation.annotated import MODELS

_MODELS = {**MODELS, "fr": "fr_core_news_md"}


class Statements:
    """Compares two texts, the sides `a` and `b`; what it has analysed or encoded before it keeps,
    for measuring compares a text with many copies of it."""

    def __init__(self) -> None:
        analyser, encoder = Analyser(_MODELS, "en"), SentenceEncoder()
        self.version = encoder.version
        self._analysis = cache(lambda text: analyser.analyse([text])[0])
        self._vector = cache(lambda sentence: encoder.encode([sentence]))

    def __call__(self, one: str, other: str, languages: str = "en en") -> StatementSection:
        """The section, all of its items."""
        first, second = languages.split()
        answer = compare_texts(
            [
                TextToCompare("a", one, language=first),
                TextToCompare("b", other, language=second),
            ],
            self.analyse,
            sections=["statements"],
            top=MAX_TOP,
            encoder=self,
        )
        assert answer.statements is not None
        return answer.statements

    def analyse(self, texts: Sequence[AnalysisInput]) -> list[Analysis]:
        """The analysis of each text."""
        return [self._analysis(text) for text in texts]

    def encode(self, sentences: Sequence[str]) -> bytes:
        """The vectors of the sentences, in their order."""
        return b"".join(map(self._vector, sentences))


def crossed(item: SharedStatement) -> Iterator[tuple[Spot, Spot]]:
    """The pairs of sentences that an item is read as: every one of a with every one of b."""
    for one in item.sides["a"]:
        for other in item.sides["b"]:
            yield one, other
