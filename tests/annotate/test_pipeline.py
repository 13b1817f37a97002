from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.annotate import pipeline
from app.annotate.pipeline import Pipelines
from app.domain.annotation import TYPES, AnalysisInput, Annotation

# Any text that the service accepts: no surrogates, no U+0000.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
SENTENCE = "Angela Merkel met reporters in Berlin on Monday, and 400 people came.\n\n"


def annotate(pipelines: Pipelines, text: str, language: str | None = "en") -> Annotation | None:
    return pipelines.annotate([AnalysisInput(text, 0, language)])[0]


def english(pipelines: Pipelines, text: str) -> Annotation:
    annotation = annotate(pipelines, text)
    assert annotation is not None
    return annotation


def test_names_model_and_version(pipelines: Pipelines) -> None:
    version = pipelines.version("en")
    assert version == english(pipelines, SENTENCE).model
    assert version is not None
    assert version.startswith("en_core_web_md 3.8.0, spaCy 3.")


def test_keeps_names_apart_from_amounts(pipelines: Pipelines) -> None:
    annotation = english(pipelines, SENTENCE)
    assert [(m.text, m.type) for m in annotation.mentions] == [
        ("Angela Merkel", "PERSON"),
        ("Berlin", "GPE"),
    ]
    assert [(v.text, v.type) for v in annotation.values] == [
        ("Monday", "DATE"),
        ("400", "CARDINAL"),
    ]


def test_columns_are_of_one_length_and_heads_point_into_them(pipelines: Pipelines) -> None:
    tokens = english(pipelines, SENTENCE * 3).tokens
    columns = (tokens.ends, tokens.pos, tokens.tags, tokens.lemmas, tokens.heads, tokens.deps)
    assert {len(column) for column in columns} == {len(tokens.starts)}
    assert all(0 <= head < len(tokens.starts) for head in tokens.heads)
    roots = [i for i, dep in enumerate(tokens.deps) if dep == "ROOT"]
    assert all(tokens.heads[i] == i for i in roots)


def test_text_in_another_language_has_no_annotation(pipelines: Pipelines) -> None:
    assert annotate(pipelines, "Der Zug hielt.", "de") is None
    assert annotate(pipelines, "Der Zug hielt.", None) is None
    assert pipelines.version("de") is None


def test_result_does_not_depend_on_the_batch(pipelines: Pipelines) -> None:
    texts = [SENTENCE * n + f"Flight {n} left Paris for Rome." for n in range(1, 9)]
    together = pipelines.annotate([AnalysisInput(text, 0, "en") for text in texts])
    assert together == [annotate(pipelines, text) for text in texts]


def test_long_text_is_read_in_pieces(pipelines: Pipelines) -> None:
    text = SENTENCE * (2 * pipeline.CHUNK_CHARS // len(SENTENCE) + 3)
    annotation = english(pipelines, text)
    found = {(m.start, m.end) for m in annotation.mentions if m.type == "PERSON"}
    expected = {(at, at + 13) for at in range(0, len(text), len(SENTENCE))}
    assert found == expected
    assert all(text[m.start : m.end] == m.text for m in annotation.mentions)
    assert all(0 <= head < len(annotation.tokens.starts) for head in annotation.tokens.heads)


def test_text_without_a_word_is_empty(pipelines: Pipelines) -> None:
    for text in ("", " \n\n "):
        annotation = english(pipelines, text)
        assert annotation.mentions == ()
        assert annotation.sentences == ()


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_every_span_is_its_surface(pipelines: Pipelines, text: str) -> None:
    annotation = english(pipelines, text)
    end = 0
    for mention in annotation.mentions:
        assert mention.start >= end
        assert mention.type in TYPES
        end = mention.end
    for span in (*annotation.mentions, *annotation.values):
        assert text[span.start : span.end] == span.text
    tokens = annotation.tokens
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[s:e].strip() == text[s:e] != "" for s, e in annotation.sentences)


def test_the_model_does_not_run_again_where_it_said_it_before(pipelines: Pipelines) -> None:
    before = replace(english(pipelines, SENTENCE), sentences=((0, 6),))
    again = pipelines.annotate([AnalysisInput(SENTENCE, 0, "en", (before,))])
    assert again == [before]


def test_what_another_model_said_is_not_taken(pipelines: Pipelines) -> None:
    fresh = english(pipelines, SENTENCE)
    wrong = replace(fresh, sentences=())
    for other in (replace(wrong, model="xx"), replace(wrong, language="xx")):
        assert pipelines.annotate([AnalysisInput(SENTENCE, 0, "en", (other,))]) == [fresh]
