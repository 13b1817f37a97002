"""Resolution of one article against stores of several sizes: time and memory.

Names of articles that are in the store are resolved again against all of it, one article after the
other, as ingest does with a new one: candidates read from the index, pairs scored, entities chosen.
Growth is what a hundred times the articles do to the time of one.
"""

import time
import tracemalloc
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from app.domain.annotation import Cluster, Mention
from app.domain.story import NO_PROFILE
from app.resolve.across import ArticleNames
from app.resolve.context import Context
from app.services.analysis_writing import resolve_across
from app.store.analyses.entity_candidates import published_days
from app.store.engine.sessions import ReadSession, Store
from app.store.stories.profiles import stored_profiles
from app.store.tables import alias, cluster, mention
from benchmarks.corpus import made_store

_ARTICLES = 300


@dataclass(frozen=True, slots=True)
class ResolutionFigures:
    """Milliseconds of the resolution of one article at one size, its median and 95th percentile;
    the most memory that one took (MB); and how many names of entities the store holds."""

    articles: int
    aliases: int
    clusters: float
    p50: float
    p95: float
    peak_mb: float


def measure(sizes: Sequence[int], stores: Path | None) -> list[ResolutionFigures]:
    """The figures at each size; stores are found in the folder, or made there."""
    with TemporaryDirectory() as folder:
        return [_measure(made_store(stores or Path(folder), size), size) for size in sizes]


def _measure(url: str, size: int) -> ResolutionFigures:
    with Store(url) as store, store.read() as session:
        aliases = session.connection.execute(select(func.count()).select_from(alias)).scalar_one()
        articles = _articles(session, size)
        for names in articles[:20]:  # warms the caches of the database
            resolve_across(session, [names])
        times = []
        for names in articles:
            began = time.perf_counter()
            resolve_across(session, [names])
            times.append((time.perf_counter() - began) * 1000)
        tracemalloc.start()
        for names in articles[:50]:
            resolve_across(session, [names])
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    times.sort()
    return ResolutionFigures(
        size,
        aliases,
        round(sum(len(names.clusters) for names in articles) / len(articles), 1),
        round(times[len(times) // 2], 2),
        round(times[int(len(times) * 0.95)], 2),
        round(peak / 1e6, 2),
    )


def _articles(session: ReadSession, size: int) -> list[ArticleNames]:
    """The names of some articles, evenly from the first to the last."""
    numbers = range(1, size + 1, max(1, size // _ARTICLES))
    rows = session.connection.execute(
        select(cluster, mention.c.start, mention.c.end, mention.c.text, mention.c.type.label("as"))
        .join_from(cluster, mention, mention.c.cluster_id == cluster.c.id)
        .where(cluster.c.article_id.in_(numbers))
        .order_by(cluster.c.id, mention.c.start)
    )
    found: defaultdict[int, dict[int, Cluster]] = defaultdict(dict)
    for row in rows:
        own = Mention(row.start, row.end, row.text, row[-1])
        there = found[row.article_id].get(row.id)
        mentions = (*there.mentions, own) if there else (own,)
        found[row.article_id][row.id] = Cluster(row.name, row.type, mentions, row.knowledge_id, ())
    days = published_days(session, found)
    about = stored_profiles(session, found)
    return [
        ArticleNames.of(clusters.values(), Context(each, days[each], about.get(each, NO_PROFILE)))
        for each, clusters in found.items()
    ]
