"""French names, by the model's few labels and the language's own words."""

from collections.abc import Callable

import pytest

from app.annotate.pipeline import Pipelines
from app.domain.annotation import AnalysisInput, Cluster
from app.resolve.knowledge import Knowledge
from app.resolve.within import resolve

type Read = Callable[[str], dict[str, Cluster]]


@pytest.fixture(scope="module")
def lire(knowledge: Knowledge) -> Read:
    """Resolves a French text; its clusters by each of their surfaces."""
    pipelines = Pipelines({"fr": "fr_core_news_md"})

    def read(text: str) -> dict[str, Cluster]:
        (annotation,) = pipelines.annotate([AnalysisInput(text, 0, "fr")])
        assert annotation is not None
        clusters = resolve(text, 0, annotation, knowledge)
        assert all(text[m.start : m.end] == m.text for c in clusters for m in c.mentions)
        return {mention.text: cluster for cluster in clusters for mention in cluster.mentions}

    return read


def test_three_names_of_one_group(lire: Read) -> None:
    names = lire(
        "L'État islamique (EI) tient encore la ville. Daech a perdu deux villages lundi. "
        "Les combattants de l'EI se sont repliés."
    )
    group = {names[text].knowledge_id for text in ("État islamique", "EI", "Daech")}
    assert group == {"org/islamic-state"}
    assert names["EI"].type == "ORG"


def test_a_people_is_not_its_country(lire: Read) -> None:
    names = lire("Les Syriens quittent la Syrie. Un journaliste syrien témoigne depuis Damas.")
    assert names["Syriens"] is names["syrien"]
    assert (names["syrien"].type, names["Syrie"].type) == ("NORP", "GPE")
    assert names["Syrie"].knowledge_id == "place/syria"
    assert names["syrien"].knowledge_id == "people/syrian"


def test_only_a_capital_tells_the_country(lire: Read) -> None:
    names = lire("La Suisse accueille la conférence. Une banque suisse la finance.")
    assert (names["Suisse"].type, names["suisse"].type) == ("GPE", "NORP")


def test_titles_are_not_of_the_name(lire: Read) -> None:
    names = lire(
        "Le président Bachar al-Assad a reçu M. Lavrov mardi. M. Assad a remercié la Russie."
    )
    assert names["Bachar al-Assad"].knowledge_id == "person/bashar-al-assad"
    assert names["Assad"] is names["Bachar al-Assad"]
    assert names["Lavrov"].knowledge_id == "person/sergei-lavrov"


def test_a_surname_is_that_of_the_full_name(lire: Read) -> None:
    names = lire("L'archéologue Nadia Karam vit à Homs. Mme Karam dirigeait le musée.")
    assert names["Karam"] is names["Nadia Karam"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Elle est née à Rouen, en Normandie.", "Rouen", "GPE"),
        ("La Seine a débordé dans la nuit.", "Seine", "LOC"),
        ("Ils ont campé au pied du Mont Ventoux.", "Mont Ventoux", "LOC"),
        ("La police a fermé le Pont Mirabeau hier soir.", "Pont Mirabeau", "FAC"),
        ("L'ONU et l'Union européenne ont protesté.", "Union européenne", "ORG"),
        ("L'armée syrienne avance vers le nord.", "armée syrienne", "ORG"),
        ("Il habite le village de Valmorel, près du lac.", "Valmorel", "GPE"),
    ],
)
def test_what_a_place_is(lire: Read, text: str, name: str, expected: str) -> None:
    assert lire(text)[name].type == expected


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Le cyclone Belna a touché Madagascar. Belna faiblit.", "Belna", "Belna"),
        (
            "Le Syndicat national des pêcheurs (SNP) est en grève. Le SNP l'a dit lundi.",
            "Syndicat national des pêcheurs",
            "SNP",
        ),
        (
            "Corvane, le fabricant de pompes, supprime 200 postes. Il a une participation dans "
            "Corvane.",
            "Corvane",
            "Corvane",
        ),
    ],
)
def test_the_last_name_is_that_of_the_first(lire: Read, text: str, one: str, other: str) -> None:
    names = lire(text)
    assert names[one] is names[other]
    found = {(mention.start, mention.text) for mention in names[one].mentions}
    assert (text.rindex(other), other) in found


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Le cyclone Belna a touché Madagascar.", "Belna", "EVENT"),
        ("La comtesse de Nevers a porté plainte.", "comtesse de Nevers", "PERSON"),
        ("Le ferry Marie-Louise a sombré devant Brest.", "Marie-Louise", "PRODUCT"),
        ("Le HMS Victory est à quai.", "HMS Victory", "PRODUCT"),
        ("Son téléphone Galaxy A52 est cassé.", "Galaxy A52", "PRODUCT"),
        ("Florence Dubreuil habite à Florence.", "Florence Dubreuil", "PERSON"),
    ],
)
def test_what_other_names_name(lire: Read, text: str, name: str, expected: str) -> None:
    assert lire(text)[name].type == expected


def test_a_relative_is_somebody_else(lire: Read) -> None:
    names = lire("Paul Berger a porté plainte. Sa femme, Mme Berger, s'est tue.")
    assert names["Berger"] is not names["Paul Berger"]


def test_french_words_stay_out_of_english_texts(knowledge: Knowledge) -> None:
    assert knowledge.named("Allemagne") == ()
    assert [entry.id for entry in knowledge.named("Germany")] == ["place/germany"]
