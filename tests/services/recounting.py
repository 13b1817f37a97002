"""What a recount of a store leaves out: clusters against their mentions, where they stand."""

from app.store.engine.sessions import Store
from tests.store.recount import assert_counts_hold

# What each kept count should be, from the mentions alone; a row is a wrong one.
_COUNTS = {
    "clusters": """
        SELECT id, mentions FROM cluster EXCEPT
        SELECT cluster.id, count(mention.id) FROM cluster
        LEFT JOIN mention ON mention.cluster_id = cluster.id GROUP BY cluster.id""",
    "headline and lead of clusters": """
        SELECT c.id, c.headline, c.lead FROM cluster c EXCEPT
        SELECT c.id, coalesce(sum(CASE WHEN m.start < r.body_start THEN 1 ELSE 0 END), 0),
               coalesce(sum(
                   CASE WHEN m.start >= r.lead_start AND m.start < r.lead_end THEN 1 ELSE 0 END), 0)
        FROM cluster c JOIN revision r ON r.article_id = c.article_id AND r.number = c.revision
        LEFT JOIN mention m ON m.cluster_id = c.id GROUP BY c.id""",
    "entities in articles": """
        SELECT entity_id, article_id, mentions, headline, lead FROM entity_article EXCEPT
        SELECT entity_id, article_id, sum(mentions), sum(headline), sum(lead) FROM cluster
        WHERE mentions > 0 GROUP BY 1, 2""",
    "no entity in an article is missing": """
        SELECT entity_id, article_id FROM cluster WHERE mentions > 0 EXCEPT
        SELECT entity_id, article_id FROM entity_article""",
    "taken out of a cluster of the same article": """
        SELECT p.id FROM cluster p JOIN cluster c ON c.id = p.part_of
        WHERE c.article_id <> p.article_id OR c.part_of IS NOT NULL""",
    "no piece is empty": """SELECT id FROM cluster WHERE part_of IS NOT NULL AND mentions = 0""",
}


def assert_all_counts_hold(store: Store) -> None:
    """Fails where a kept count differs from what mentions say."""
    with store.read() as s:
        assert_counts_hold(s)
        for what, query in _COUNTS.items():
            wrong = s.connection.exec_driver_sql(query).all()
            assert wrong == [], what
