"""What the extractor of a page ran together, or left out of the middle of the text, put back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.intake.blocks import Block
from app.intake.paragraphs import words
from app.intake.printed_dates import is_date_line

# Shorter blocks that stand for several would be chance.
_FEWEST_RUN_WORDS = 8
_OPENING_WORDS = 3
_MOST_PLACES = 20
# Blocks between two parts of a run that the extractor left out.
_MOST_SKIPPED = 60
_FEWEST_DESCRIBED_WORDS = 6
_SHORTEST_PROSE = 40
_MOST_LEADING = 12
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?", re.IGNORECASE)
_CLOSED = re.compile(r"[.!?…。！？।؟۔:](?: ?[\"'”’“‘»›」』)\]])*\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the main text: `caption` says that the page marks it as one, `standfirst` that it
    stands between the headline and the text, as no part of it."""

    text: str
    heading: bool = False
    caption: bool = False
    standfirst: bool = False


def recovered(
    extracted: Sequence[Piece],
    page: Sequence[Block],
    stated: Sequence[Block],
    described: str | None,
) -> list[Piece]:
    """The extracted blocks in their order, with what the page shows of them.

    A block that holds several of the page's, or of those that its data `stated` beside what it
    shows, is parted at these. Between two blocks that follow one
    another in the page, what reads as a part of the same text is put back: headings, list items,
    sentences that stand as their neighbours do. So is the standfirst, between the page's headline
    and the first block, or as the page's own description (`described`) quotes it.
    Linear in the length of the page.
    """
    parted = [piece for piece, _ in _Page(stated).placed(extracted)] if stated else extracted
    return _Page(page).filled(parted, words(described or ""))


class _Page:
    """The blocks of a page, and where their words stand."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._opening: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, block in enumerate(blocks):
            for places, key in (
                (self._whole, block.words),
                (self._opening, block.words[:_OPENING_WORDS]),
            ):
                if len(places[key]) < _MOST_PLACES:
                    places[key].append(index)

    def filled(self, extracted: Sequence[Piece], described: tuple[str, ...]) -> list[Piece]:
        placed = list(self.placed(extracted))
        known = [at for _, at in placed if at is not None]
        if not known:
            return [piece for piece, _ in placed]
        text = _Text(self._blocks, known, described)
        found: list[Piece] = []
        before = None
        for piece, at in placed:
            if at is None:
                pass
            elif at == known[0] or (before is not None and self._blocks[before].heading == 1):
                leading = [_piece(block) for block in text.leading(at)]
                alone = len(leading) == 1 and not _is_clock(leading[0])
                found += (replace(each, standfirst=alone) for each in leading)
            elif before is not None:
                found += map(_piece, text.between(before, at))
            found.append(piece)
            before = at
        return found

    def placed(self, extracted: Sequence[Piece]) -> Iterator[tuple[Piece, int | None]]:
        """Each extracted block, or those that it is a run of, with its place in the page."""
        after = 0
        for piece in extracted:
            line = words(piece.text)
            later = [each for each in self._whole.get(line, ()) if each >= after]
            if later:
                at = min(later, key=lambda each: (self._blocks[each].caption, each))
                block = self._blocks[at]
                broken = "\n" in block.text.strip() and "\n" not in piece.text.strip()
                text = block.text if broken else piece.text
                yield replace(piece, text=text, caption=block.caption), at
                after = at + 1
                continue
            run = self._run(line, after)
            if not run:
                yield piece, None
                continue
            inside = _inside([self._blocks[each] for each in run])
            for each in run:
                if self._blocks[each].apart <= inside:
                    yield _piece(self._blocks[each]), each
            after = run[-1] + 1

    def _run(self, line: tuple[str, ...], after: int) -> list[int]:
        """The blocks that a line of words is made of, where it is made of several."""
        if len(line) < _FEWEST_RUN_WORDS:
            return []
        for first in self._starts(line, after):
            run: list[int] = []
            at = skipped = 0
            index = first
            while at < len(line) and index < len(self._blocks) and skipped < _MOST_SKIPPED:
                block = self._blocks[index].words
                if line[at : at + len(block)] == block:
                    run.append(index)
                    at += len(block)
                else:
                    skipped += 1
                index += 1
            if at == len(line) and sum(_is_prose(self._blocks[each]) for each in run) > 1:
                return run
        return []

    def _starts(self, line: tuple[str, ...], after: int) -> Iterator[int]:
        for length in range(_OPENING_WORDS, 0, -1):
            for each in self._opening.get(line[:length], ()):
                if each >= after:
                    yield each


class _Text:
    """The main text within its page: which other blocks read as a part of it."""

    def __init__(
        self, blocks: Sequence[Block], known: Sequence[int], described: tuple[str, ...]
    ) -> None:
        self._blocks = blocks
        self._described = described[:_FEWEST_DESCRIBED_WORDS]
        self._seen = {blocks[at].words for at in known}
        self._places = {blocks[at].place for at in known if not blocks[at].heading}
        self._around = {blocks[at].around[0] for at in known}
        self._inside = _inside([blocks[at] for at in known])

    def leading(self, first: int) -> list[Block]:
        """The standfirst, and what stands before the first block as its neighbours do."""
        headline = next(
            (at for at in range(first - 1, -1, -1) if self._blocks[at].heading == 1), None
        )
        start = first - _MOST_LEADING if headline is None else headline + 1
        found = []
        for at in range(max(0, start), first):
            block = self._blocks[at]
            prose = headline is not None and _is_prose(block) and not block.item
            text = block.text.strip()
            prose = prose and text[-1] != ":" and not is_date_line(text)
            clock = at == first - 1 and self._blocks[first].heading > 0 and _is_clock(block)
            if self._may_belong(block) and (prose or clock or self._is_described(block)):
                found.append(block)
        return found

    def between(self, before: int, after: int) -> list[Block]:
        """What stands between two blocks and belongs to the text."""
        found: list[Block] = []
        following: Block | None = self._blocks[after]
        for at in range(after - 1, before, -1):
            block = self._blocks[at]
            belongs = self._may_belong(block) and (
                self._stands_alike(block)
                # Headings that follow one another are those of other stories.
                or (2 <= block.heading <= 4 and following is not None and not following.heading)
                or (_is_clock(block) and following is not None and following.heading > 0)
            )
            following = block if belongs else None
            if belongs:
                found.append(block)
        return found[::-1]

    def _may_belong(self, block: Block) -> bool:
        return (
            block.apart <= self._inside
            and not block.caption
            and not block.link
            and block.words not in self._seen
        )

    def _stands_alike(self, block: Block) -> bool:
        """Whether it stands among the blocks of the text, and reads as one."""
        if block.item and block.around[0] in self._around:
            return True
        if block.item:
            return block.around[1] in self._around and _is_prose(block)
        return (
            block.around[0] in self._around
            and (block.place in self._places or not block.heading)
            and _is_prose(block)
        )

    def _is_described(self, block: Block) -> bool:
        return bool(self._described) and block.words[: len(self._described)] == self._described


def _inside(blocks: Sequence[Block]) -> set[int]:
    """The elements that look like no part of an article and yet hold a third of these blocks."""
    held = Counter(number for block in blocks for number in block.apart)
    return {number for number, blocks_held in held.items() if 3 * blocks_held >= len(blocks)}


def _is_prose(block: Block) -> bool:
    text = block.text.strip()
    return len(text) >= _SHORTEST_PROSE and _CLOSED.search(text) is not None


def _is_clock(block: Block | Piece) -> bool:
    return _CLOCK.fullmatch(block.text.strip()) is not None


def _piece(block: Block) -> Piece:
    return Piece(block.text, block.heading > 0, block.caption)
