import json
import re
from itertools import pairwise

import pytest

from app.domain.annotation import Cluster, Mention
from app.domain.story import NO_PROFILE
from evaluation import articles
from evaluation.collection import Collection

here = pytest.mark.skipif(not articles.ARTICLES.is_dir(), reason="../shared/articles is not here")


@here
def test_every_pattern_of_the_gold_finds_names() -> None:
    texts = articles.cleaned()
    for line in articles.GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert re.search(row["pattern"], texts[row["article"]]), row


@here
def test_gold_mentions_do_not_overlap() -> None:
    for article, text in articles.cleaned().items():
        spans = articles.gold(article, text)
        assert len(spans) > 50
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_gold_holds_names_and_no_sentences() -> None:
    for line in articles.GOLD.read_text(encoding="utf-8").splitlines():
        assert all(len(name.split()) <= 6 for name in json.loads(line)["pattern"].split("|"))


def test_collection_numbers_entities_over_all_texts() -> None:
    def cluster(name: str) -> Cluster:
        return Cluster(name, "PERSON", (Mention(0, len(name), name, "PERSON"),), None, ())

    collection = Collection()
    assert collection.add([cluster("Maria Silva"), cluster("Ada Stone")], NO_PROFILE) == [0, 1]
    assert collection.alone() == 2
    assert collection.add([cluster("Stone"), cluster("Maria Silva")], NO_PROFILE) == [1, 0]
