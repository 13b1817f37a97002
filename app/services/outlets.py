"""What the collection says of one outlet: when it published, whom it names and quotes."""

from app.domain.article import Source
from app.domain.facets import DayFacet
from app.domain.outlet import NamedInOutlet, NamesOfOutlet, VoicesOfOutlet
from app.domain.page import ArticleFilter, EntityFilter, Page, PageRequest, QuoteFilter
from app.domain.quote import StoredQuote
from app.domain.text import check_characters
from app.store.engine.sessions import ReadSession
from app.store.queries.entity_lists import entity_page
from app.store.queries.facets import articles_by_day
from app.store.queries.outlets import (
    QUOTED_ARTICLES,
    articles_in_all,
    articles_naming,
    outlet_quote_page,
    outlet_voices,
)

# So many names are read to choose from: an outlet of few articles names many as often.
_TIED = 100


def quoted_articles(source: Source) -> int:
    """In how many of its articles the quotes of an outlet are counted."""
    return min(source.articles, QUOTED_ARTICLES)


def outlet_days(session: ReadSession, slug: str) -> list[DayFacet]:
    """How many articles an outlet has of each day, from the newest; undated ones last."""
    return articles_by_day(session, ArticleFilter(sources=(slug,)))


def names_of_outlet(session: ReadSession, slug: str, most: int) -> NamesOfOutlet:
    """The entities that most articles of an outlet name; of those in as many articles, the ones
    that are mentioned more often in them."""
    many = entity_page(
        session, EntityFilter(sources=(slug,)), PageRequest(max(most, _TIED), sort="-articles")
    ).items
    found = sorted(many, key=lambda each: (-each.articles, -each.mentions))[:most]
    everywhere = articles_naming(session, [each.id for each in found])
    return NamesOfOutlet(
        tuple(
            NamedInOutlet(each.id, each.name, each.type, each.articles, everywhere[each.id])
            for each in found
        ),
        articles_in_all(session),
    )


def voices_of_outlet(session: ReadSession, slug: str, most: int) -> VoicesOfOutlet:
    """The speakers that an outlet quotes most in its newest 1,000 articles. Raises NotFound."""
    return outlet_voices(session, slug, most)


def quotes_of_outlet(
    session: ReadSession, slug: str, where: QuoteFilter, page: PageRequest
) -> Page[StoredQuote]:
    """The quotes in the newest 1,000 articles of an outlet, by `article` (the newest first).
    Raises NotFound."""
    check_characters(slug)
    return outlet_quote_page(session, slug, where, page)
