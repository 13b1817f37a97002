from app.annotate.pipeline import Pipelines
from app.annotate.terms import terms
from app.domain.annotation import AnalysisInput


def test_terms_are_content_lemmas_with_every_place(pipelines: Pipelines) -> None:
    text = "The soldiers attacked. A soldier was attacking 20 old bridges for the Army."
    (annotation,) = pipelines.annotate([AnalysisInput(text, 0, "en")])
    assert annotation is not None
    found = {term.lemma: [text[s:e] for s, e in term.spans] for term in terms(annotation)}
    assert found == {
        "soldier": ["soldiers", "soldier"],
        "attack": ["attacked", "attacking"],
        "old": ["old"],
        "bridge": ["bridges"],
        "army": ["Army"],
    }


def test_a_courtesy_is_no_term(pipelines: Pipelines) -> None:
    (annotation,) = pipelines.annotate([AnalysisInput("Mr. Doyle met Mrs Lind.", 0, "en")])
    assert annotation is not None
    assert {term.lemma for term in terms(annotation)} == {"doyle", "meet", "lind"}
