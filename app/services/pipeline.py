"""A text to its analysis: annotated and resolved within itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.annotate.pipeline import Pipelines
from app.annotate.terms import terms
from app.domain.annotation import Analysis, AnalysisInput, Annotation
from app.domain.language_tags import primary_language
from app.intake.language import detect
from app.languages import load
from app.resolve.within import RESOLVER, resolve
from app.services import knowledge
from app.services.text_findings import FINDERS, find
from app.stories import profile as stories


class Analyser:
    """Analyses texts. Models load with the first text of their language; knowledge at once."""

    def __init__(
        self,
        models: Mapping[str, str],
        default_language: str,
        knowledge_paths: Iterable[str | Path] = (),
    ) -> None:
        self._pipelines = Pipelines(models)
        self._default_language = default_language
        self._knowledge = knowledge.load(knowledge_paths)
        self._versions: dict[str, str] = {}

    def pipeline(self, language: str) -> str:
        """The versions that an analysis in a language comes from: model, finders, resolver,
        knowledge.

        Raises ModelMissing.
        """
        if language not in self._versions:
            model = self._pipelines.version(language) or "no model"
            self._versions[language] = (
                f"{model}; {FINDERS}, profile {stories.VERSION}; "
                f"resolver {RESOLVER}; knowledge {self._knowledge.version}"
            )
        return self._versions[language]

    def analyse(self, inputs: Sequence[AnalysisInput]) -> list[Analysis]:
        """Analyses texts. Returns one analysis for each, in their order; it does not depend on the
        others.

        A text without a language is taken for the one that it is detected to be, else the default.
        One in a language without a pipeline has no mentions, and says so. Raises ModelMissing.
        """
        told = [replace(text, language=self._language(text)) for text in inputs]
        annotations = self._pipelines.annotate(told)
        return [
            self._analysis(text, annotation)
            for text, annotation in zip(told, annotations, strict=True)
        ]

    def _language(self, text: AnalysisInput) -> str:
        named = text.language or detect(text.text) or self._default_language
        # "en-GB" and "en_US" are read by the pipeline for "en".
        return primary_language(named) or named

    def _analysis(self, text: AnalysisInput, annotation: Annotation | None) -> Analysis:
        language = text.language or self._default_language
        if annotation is None:
            return Analysis(
                pipeline=self.pipeline(language),
                annotation=None,
                clusters=(),
                terms=(),
                language=language,
                reason=f"no pipeline for language {language!r}",
            )
        clusters = resolve(text.text, text.body_start, annotation, self._knowledge)
        words = terms(annotation)
        common = load(language, "frequencies")
        return Analysis(
            pipeline=self.pipeline(language),
            annotation=annotation,
            clusters=clusters,
            terms=words,
            language=language,
            findings=find(text.text, text.body_start, annotation, clusters),
            profile=stories.profile(text.text, words, clusters, common),
        )
