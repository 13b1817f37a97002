"""The two real articles, read where they lie."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.annotation import Cluster

ARTICLES = Path(__file__).parents[3] / "shared" / "articles"
NAMES = ("IS", "ISIS", "Islamic State")

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="../shared/articles is not here")


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_islamic_state_has_all_its_mentions(
    read: Callable[[str], tuple[Cluster, ...]], path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    clusters = [c for c in read(text) if {m.text for m in c.mentions} & set(NAMES)]
    assert len(clusters) == 1
    expected = sum(text.count(name) for name in ("Islamic State", " IS ", "(IS)", " IS,", " IS."))
    expected += text.count("ISIS")
    assert len(clusters[0].mentions) == expected
