"""The log of corrections in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.correction import Correction
from app.domain.logged import LoggedCorrection
from app.domain.source_correction import SourceCorrection
from app.domain.story_correction import StoryCorrection
from app.pages.wording import entity_type, many
from app.services import query
from app.web.dependencies import SessionOf

_SHOWN = 5  # names or places of one correction
KINDS = {
    "merge": "merged",
    "split_aliases": "names split off",
    "split_mentions": "mentions split off",
    "drop_alias": "names taken away",
    "add_alias": "names given",
    "reject_mention": "mentions rejected",
    "retype": "said to be something else",
    "rename": "renamed",
    "pin": "kept as it is",
    "merge_stories": "stories merged",
    "split_story": "stories split",
    "merge_sources": "outlets merged",
    "rename_source": "outlets renamed",
    "set_domains": "domains of an outlet",
    "set_country": "country of an outlet",
    "set_language": "language of an outlet",
    "set_tags": "tags of an outlet",
}


class Named(NamedTuple):
    """A name in a sentence, and where what it names is shown."""

    text: str
    place: str | None = None


type Part = str | Named
type _EntityOf = Callable[[int | None], Named]


@dataclass(frozen=True, slots=True)
class Told:
    """A correction in words, and the page of what it was about."""

    entry: LoggedCorrection
    parts: Sequence[Part]
    place: str


def told(session: SessionOf, log: Iterable[LoggedCorrection]) -> list[Told]:
    """The entries in words, in their order."""
    entries = list(log)
    ids = {
        each
        for entry in entries
        if isinstance(entry, Correction)
        for each in (entry.entity, entry.other)
        if each is not None
    }
    names = query.entity_names(session, ids)

    def entity(number: int | None) -> Named:
        return Named(names.get(number or 0, f"number {number}"), f"/entities/{number}")

    return [_told(entry, entity) for entry in entries]


def _told(entry: LoggedCorrection, entity: _EntityOf) -> Told:
    match entry:
        case StoryCorrection():
            return Told(entry, _of_story(entry), f"/stories/{entry.story}")
        case SourceCorrection():
            return Told(entry, _of_outlet(entry), f"/sources/{entry.slug}")
        case _:
            return Told(entry, _of_entity(entry, entity), f"/entities/{entry.entity}")


def _of_entity(done: Correction, entity: _EntityOf) -> Sequence[Part]:
    own, other = entity(done.entity), entity(done.other)
    names = _quoted(done.aliases)
    number = many(len(done.mentions), "mention")
    places = _quoted(dict.fromkeys(each.text for each in done.mentions))
    match done.kind:
        case "merge":
            return own, " is part of ", other
        case "split_aliases":
            return *names, " of ", own, f" {_is(done.aliases)} ", other
        case "split_mentions":
            return f"{number} (", *places, ") of ", own, f" {_is(done.mentions)} ", other
        case "drop_alias":
            return *names, f" {_is(done.aliases)} no name of ", own
        case "add_alias":
            return *names, f" {_is(done.aliases)} a name of ", own
        case "reject_mention":
            does = "does" if len(done.mentions) == 1 else "do"
            return f"{number} (", *places, f") {does} not name ", own
        case "retype":
            return own, f" is of the kind ‘{entity_type(done.type or '')}’"
        case "rename":
            return own, " is called ", Named(f"‘{done.name}’")
        case "pin":
            return own, f" stays a {entity_type(done.type or '')}, called ", Named(f"‘{done.name}’")


def _of_story(done: StoryCorrection) -> Sequence[Part]:
    own = Named(f"Story {done.story}", f"/stories/{done.story}")
    other = Named(f"story {done.other}", f"/stories/{done.other}")
    if done.kind == "merge_stories":
        return own, " is part of ", other
    moved = sum(len(each.articles) for each in done.placed if each.story == done.other)
    return f"{many(moved, 'article')} of ", own, f" {'is' if moved == 1 else 'are'} ", other


def _of_outlet(done: SourceCorrection) -> Sequence[Part]:
    own = Named(done.slug, f"/sources/{done.slug}")
    match done.kind:
        case "merge_sources":
            return own, " is part of ", Named(done.to or "", f"/sources/{done.to}")
        case "rename_source":
            return own, " is called ", *_quoted(done.values)
        case _:
            what = done.kind.removeprefix("set_")
            return own, f" has {what}: ", *(_quoted(done.values) or ["none"])


def _quoted(texts: Iterable[str]) -> list[Part]:
    """The first of them in quotes, parted by commas, and how many more there are."""
    every = list(texts)
    parts: list[Part] = []
    for text in every[:_SHOWN]:
        parts += [", "] if parts else []
        parts.append(Named(f"‘{text}’"))
    if len(every) > _SHOWN:
        parts.append(f" and {len(every) - _SHOWN} more")
    return parts


def _is(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"
