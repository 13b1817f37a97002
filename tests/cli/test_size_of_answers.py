"""How large the answers are that a client gets of two real articles."""

from pathlib import Path

import pytest

from tests.cli.command import Run
from tests.databases import new_url

ARTICLES = Path(__file__).parents[3] / "shared" / "articles"


@pytest.fixture(scope="module")
def two(run: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A collection with the two articles."""
    if not ARTICLES.is_dir():
        pytest.skip("../shared/articles is not here")
    url = new_url(tmp_path_factory.mktemp("two"), "two")
    done = run("ingest", str(ARTICLES), database_url=url)
    assert done.returncode == 0, done.stderr
    return url


@pytest.mark.parametrize(
    ("options", "bytes_at_most"),
    [
        ((), 75_000),
        (("--top", "1", "--evidence", "0"), 15_000),
        (("--section", "brief"), 20_000),
    ],
    ids=["whole", "least", "brief"],
)
def test_a_comparison_is_as_large_as_what_it_says(
    run: Run, two: str, options: tuple[str, ...], bytes_at_most: int
) -> None:
    answer = run(
        "compare", "--article", "1", "--article", "2", "--json", *options, database_url=two
    )
    assert answer.returncode == 0, answer.stderr
    assert 4_000 < len(answer.stdout.encode()) < bytes_at_most
