"""What people look for, as the full-text index finds it."""

from sqlalchemy import Subquery, select

from app.domain.names import fold
from app.domain.stems import stem, stemmer_of, words
from app.store.articles.outdated import stored_languages
from app.store.articles.searchable import UNKNOWN
from app.store.engine.full_text import Among, Term, Wanted, matching
from app.store.engine.sessions import ReadSession
from app.store.engine.text_query import Words, parse_query, refused, with_leaves
from app.store.tables import article, source, source_name, word

# More words than these to look for cost more than the answer is worth.
MAX_ENDINGS = 1_000
_AFTER_ALL = "\U0010ffff"


def articles_matching(s: ReadSession, q: str) -> Subquery:
    """The ids (`id`) of the articles that match a full-text query (`parse_query`). A word is looked
    for by its stems in all languages of the collection.

    Raises InvalidInput at `?q`, naming the character, for what is not understood.
    """
    asked = parse_query(q)
    stemmers = {stemmer_of(each): each for each in (UNKNOWN, *stored_languages(s))}
    languages = tuple(stemmers.values())

    def found(part: Words) -> Term | Among:
        if part.field == "source":
            return _outlet(s, part)
        return Term(_readings(s, part, languages), title=part.field == "title")

    wanted: Wanted = with_leaves(asked, found)
    return matching(s.connection, wanted, select(article.c.id))


def _readings(s: ReadSession, part: Words, languages: tuple[str, ...]) -> tuple[str, ...]:
    surfaces = tuple(words(part.text))
    if not surfaces:
        raise refused(part.at, f"{part.text[:40]!r} holds no word that could be looked for")
    if not part.open_end:
        return tuple(
            dict.fromkeys(" ".join(stem(each, own) for each in surfaces) for own in languages)
        )
    *before, beginning = surfaces
    endings = _stems_beginning(s, beginning, part)
    openings = dict.fromkeys("".join(f"{stem(each, own)} " for each in before) for own in languages)
    return tuple(opening + ending for opening in openings for ending in endings)


def _stems_beginning(s: ReadSession, beginning: str, part: Words) -> list[str]:
    stems = (
        select(word.c.stem)
        .where(word.c.surface >= beginning, word.c.surface < beginning + _AFTER_ALL)
        .distinct()
        .order_by(word.c.stem)
        .limit(MAX_ENDINGS + 1)
    )
    found = list(s.connection.execute(stems).scalars())
    if len(found) > MAX_ENDINGS:
        raise refused(
            part.at, f"more than {MAX_ENDINGS:,} words begin with {beginning!r}: give more letters"
        )
    return found


def _outlet(s: ReadSession, part: Words) -> Among:
    wanted = fold(part.text)
    called = source_name.c
    outlets = s.connection.execute(
        select(source.c.id, called.slug, called.name, source.c.name).join_from(
            source_name, source, source.c.id == called.source_id
        )
    )
    ids = {number for number, slug, *names in outlets if wanted in (slug, *map(fold, names))}
    if not ids:
        raise refused(part.at, f"there is no source {part.text[:80]!r}, neither slug nor name")
    return Among(select(article.c.id).where(article.c.source_id.in_(ids)))
