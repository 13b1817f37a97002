"""Puts documents and findings into a store, in as few words as a test can bear."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from sqlalchemy import select

import migrations
from app.domain.annotation import Analysis, Cluster, Mention, Reason, Term
from app.domain.article import Document, OffsetMap, Published
from app.store.analyses.write import store_analysis
from app.store.articles.queue import pending
from app.store.articles.write import add_articles
from app.store.engine.connections import finish_schema, write_engine
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store, WriteSession
from app.store.records import Accepted, ResolvedAnalysis, ResolvedCluster
from app.store.tables import tombstone
from tests.databases import new_url, on_postgresql


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()


def new_store(folder: Path) -> Store:
    """An empty store, made by the real migrations (once for all tests)."""
    if on_postgresql():
        return Store(new_url(folder))
    path = folder / "store.db"
    path.write_bytes(_template())
    return Store(f"sqlite:///{path}")


def old_database(folder: Path, revision: str) -> str:
    """The address of an empty SQLite file as the migrations up to this one leave it."""
    url = f"sqlite:///{folder / 'old.db'}"
    migrate(url, revision)
    return url


def migrate(url: str, revision: str) -> None:
    """Brings a database up to this revision and no further."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    engine = write_engine(url, 10.0)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        finish_schema(connection)
    engine.dispose()


def document(
    text: str,
    *,
    identity: str | None = None,
    source: str | None = "Daily Star",
    published: str | None = "2016-03-24",
    title: str | None = None,
    language: str | None = "en",
    **more: object,
) -> Document:
    """A document as cleaning leaves it; its identity is how its text begins unless given."""
    whole = f"{title}\n\n{text}" if title else text
    made = Document(
        text=whole,
        body_start=len(whole) - len(text),
        title=title,
        subtitle=None,
        authors=(),
        source=source,
        url=None,
        published=Published.parse(published) if published else None,
        language=language,
        external_id=None,
        raw=whole,
        raw_kind="text",
        extracted=None,
        removed=(),
        offsets=OffsetMap(((0, 0, len(whole)),)),
        cleaner="1",
        identity=identity or f"content:{source}:{text[:500]}",
        content_hash=hashlib.sha256(whole.encode()).hexdigest(),
        word_count=len(whole.split()),
    )
    return replace(made, **more)  # type: ignore[arg-type] # any field of a document


def slug(source: str | None) -> str | None:
    """The slug of a simple name."""
    return source and source.lower().replace(" ", "-")


def add(s: WriteSession, made: Document, *, revive: bool = False) -> Accepted:
    """Adds a document."""
    (accepted,) = add_articles(s, [(made, slug(made.source))], revive=revive)
    return accepted


def is_tombstoned(s: WriteSession, identity: str) -> bool:
    """Whether an article of this identity was deleted, and none has come back since."""
    known = select(tombstone.c.identity).where(tombstone.c.identity == identity)
    return s.connection.execute(known).first() is not None


def found(
    article: int,
    revision: int,
    text: str,
    names: Mapping[str, int | None],
    *,
    type_: str = "PERSON",
    pipeline: str = "p1",
) -> ResolvedAnalysis:
    """An analysis that finds each of these names wherever it stands, as one cluster of the entity
    given, or of a new one that all clusters of this name share."""
    clusters = []
    for name, entity in names.items():
        mentions = tuple(
            Mention(m.start(), m.end(), m[0], type_) for m in re.finditer(re.escape(name), text)
        )
        if mentions:
            cluster = Cluster(name, type_, mentions, None, (Reason("name", name, 1.0),))
            clusters.append(ResolvedCluster(cluster, entity, name, (), (name.lower(),)))
    terms = tuple(
        Term(word, tuple((m.start(), m.end()) for m in re.finditer(rf"\b{word}\b", text)))
        for word in dict.fromkeys(re.findall(r"\b[a-z]{4,}\b", text))
    )
    analysis = Analysis(pipeline, None, (), terms, "en")
    return ResolvedAnalysis(article, revision, analysis, tuple(clusters))


def analyse_all(
    s: WriteSession, names: Mapping[str, int | None], *, type_: str = "PERSON"
) -> tuple[int, ...]:
    """Analyses whatever is pending; the ids that are ready now."""
    return store_analysis(
        s,
        [found(each.id, each.revision, each.text, names, type_=type_) for each in pending(s, 100)],
    )
