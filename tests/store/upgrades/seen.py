"""What a reader sees of a collection, as plain values."""

import json
from dataclasses import asdict
from typing import Any

from app.domain.page import (
    ArticleFilter,
    CorrectionFilter,
    EntityFilter,
    MentionFilter,
    PageRequest,
    QuoteFilter,
)
from app.services import query
from app.store.engine.sessions import Store
from app.store.queries.comparison import comparison_findings

ALL = PageRequest(limit=200, exact=True)
FINDINGS = ("figures", "dates", "labels", "roles", "sentences", "fingerprints")


def seen(store: Store) -> dict[str, Any]:
    """Articles, entities and what is found, by kind."""
    with store.read() as s:
        articles = query.articles(s, ArticleFilter(), PageRequest(limit=200, sort="id")).items
        entities = query.entities(s, EntityFilter(), PageRequest(limit=200, sort="name")).items
        ids = [each.id for each in articles]
        brought = comparison_findings(s, ids, {"terms", "owners", "entities", *FINDINGS})
        found: dict[str, Any] = {
            "articles": [
                (
                    *(each.id, each.title, each.source and each.source.slug, each.state),
                    *(
                        each.revision,
                        each.pipeline,
                        each.word_count,
                        query.article(s, each.id).text,
                    ),
                )
                for each in articles
            ],
            "raw": [query.revision(s, each.id, 1).raw for each in articles],
            "entities": [
                (
                    *(each.id, each.name, each.type, each.mentions, each.articles),
                    sorted((alias.text, alias.mentions) for alias in each.aliases),
                )
                for each in entities
            ],
            "joined": [
                [(one.article, one.name, [asdict(why) for why in one.reasons]) for one in joined]
                for joined in (query.entity(s, each.id).joined for each in entities)
            ],
            "mentions": [
                [
                    (each.start, each.end, each.text, each.type, each.entity)
                    for each in query.mentions(s, number, MentionFilter(), ALL).items
                ]
                for number in ids
            ],
            "terms": [sorted(each.terms.items()) for each in brought],
            "quotes": [
                [
                    (each.kind, each.content.start, each.content.end, each.entity)
                    for each in query.quotes(s, number, QuoteFilter(), ALL).items
                ]
                for number in ids
            ],
            "found": [query.articles(s, ArticleFilter(q=q), ALL).total.value for q in QUESTIONS],
            "corrections": len(query.corrections(s, CorrectionFilter(), ALL).items),
        }
        for kind in FINDINGS:
            found[kind] = [
                [each if kind == "fingerprints" else asdict(each) for each in getattr(one, kind)]
                for one in brought
            ]
    plain: dict[str, Any] = json.loads(json.dumps(found))
    return plain


QUESTIONS = ("palmyra", '"islamic state" -ferry', "ferri*", "title:fog")
