"""Pronouns and descriptions over parses written by hand: no model decides these."""

from app.annotate.references import references
from app.domain.annotation import Cluster, Mention
from app.domain.portrayal import Label
from tests.annotate.parses import parsed

SHE = (
    "{}/PROPN/compound/1/NNP {}/PROPN/nsubj/2/NNP spoke/VERB/ROOT/2/VBD/speak +./PUNCT/punct/2 "
    "She/PRON/nsubj/5/PRP/she left/VERB/ROOT/5/VBD/leave +./PUNCT/punct/5"
)


def person(text: str, name: str) -> Cluster:
    start = text.index(name)
    mention = Mention(start, start + len(name), name, "PERSON")
    return Cluster(name, "PERSON", (mention,), None, ())


def meant(text_words: str, *names: str) -> list[tuple[str, str]]:
    text, annotation = parsed(text_words)
    clusters = [person(text, name) for name in names]
    found = references(text, annotation, clusters, (), ())
    at = {cluster.mentions[0].start: cluster.name for cluster in clusters}
    assert all(text[each.start : each.end] == each.text for each in found)
    return [(each.text, at[each.mention]) for each in found]


def test_the_only_one_of_the_gender_is_meant() -> None:
    assert meant(SHE.format("Maria", "Kowal"), "Maria Kowal") == [("She", "Maria Kowal")]


def test_a_name_of_the_other_gender_is_not_meant() -> None:
    assert meant(SHE.format("Peter", "Kowal"), "Peter Kowal") == []


def test_of_two_subjects_neither_is_meant() -> None:
    words = (
        "Maria/PROPN/nsubj/1/NNP sang/VERB/ROOT/1/VBD/sing and/CCONJ/cc/1 Anna/PROPN/nsubj/4/NNP "
        "danced/VERB/conj/1/VBD/dance +./PUNCT/punct/1 She/PRON/nsubj/7/PRP/she "
        "left/VERB/ROOT/7/VBD/leave +./PUNCT/punct/7"
    )
    assert meant(words, "Maria", "Anna") == []


def test_an_object_is_not_the_subject_of_its_verb() -> None:
    words = "Maria/PROPN/nsubj/1/NNP saw/VERB/ROOT/1/VBD/see herself/PRON/dobj/1/PRP/herself"
    other = "Maria/PROPN/nsubj/1/NNP saw/VERB/ROOT/1/VBD/see her/PRON/dobj/1/PRP/her"
    assert meant(words, "Maria") == [("herself", "Maria")]
    assert meant(other, "Maria") == []


def test_a_description_means_who_was_called_so() -> None:
    text, annotation = parsed(
        "President/PROPN/compound/1/NNP Kowal/PROPN/nsubj/2/NNP spoke/VERB/ROOT/2/VBD/speak "
        "+./PUNCT/punct/2 The/DET/det/5/DT/the president/NOUN/nsubj/6/NN/president "
        "left/VERB/ROOT/6/VBD/leave +./PUNCT/punct/6"
    )
    kowal = person(text, "Kowal")
    label = Label(0, 9, "President", "title", kowal.mentions[0].start)
    (found,) = references(text, annotation, [kowal], (), [label])
    assert (found.text, found.kind, found.mention) == ("The president", "description", 10)
    assert references(text, annotation, [kowal], (), []) == ()
