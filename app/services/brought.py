"""Analyses that documents bring with them, stored as if they had been made here."""

from collections.abc import Callable, Sequence

from app.domain.annotation import Analysis, AnalysisInput, BroughtAnalysis
from app.errors import UnreadableDocument
from app.intake.annotated import analysis_of
from app.services.analysis_writing import Analysed, record
from app.store.articles.queue import pending_among
from app.store.engine.sessions import WriteSession
from app.store.records import Accepted

# The version that an analysis of a text in this language has here.
type VersionOf = Callable[[str], str]
type Brought = tuple[str, Analysis]


class Versions:
    """The version that an analysis in each language has now, asked once for each."""

    def __init__(self, analyse: Callable[[list[AnalysisInput]], list[Analysis]]) -> None:
        self._analyse = analyse
        self._known: dict[str, str] = {}

    def __call__(self, language: str) -> str:
        """Raises what the analyser raises."""
        if language not in self._known:
            (probe,) = self._analyse([AnalysisInput("Good morning.", 0, language)])
            self._known[language] = probe.pipeline
        return self._known[language]


def brought_analysis(brought: BroughtAnalysis, version_of: VersionOf | None) -> Brought | None:
    """The text and its analysis, where that is of the version of today; else None: it is to be made
    anew, as is one that cannot be read."""
    if version_of is None:
        return None
    try:
        analysis = analysis_of(brought)
    except UnreadableDocument:
        return None
    if analysis.language is None or analysis.pipeline != version_of(analysis.language):
        return None
    return brought.text, analysis


def keep_brought(
    session: WriteSession, accepted: Sequence[Accepted], brought: Sequence[Brought | None]
) -> list[bool]:
    """Stores the analyses of those articles that are pending and have that very text, in the
    caller's transaction. Returns whether each was stored."""
    wanted = {
        each.id: analysed
        for each, analysed in zip(accepted, brought, strict=True)
        if each.id is not None and analysed is not None
    }
    if not wanted:
        return [False] * len(accepted)
    fitting = []
    for article in pending_among(session, list(wanted)):
        text, analysis = wanted[article.id]
        if article.text == text and article.language in (None, analysis.language):
            fitting.append(Analysed(article.id, article.revision, analysis))
    ready = set(record(session, fitting)) if fitting else set()
    return [each.id in ready for each in accepted]
