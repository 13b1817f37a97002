"""The blocks of a web page as they stand in it: what its extractor was given to choose from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from app.intake.paragraphs import words

_BLOCK_TAGS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "details", "table"),
        *("tr", "ul", "caption", "center"),
    )
)
_CELL_TAGS = frozenset(("td", "th"))
_UNSEEN_TAGS = frozenset(
    (
        *(
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "iframe",
            "select",
            "textarea",
            "object",
        ),
        *("button", "head", "video", "audio", "canvas", "input", "map", "label"),
    )
)
_APART_TAGS = frozenset(("nav", "aside", "footer", "form", "menu", "dialog"))
_APART = re.compile(
    r"(?:^|[^a-z])(?:nav(?:igation|bar)?|menu|side-?bar|footer|related|recommend\w*|more-(?:stories|on|from"
    r"|news)|most-\w+|popular|trending|latest|read-?(?:more|next|also)|comments?|disqus|respond|shar(?:e|ing)"
    r"|sharedaddy|social\w*|newsletter|sign-?up|promo\w*|advert\w*|ads?|sponsor\w*|cookies?|consent|banner"
    r"|breadcrumbs?|tags|tag-?list|(?:author|about)-?(?:bio|box|info|card)|bio|subscri\w+|login|(?<!elementor-)widget"
    r"|carousel|slider|gallery|pagination|pager|toolbar|copyright|disclaimer|outbrain|taboola)(?:$|[^a-z])"
)
_CAPTION_TAGS = frozenset(("figcaption", "figure"))
_CAPTION = re.compile(
    r"caption|image-?credit|photo-?credit|img-?credit|(?:^|[ _-])credits?(?:$|[ _-])"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLANKS = re.compile(r"\s+")
_DATED = re.compile(r"(?:^|[^a-z])(?:date|datetime|time|timestamp|published|pubdate|posted)")
_LONGEST_DATE = 60
_MOST_PARTS_OF_DATE = 3
_MOST_PARTS_OF_CARD = 12
_FEWEST_TITLE_WORDS = 4
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Block:
    """One block: its text (a line break where the page breaks a line), where it stands.

    `heading` is the level of the heading that it is in (0: none). `apart` holds the elements around
    it (by number) that look like what is no part of an article (navigation, related stories,
    comments): their names may say so of a whole page. `caption` says that it is marked as one,
    `item` that it is an item of a list, `link` that all of it is a link; `around` are the two
    elements around its own, the nearer one first, `place` the names of its own and the nearer one,
    which the paragraphs of one text share.
    """

    text: str
    heading: int = 0
    apart: frozenset[int] = frozenset()
    caption: bool = False
    link: bool = False
    item: bool = False
    around: tuple[int, int] = (0, 0)
    place: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """See `paragraphs.words`."""
        return words(self.text)


def page_blocks(tree: Any) -> list[Block]:
    """The blocks with words of a parsed page (lxml), in their order. Linear in its length."""
    return [block for block in _walk(tree) if block.words]


def text_blocks(text: str) -> list[Block]:
    """The lines with words of a plain text."""
    return [block for block in map(Block, text.splitlines()) if block.words]


def drop_dates_apart(tree: Any) -> None:
    """Takes the dates of other stories and of the site out of a parsed page (lxml): those in
    asides, footers, lists of related stories, and beside the headline of another story."""
    # What the page's headline is in is no such place, whatever it is called.
    headlines = list(tree.iter("h1"))
    heads = headlines or [*tree.iter("article", "main")][:1]
    own = {around for head in heads for around in head.iterancestors()}
    for element in list(tree.iter("time", "abbr", "span", "div", "p")):
        text = "".join(element.itertext()) if len(element) <= _MOST_PARTS_OF_DATE else ""
        if not any(map(str.isdigit, text)) or len(text) > _LONGEST_DATE:
            continue
        dated = element.tag in ("time", "abbr") or _DATED.search(_named(element))
        if dated and _is_apart(element, own, cards=bool(headlines)):
            element.drop_tree()


def _is_apart(element: Any, own: set[Any], *, cards: bool) -> bool:
    """Whether an element stands outside of what holds the headline, in what is called or built like
    a place apart. With `cards`, so does one beside a link of some words, another's headline."""
    for depth, around in enumerate(element.iterancestors()):
        if around in own or around.tag in ("body", "main"):
            return False
        if around.tag in _APART_TAGS or _APART.search(_named(around)):
            return True
        if cards and depth < 2 and len(around) <= _MOST_PARTS_OF_CARD and around.tag != "a":
            titles = (words("".join(link.itertext())) for link in around.iter("a"))
            if any(sum(map(str.isalpha, title)) >= _FEWEST_TITLE_WORDS for title in titles):
                return True
    return False


def _named(element: Any) -> str:
    """The class and id of an element in small letters, camel case parted by a hyphen."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _CAMEL.sub("-", named).casefold()


@dataclass(slots=True)
class _Place:
    """An open block element, by its number. A name that says caption is believed for two levels:
    whole articles are called 'with-caption'."""

    number: int
    name: str = ""
    heading: int = 0
    apart: frozenset[int] = frozenset()
    caption: bool = False
    captioned: bool = False


def _walk(tree: Any) -> Iterator[Block]:
    from lxml.etree import iterwalk

    numbers = count(1)
    places = [_Place(0), _Place(0), _Place(0)]
    text: list[str] = []
    links = linked = size = 0  # `linked` of the `size` characters of the text are in links

    def block() -> Iterator[Block]:
        nonlocal linked, size
        if size:
            place, around = places[-1], places[-2]
            yield Block(
                "".join(text),
                heading=place.heading,
                apart=place.apart,
                caption=place.caption or place.captioned or around.captioned,
                item=place.name.startswith("li."),
                link=linked == size,
                around=(around.number, places[-3].number),
                place=f"{around.name} > {place.name}",
            )
        text.clear()
        linked = size = 0

    def add(piece: str | None) -> None:
        nonlocal linked, size
        if piece:
            text.append(_BLANKS.sub(" ", piece))
            seen = len("".join(piece.split()))
            size += seen
            linked += seen if links else 0

    walker = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag
        seen = isinstance(tag, str) and tag not in _UNSEEN_TAGS
        if event == "start":
            if not seen:
                walker.skip_subtree()
                continue
            links += tag == "a"
            if tag in _BLOCK_TAGS:
                yield from block()
                places.append(_place(element, places[-1], next(numbers)))
            if tag == "br":
                text.append("\n")
            add(element.text)
            continue
        if seen:
            links -= tag == "a"
            if tag in _BLOCK_TAGS:
                yield from block()
                places.pop()
        if tag in _CELL_TAGS:
            text.append("\t")
        if element is not tree:
            add(element.tail)
    yield from block()


def _place(element: Any, around: _Place, number: int) -> _Place:
    tag = element.tag
    named = _named(element)
    apart = tag in _APART_TAGS or _APART.search(named) is not None
    return _Place(
        number,
        name=f"{tag}.{element.get('class') or ''}",
        heading=int(tag[1]) if tag in _HEADINGS else around.heading,
        apart=around.apart | {number} if apart else around.apart,
        caption=around.caption or tag in _CAPTION_TAGS,
        captioned=_CAPTION.search(named) is not None,
    )
