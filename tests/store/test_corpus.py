"""The made-up corpus that reads are measured on: every count of it holds."""

from pathlib import Path

from app.store.engine.sessions import Store
from benchmarks.corpus import make_corpus
from benchmarks.size import stored_size
from tests.store.recount import assert_counts_hold


def test_a_small_corpus_holds_together(tmp_path: Path) -> None:
    made = make_corpus(tmp_path / "corpus.db", 60)
    with Store(f"sqlite:///{tmp_path / 'corpus.db'}") as store, store.read() as s:
        assert made.articles == 60
        assert_counts_hold(s)
    size = stored_size(tmp_path / "corpus.db")
    assert size.articles == 60
    assert 0 < size.tables["mention"] < size.bytes
