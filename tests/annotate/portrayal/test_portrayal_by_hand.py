"""Labels and roles over parses written by hand: no model decides these."""

import pytest

from app.annotate.portrayal import Portrait
from app.domain.annotation import Mention
from tests.annotate.parses import parsed


def portrait(
    words: str, name: str, type_: str
) -> tuple[set[tuple[str, str]], set[tuple[str, ...]]]:
    """Kind and text of the labels of a name that are more than it, part and verb of its roles."""
    text, annotation = parsed(words)
    start = text.index(name)
    found = Portrait(text, annotation, [Mention(start, start + len(name), name, type_)])
    for label in found.labels:
        assert text[label.start : label.end] == label.text
    roles = found.roles()
    return (
        {(label.kind, label.text) for label in found.labels if label.kind != "name"},
        {(role.part, role.verb, *(("not",) if role.negated else ())) for role in roles},
    )


@pytest.mark.parametrize(
    ("words", "name", "type_", "label"),
    [
        (
            "President/PROPN/compound/1 Kowal/PROPN/nsubj/2 left/VERB/ROOT/2/VBD/leave",
            "Kowal",
            "PERSON",
            ("title", "President"),
        ),
        (
            "Syrian/ADJ/amod/1/JJ/syrian regime/NOUN/nsubj/2/NN/regime fell/VERB/ROOT/2/VBD/fall",
            "Syrian",
            "NORP",
            ("head", "Syrian regime"),
        ),
        (
            "Kowal/PROPN/nsubj/5 +,/PUNCT/punct/0 a/DET/det/4/DT/a retired/ADJ/amod/4/JJ/retired "
            "lawyer/NOUN/appos/0/NN/lawyer left/VERB/ROOT/5/VBD/leave",
            "Kowal",
            "PERSON",
            ("apposition", "retired lawyer"),
        ),
        (
            "Kowal/PROPN/nsubj/1 is/AUX/ROOT/1/VBZ/be a/DET/det/3/DT/a liar/NOUN/attr/1/NN/liar",
            "Kowal",
            "PERSON",
            ("description", "liar"),
        ),
    ],
)
def test_a_label_of_each_kind(words: str, name: str, type_: str, label: tuple[str, str]) -> None:
    assert label in portrait(words, name, type_)[0]


def test_what_is_denied_of_a_name_is_no_label() -> None:
    words = (
        "Kowal/PROPN/nsubj/1 is/AUX/ROOT/1/VBZ/be not/PART/neg/1/RB/not "
        "a/DET/det/4/DT/a liar/NOUN/attr/1/NN/liar"
    )
    assert portrait(words, "Kowal", "PERSON")[0] == set()


@pytest.mark.parametrize(
    ("words", "role"),
    [
        (
            "Rebels/NOUN/nsubj/1 attacked/VERB/ROOT/1/VBD/attack Lindau/PROPN/dobj/1",
            ("patient", "attack"),
        ),
        (
            "Lindau/PROPN/nsubjpass/2 was/AUX/auxpass/2 attacked/VERB/ROOT/2/VBN/attack",
            ("patient", "attack"),
        ),
        (
            "Lindau/PROPN/nsubj/1 joined/VERB/ROOT/1/VBD/join the/DET/det/3 talks/NOUN/dobj/1",
            ("agent", "join"),
        ),
        (
            "Lindau/PROPN/nsubj/3 did/AUX/aux/3 not/PART/neg/3 join/VERB/ROOT/3/VB/join",
            ("agent", "join", "not"),
        ),
        (
            "Lindau/PROPN/nsubj/1 tried/VERB/ROOT/1/VBD/try to/PART/aux/3/TO/to "
            "leave/VERB/xcomp/1/VB/leave",
            ("agent", "leave"),
        ),
    ],
)
def test_who_does_what_and_what_is_done_to_whom(words: str, role: tuple[str, ...]) -> None:
    assert portrait(words, "Lindau", "GPE")[1] == {role}
