"""What sentences are compared by, over parses written by hand: no model decides these."""

import pytest

from app.annotate.statements import sentences
from app.domain.annotation import Mention
from app.domain.figure import Figure
from app.domain.statement import Sentence
from tests.annotate.parses import parsed


def read(words: str, *names: str, figures: tuple[Figure, ...] = ()) -> Sentence:
    text, annotation = parsed(words)
    places = [(text.index(name), name) for name in names]
    mentions = [Mention(start, start + len(name), name, "ORG") for start, name in sorted(places)]
    (found,) = sentences(text, annotation, mentions, figures)
    return found


def test_who_acts_and_who_suffers() -> None:
    found = read("Rebels/NOUN/nsubj/1 took/VERB/ROOT/1/VBD/take Lindau/PROPN/dobj/1", "Lindau")
    assert found.lemmas == ("rebels", "take", "lindau")
    assert (found.verbs, found.acting, found.suffering) == (("take",), (0,), (2,))
    assert (found.named, found.mentions, found.subjects) == ((2,), (12,), ())
    assert found.objects == (12,)


def test_a_passive_is_turned_round() -> None:
    found = read(
        "Lindau/PROPN/nsubjpass/2 was/AUX/auxpass/2 taken/VERB/ROOT/2/VBN/take by/ADP/agent/2 "
        "rebels/NOUN/pobj/3"
    )
    assert [found.lemmas[place] for place in found.acting] == ["rebels"]
    assert [found.lemmas[place] for place in found.suffering] == ["lindau"]


def test_a_particle_is_of_its_verb() -> None:
    found = read("Rebels/NOUN/nsubj/1 blew/VERB/ROOT/1/VBD/blow it/PRON/dobj/1 up/ADP/prt/1")
    assert found.verbs == ("blow up",)


@pytest.mark.parametrize(
    ("words", "negated"),
    [
        ("Rebels/NOUN/nsubj/2 not/PART/neg/2 left/VERB/ROOT/2/VBD/leave", ("leave",)),
        # The modifier, and what it modifies.
        (
            "no/DET/det/1 more/ADJ/amod/2 flights/NOUN/nsubj/3/NNS/flight "
            "left/VERB/ROOT/3/VBD/leave",
            ("more", "flight"),
        ),
        (
            "Kowal/PROPN/nsubj/1 refused/VERB/ROOT/1/VBD/refuse to/PART/aux/3 "
            "resign/VERB/xcomp/1/VB/resign",
            ("resign",),
        ),
        ("Rebels/NOUN/nsubj/1 left/VERB/ROOT/1/VBD/leave", ()),
    ],
)
def test_what_a_sentence_denies(words: str, negated: tuple[str, ...]) -> None:
    assert read(words).negated == negated


def test_a_hyphen_makes_one_word_of_two() -> None:
    found = read(
        "a/DET/det/3 cease/NOUN/compound/3 +-/PUNCT/punct/3 +fire/NOUN/ROOT/3 held/VERB/dep/3"
    )
    assert "ceasefire" in found.lemmas


def test_a_number_is_the_value_of_its_figure() -> None:
    figure = Figure(
        start=0,
        end=16,
        text="Three thousand m",
        kind="count",
        value=3000.0,
        upper=None,
        quantifier=None,
        unit=None,
        per=None,
        noun=None,
        attribution=None,
        verb=None,
        lemmas=(),
        mentions=(),
    )
    words = "Three/NUM/compound/1 thousand/NUM/nsubj/2 left/VERB/ROOT/2/VBD/leave"
    assert read(words, figures=(figure,)).lemmas == ("3000", "leave")
    assert read(words).lemmas == ("three", "thousand", "leave")


def test_equal_words_have_equal_digests() -> None:
    one = read("Rebels/NOUN/nsubj/1 left/VERB/ROOT/1 +./PUNCT/punct/1")
    other = read("rebels/NOUN/nsubj/1 left/VERB/ROOT/1 +!/PUNCT/punct/1")
    assert one.digest == other.digest != read("Rebels/NOUN/nsubj/1 won/VERB/ROOT/1").digest
