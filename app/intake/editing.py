"""What an editor does with a scraped text: finds its title, takes away what is no prose of it.

Nothing here knows a single article. Lines are told by their own words first (`leftovers`), then
by where they stand. What is not sure stays in the body.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.article import Published
from app.intake.bylines import byline_people
from app.intake.leftovers import CAPTION, leftover
from app.intake.paragraphs import Paragraph, words
from app.intake.printed_dates import day_of_line, is_date_line
from app.languages import ALL, load

TITLE = "duplicate of the title"
SUBTITLE = "duplicate of the subtitle"
BYLINE = "byline"
DATE = "date line"
RELATED = "related headline"
HEADING = "heading of nothing"
AUTHOR = "about the author"
PULL_QUOTE = "pull quote"
REPEATED = "repeated paragraph"

# Lines longer than this are never headlines, in any outlet's style book.
_LONGEST_TITLE = 200
_LONGEST_SUBTITLE = 320
_LONGEST_OPEN_SUBTITLE = 160
_MOST_TITLE_WORDS = 30
# Shorter lines in title case between paragraphs are as often the article's own section headings.
_FEWEST_RELATED_WORDS = 8
_FEWEST_BRACKETED_WORDS = 5
_FEWEST_LINK_WORDS = 4
_MOST_LABEL_WORDS = 6
_IS_SOMEBODY = re.compile(
    r",? (?:\(?@\w+\)? )?(?:is|was|ist|war|est|es|fue|è|é|covers|writes|reports|works|arbeitet"
    r"|schreibt|berichtet|leitet|has (?:been|worked|written|covered|reported)|joined)\b"
)
# The same of a line that is marked up as a heading.
_FEWEST_HEADING_WORDS = 12
# Shorter passages come twice by chance, or for effect; more so when they are whole sentences.
_OPENING_WORDS = 5
_FEWEST_QUOTED_WORDS = 8
_FEWEST_QUOTED_WORDS_CLOSED = 12
_FEWEST_REPEATED_WORDS = 8
_MOST_QUOTED_WORDS = 60
# A live report repeats short paragraphs on purpose; only long ones betray a copy.
_FEWEST_REPEATED_WORDS_APART = 40
# Places where one passage's first words may stand, looked at: keeps odd texts in linear time.
_MOST_PLACES = 20
_HEAD = 8
_MOST_ROUNDS = 8

_TITLES = load(ALL, "titles")
# Words that a title in title case writes small.
_SMALL_WORDS = frozenset(_TITLES["small_words"])
_ASKING = frozenset(_TITLES["asking"])
_SENTENCE_END = re.compile(r"[^\W\d_]{2}[.!?…][\"'”’)]* (?=[\"'“‘(]?[^\W\d_a-z])")
_TIME = re.compile(r"\d{1,2}[:.h]\d\d.{0,10}")
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")


@dataclass(frozen=True, slots=True)
class Edited:
    """A text in its parts: each paragraph is the title, the subtitle, of the body, or removed
    with a reason. `title` and `subtitle` are None where they stand nowhere in the text; `authors`
    and `published` are what its removed lines say."""

    title: Paragraph | None
    subtitle: Paragraph | None
    body: tuple[Paragraph, ...]
    removed: tuple[tuple[Paragraph, str], ...]
    authors: tuple[str, ...]
    published: Published | None


@dataclass
class _Desk:
    """The paragraphs, and for each the reason it was removed for, if any."""

    all: Sequence[Paragraph]
    reasons: dict[int, str] = field(default_factory=dict)

    def kept(self) -> list[int]:
        return [i for i in range(len(self.all)) if i not in self.reasons]


def edit(
    paragraphs: Sequence[Paragraph],
    title: str | None,
    subtitle: str | None,
    authors: Sequence[str] = (),
) -> Edited:
    """The text edited; `title`, `subtitle` and `authors` are those already known.

    Linear in the length of the text.
    """
    desk = _Desk(paragraphs)
    at_title = _standing(desk, title, TITLE) if title else None
    at_subtitle = _standing(desk, subtitle, SUBTITLE) if subtitle else None
    for index, paragraph in enumerate(paragraphs):
        if index not in (at_title, at_subtitle) and index not in desk.reasons:
            if index < _HEAD and byline_people(paragraph.text):
                continue
            reason = CAPTION if paragraph.caption else leftover(paragraph.text)
            if reason:
                desk.reasons[index] = reason
    found: tuple[str, ...] = ()
    # What goes makes neighbours of what was apart, and brings other lines to the head.
    for _ in range(_MOST_ROUNDS):
        before = (at_title, len(desk.reasons))
        found += _remove_head_lines(desk, at_title)
        if title is None and at_title is None:
            at_title = _title(desk)
        _remove_repetitions(desk, at_title, title)
        _remove_related(desk, at_title, at_subtitle)
        _remove_foot_lines(desk, (at_title, at_subtitle), (*authors, *found))
        if (at_title, len(desk.reasons)) == before:
            break
    if subtitle is None and (title or at_title is not None):
        at_subtitle = _subtitle(desk, at_title)
    dated = [paragraphs[i].text for i, why in sorted(desk.reasons.items()) if why in (BYLINE, DATE)]
    body = [i for i in desk.kept() if i not in (at_title, at_subtitle)]
    if not body:  # of a picture gallery the captions are the prose
        body = [i for i, reason in desk.reasons.items() if reason in (CAPTION, TITLE)]
        for index in body:
            del desk.reasons[index]
    return Edited(
        title=None if at_title is None else paragraphs[at_title],
        subtitle=None if at_subtitle is None else paragraphs[at_subtitle],
        body=tuple(paragraphs[i] for i in sorted(body)),
        removed=tuple((paragraphs[i], reason) for i, reason in sorted(desk.reasons.items())),
        authors=tuple(dict.fromkeys(found)),
        published=next(filter(None, map(day_of_line, dated)), None),
    )


def _standing(desk: _Desk, line: str, copy: str) -> int | None:
    """Where a known title or subtitle stands in the text, near its beginning. One that stands
    there written otherwise is removed as a copy of it."""
    wanted = words(line)
    near = [i for i, p in enumerate(desk.all[:_HEAD]) if _same_line(p.words, wanted)]
    if not near or not wanted or len(desk.all) < 2:
        return None
    if desk.all[near[0]].text == line:
        return near[0]
    desk.reasons[near[0]] = copy
    return None


def _same_line(line: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a line is a title, perhaps with the site's name behind it or left out."""
    if line == title:
        return True
    short, long = sorted((line, title), key=len)
    return len(short) >= 5 and long[: len(short)] == short and len(long) - len(short) <= 3


def _remove_head_lines(desk: _Desk, at_title: int | None) -> tuple[str, ...]:
    """The authors that a byline names. Bylines and datelines stand before the second paragraph
    of prose, after the title."""
    authors: list[str] = []
    prose = 0
    for index in desk.kept()[: 2 * _HEAD]:
        paragraph = desk.all[index]
        if index == at_title:
            continue
        if is_date_line(paragraph.text):
            if not _is_post_time(desk, index):
                desk.reasons[index] = DATE
            continue
        prose += paragraph.prose
        if prose > 1:
            break
        named = None if paragraph.prose else byline_people(paragraph.text)
        if named:
            desk.reasons[index] = BYLINE
            authors += named
    return tuple(authors)


def _remove_foot_lines(
    desk: _Desk, heads: tuple[int | None, int | None], authors: Sequence[str]
) -> None:
    """What stands below the last paragraph: headings with nothing under them, links to other
    stories, dates, a note on the author."""
    kept = [index for index in desk.kept() if index not in heads]
    for index in reversed(kept[1:]):
        line = desk.all[index]
        if line.heading or (line.text[-1] == ":" and len(line.words) <= _MOST_LABEL_WORDS):
            desk.reasons[index] = HEADING
        elif line.link and len(line.words) >= _FEWEST_LINK_WORDS and not line.closed:
            desk.reasons[index] = RELATED
        elif is_date_line(line.text) and any(map(str.isalpha, line.text)):
            desk.reasons[index] = DATE
        elif _is_note(line.text, authors):
            desk.reasons[index] = AUTHOR
        else:
            return


def _is_note(line: str, authors: Sequence[str]) -> bool:
    """Whether a line says who an author is: "Ann Lowe is a reporter in Lund"."""
    return any(
        line.startswith(author) and _IS_SOMEBODY.match(line, len(author)) for author in authors
    )


def _is_post_time(desk: _Desk, index: int) -> bool:
    """Whether a line is the time of a live report's post: a time of day before a heading."""
    after = desk.all[index + 1] if index + 1 < len(desk.all) else None
    return after is not None and after.heading and _TIME.fullmatch(desk.all[index].text) is not None


def _title(desk: _Desk) -> int | None:
    """The first line, where it reads as a title and prose follows."""
    kept = desk.kept()[:3]
    if len(kept) < 2:
        return None
    first, second = desk.all[kept[0]], desk.all[kept[1]]
    if len(first.words) <= 2 and len(kept) > 2 and _title_like(second) and len(second.words) > 3:
        return kept[1] if desk.all[kept[2]].prose else None  # the first is a section's name
    followed = any(desk.all[i].prose or desk.all[i].closed for i in kept[1:])
    return kept[0] if _title_like(first) and followed else None


def _title_like(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST_TITLE or not 1 <= len(paragraph.words) <= _MOST_TITLE_WORDS:
        return False
    if _SENTENCE_END.search(text) and not paragraph.heading:
        return False
    if text[0] in "-*•·–—(" or (text[0].islower() and not text[1:2].isupper()):
        return False
    if text[-1] in "?!":
        return paragraph.heading or _title_case(text)
    return not paragraph.closed and text[-1] not in ":;,"


def _title_case(text: str) -> bool:
    """Whether every word but the small ones begins with a capital, and not all are capitals."""
    found = _WORD.findall(text)
    large = [w for w in found if w.lower().removesuffix(".") not in _SMALL_WORDS]
    return (
        len(large) >= 2
        and not text.isupper()
        and all(w[0].isupper() for w in large)
        and sum(w.isupper() and len(w) > 1 for w in large) <= len(large) // 2
    )


def _subtitle(desk: _Desk, at_title: int | None) -> int | None:
    """The standfirst, where the paragraph after the title is clearly one.

    It is when it doesn't end as a sentence does but is longer than a section heading; or when
    the page put something else (a picture, a byline) between it and the next paragraph, and that
    paragraph tells the same again.
    """
    kept = [i for i in desk.kept() if i != at_title and (at_title is None or i > at_title)][:2]
    if len(kept) < 2:
        return None
    line, lead = desk.all[kept[0]], desk.all[kept[1]]
    if len(line.text) > _LONGEST_SUBTITLE or not lead.prose:
        return None
    if not line.closed:
        longer = len(line.words) >= (_FEWEST_HEADING_WORDS if line.heading else 8)
        short = len(line.text) <= _LONGEST_OPEN_SUBTITLE and not _SENTENCE_END.search(line.text)
        return kept[0] if longer and short and line.text[-1] not in ":;,)" else None
    parted = kept[1] - kept[0] > 1 and at_title is not None
    own, retold = _stems(line), _stems(lead)
    again = len(own & retold) >= max(3, 0.3 * len(own))
    return kept[0] if parted and again else None


def _stems(paragraph: Paragraph) -> set[str]:
    return {word[:5] for word in paragraph.words if len(word) > 3}


def _remove_repetitions(desk: _Desk, at_title: int | None, title: str | None) -> None:
    """Copies of the title, pull quotes and paragraphs that come twice: the words stay, once."""
    headline = words(title) if title else desk.all[at_title].words if at_title is not None else ()
    kept = [i for i in desk.kept() if i != at_title]
    seen: set[tuple[str, ...]] = set()
    before: tuple[str, ...] = ()
    for index in kept:
        line = desk.all[index].words
        fewest = _FEWEST_REPEATED_WORDS if line == before else _FEWEST_REPEATED_WORDS_APART
        if len(headline) >= 3 and line == headline:
            desk.reasons[index] = TITLE
            continue
        if len(line) >= fewest and line in seen:
            desk.reasons[index] = REPEATED
        seen.add(line)
        before = line
    _remove_pull_quotes(desk, [i for i in kept[1:] if i not in desk.reasons], kept[:1])


def _remove_pull_quotes(desk: _Desk, candidates: list[int], first: list[int]) -> None:
    """Takes away the paragraphs whose words stand, in one piece, in a longer paragraph of prose."""
    short = [i for i in candidates if _may_be_pulled(desk.all[i])]
    openings = {desk.all[i].words[:_OPENING_WORDS] for i in short}
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for index in first + candidates:
        paragraph = desk.all[index]
        if not paragraph.prose:
            continue
        line = paragraph.words
        for at in range(len(line) - _OPENING_WORDS + 1):
            opening = line[at : at + _OPENING_WORDS]
            if opening in openings and len(places[opening]) < _MOST_PLACES:
                places[opening].append((index, at))
    for index in short:
        line = desk.all[index].words
        for other, at in places.get(line[:_OPENING_WORDS], ()):
            longer = desk.all[other].words
            if len(longer) > len(line) and longer[at : at + len(line)] == line:
                desk.reasons[index] = PULL_QUOTE
                break


def _may_be_pulled(paragraph: Paragraph) -> bool:
    fewest = _FEWEST_QUOTED_WORDS_CLOSED if paragraph.closed else _FEWEST_QUOTED_WORDS
    return fewest <= len(paragraph.words) <= _MOST_QUOTED_WORDS


def _remove_related(desk: _Desk, at_title: int | None, at_subtitle: int | None) -> None:
    """Headlines of other stories: lines alone between two paragraphs of prose."""
    kept = [i for i in desk.kept() if i not in (at_title, at_subtitle)]
    for before, index, after in zip(kept, kept[1:], kept[2:], strict=False):
        if desk.all[before].prose and desk.all[after].prose and _related(desk.all[index]):
            desk.reasons[index] = RELATED


def _related(line: Paragraph) -> bool:
    if line.closed or len(line.text) > _LONGEST_TITLE or line.text[-1] in ":;,":
        return False
    if line.link:
        return len(line.words) >= _FEWEST_LINK_WORDS
    bracketed = line.text[0] == "[" and line.text[-1] == "]"
    return (
        not line.heading
        and len(line.words) >= (_FEWEST_BRACKETED_WORDS if bracketed else _FEWEST_RELATED_WORDS)
        and line.text[0] not in '"“«„-*•·–—('
        and not line.text[0].isdigit()
        and (bracketed or (_title_case(line.text) and line.words[0] not in _ASKING))
    )
