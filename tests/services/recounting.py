"""Every count that the store keeps, counted anew."""

from app.store.sessions import Store

# What each kept count should be, from the mentions and clusters alone; a row is a wrong count.
_COUNTS = {
    "clusters": """
        SELECT id, mentions FROM cluster EXCEPT
        SELECT cluster.id, count(mention.id) FROM cluster
        LEFT JOIN mention ON mention.cluster_id = cluster.id GROUP BY cluster.id""",
    "headline and lead of clusters": """
        SELECT c.id, c.headline, c.lead FROM cluster c EXCEPT
        SELECT c.id, coalesce(sum(m.start < r.body_start), 0),
               coalesce(sum(m.start >= r.lead_start AND m.start < r.lead_end), 0)
        FROM cluster c JOIN revision r ON r.article_id = c.article_id AND r.number = c.revision
        LEFT JOIN mention m ON m.cluster_id = c.id GROUP BY c.id""",
    "entities in articles": """
        SELECT entity_id, article_id, mentions, headline, lead FROM entity_article EXCEPT
        SELECT entity_id, article_id, sum(mentions), sum(headline), sum(lead) FROM cluster
        WHERE mentions > 0 GROUP BY 1, 2""",
    "no entity in an article is missing": """
        SELECT entity_id, article_id FROM cluster WHERE mentions > 0 EXCEPT
        SELECT entity_id, article_id FROM entity_article""",
    "dates and sources of entities in articles": """
        SELECT article_id, source_id, published_at, published_day FROM entity_article EXCEPT
        SELECT id, source_id, published_at, published_day FROM article""",
    "entities": """
        SELECT id, mentions, articles FROM entity EXCEPT
        SELECT e.id, coalesce(sum(a.mentions), 0), count(a.article_id) FROM entity e
        LEFT JOIN entity_article a ON a.entity_id = e.id GROUP BY e.id""",
    "aliases": """
        SELECT * FROM (SELECT entity_id, text, mentions FROM alias EXCEPT
        SELECT c.entity_id, m.text, count(*) FROM mention m JOIN cluster c ON c.id = m.cluster_id
        GROUP BY 1, 2)""",
    "no alias is missing": """
        SELECT c.entity_id, m.text FROM mention m JOIN cluster c ON c.id = m.cluster_id EXCEPT
        SELECT entity_id, text FROM alias""",
    "keys": """
        SELECT entity_id, key, clusters FROM entity_key EXCEPT
        SELECT coalesce(c.resolved_to, c.entity_id), k.value, count(DISTINCT c.id)
        FROM cluster c, json_each(c.known_by) k WHERE c.part_of IS NULL GROUP BY 1, 2""",
    "no key is missing": """
        SELECT coalesce(c.resolved_to, c.entity_id), k.value
        FROM cluster c, json_each(c.known_by) k WHERE c.part_of IS NULL EXCEPT
        SELECT entity_id, key FROM entity_key""",
    "sources": """
        SELECT entity_id, source_id, mentions, articles FROM entity_source EXCEPT
        SELECT entity_id, source_id, sum(mentions), count(*) FROM entity_article GROUP BY 1, 2""",
    "no source is missing": """
        SELECT entity_id, source_id FROM entity_article WHERE source_id IS NOT NULL EXCEPT
        SELECT entity_id, source_id FROM entity_source""",
    "months": """
        SELECT sum(mentions), sum(articles), entity_id FROM entity_month GROUP BY entity_id EXCEPT
        SELECT sum(mentions), count(*), entity_id FROM entity_article
        WHERE published_at IS NOT NULL GROUP BY entity_id""",
    "taken out of a cluster of the same article": """
        SELECT p.id FROM cluster p JOIN cluster c ON c.id = p.part_of
        WHERE c.article_id <> p.article_id OR c.part_of IS NOT NULL""",
    "no piece is empty": "SELECT id FROM cluster WHERE part_of IS NOT NULL AND mentions = 0",
}


def wrong_counts(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """The counts that are not what a recount finds, by what they count."""
    with store.read() as s:
        found = {
            what: [tuple(row) for row in s.connection.exec_driver_sql(query)]
            for what, query in _COUNTS.items()
        }
    return {what: rows for what, rows in found.items() if rows}
