"""How evidence reads in a terminal: the words around it, whose article that is, and its place."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.markup import escape

from app.domain.comparison import ComparedArticle, several_revisions
from app.domain.spans import Placed

# Characters of text on either side of the evidence, and of a title.
_AROUND, _TITLE = 40, 30
_SPOTS = 3  # in a cell: more would break the lines of a terminal


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the evidence of one comparison reads: `titles` by article and revision, the text of a
    revision, and the articles of which `several` revisions stand there."""

    titles: Mapping[tuple[int, int], str]
    text: Callable[[int, int], str]
    several: Collection[int] = ()

    @classmethod
    def of(cls, articles: Iterable[ComparedArticle], text: Callable[[int, int], str]) -> "Evidence":
        """Evidence in these articles; one without a title goes by the name of its outlet."""
        standing = tuple(articles)
        titles = {
            (each.article, each.revision): _short(each.title or each.source or "")
            for each in standing
        }
        return cls(titles, text, several_revisions(standing))

    def around(self, spots: Sequence[Placed]) -> str:
        """The first three spots, each in the words around it with its title and place; one a
        line."""
        return "\n".join(f"{self._snippet(s)} {self._place(s)}" for s in spots[:_SPOTS])

    def at(self, spots: Sequence[Placed]) -> str:
        """The titles and places of the first three spots, where their words are shown already."""
        return "\n".join(self._place(s) for s in spots[:_SPOTS])

    def _place(self, spot: Placed) -> str:
        title = escape(self.titles.get((spot.article, spot.revision), ""))
        named = spot.article in self.several
        article = f"{spot.article}@{spot.revision}" if named else f"{spot.article}"
        place = f"{article}:{spot.start}-{spot.end}"
        return f"[dim]({title + ', ' if title else ''}{place})[/dim]"

    def _snippet(self, spot: Placed) -> str:
        text = self.text(spot.article, spot.revision)
        # Of its own paragraph: a title and the body below it make no sentence.
        before = text[: spot.start].rpartition("\n\n")[2]
        after = text[spot.end :].partition("\n\n")[0]
        if len(before) > _AROUND:
            before = "…" + before[-_AROUND:].partition(" ")[2]
        if len(after) > _AROUND:
            after = after[:_AROUND].rpartition(" ")[0] + "…"
        # U+0000 stands in no text: it keeps the parts asunder while white space becomes one space.
        whole = f"{before}\0{text[spot.start : spot.end]}\0{after}"
        before, surface, after = map(escape, " ".join(whole.split()).split("\0"))
        return f"{before}[bold]{surface}[/bold]{after}"


def _short(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"
