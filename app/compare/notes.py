"""How far a section reaches: the sides that have nothing for it, and the languages that are not
read for it."""

from collections.abc import Callable, Sequence, Sized
from typing import Literal

from app.compare.phrases import listed
from app.domain.comparison import ArticleFindings, Side
from app.languages import languages_with

type Rules = Literal["dates", "figures", "portrayal", "quotes", "statements"]


def reach(
    sides: Sequence[Side],
    what: str,
    found: Callable[[ArticleFindings], Sized],
    rules: Rules | None = None,
) -> str | None:
    """A note on the sides that have none of `what` (a plural, as 'quotes'), and on those in a
    language that has no `rules` to find them by; None where every side has some."""
    not_read: dict[str, set[str]] = {}
    empty = []
    for side in sides:
        unread = {
            article.language
            for article in side.articles
            if rules and article.language and article.language not in languages_with(rules)
        }
        for language in unread:
            not_read.setdefault(language, set()).add(side.name)
        if not unread and not any(len(found(article)) for article in side.articles):
            empty.append(side.name)
    notes = [
        f"{what.capitalize()} are not looked for in texts in {language!r} "
        f"({listed(sorted(names))})."
        for language, names in sorted(not_read.items())
    ]
    if empty:
        notes.append(f"insufficient evidence: no {what} on {listed(sorted(empty))}.")
    return joined(*notes)


def joined(*notes: str | None) -> str | None:
    """The notes in a row, None where there is none."""
    return " ".join(filter(None, notes)) or None
