"""The tool that adds an article to the collection."""

from typing import cast

from pydantic import Field

from app.agents.claims import Place, compact, revision_path
from app.agents.parts import Parts
from app.agents.tool import Arguments
from app.agents.tools.naming import about_article
from app.intake.rows import submission_from_row
from app.services import ingest, query


class AddArguments(Arguments):
    """The article, and how long to wait for its analysis."""

    text: str | None = Field(None, description="Plain text; or a url alone.")
    url: str | None = Field(
        None, description="Alone it is fetched; beside a text: where that was published."
    )
    title: str | None = None
    source: str | None = Field(None, description="The outlet's name.")
    published_at: str | None = Field(None, description="ISO 8601.")
    language: str | None = Field(None, description="ISO 639-1.")
    wait: int = Field(30, ge=0, le=60, description="Seconds to wait for the analysis.")


def add_text(parts: Parts, asked: AddArguments) -> str:
    """Stores an article. Returns what became of it."""
    row = asked.model_dump(exclude={"wait"}, exclude_none=True)
    accepted = ingest.accept(parts.store, submission_from_row(row), parts.settings, parts.fetcher)
    # Only a document that may not come back after its deletion has none.
    number = cast(int, accepted.id)
    parts.wait(number, asked.wait)
    with parts.store.read() as session:
        article = query.article(session, number).article
    return compact(
        {
            "outcome": accepted.outcome,
            **about_article(article),
            "revision": article.revision,
            "state": article.state,
            "reason": article.reason,
            "path": revision_path(Place(number, article.revision)),
        }
    )
