"""Reading numbers: in digits and words, with their scale, fractions and roundings."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from text_to_num import text2num

from app.annotate.figures.language import Words

_GLYPHS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_SLASHED = re.compile(r"([1-9]\d?)/([2-9]|1[026])(?![\d/])")
_STOPS = frozenset({"", "\n", ".", ",", ";", ")", "?", "!"})
_CENTS = re.compile(r",(\d\d)(?![\d,])")
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 16})


# Few numbers are written in words, and those often.
@lru_cache(maxsize=1024)
def _spelled(words: str, language: str) -> float:
    """The number that words say; ValueError where they say none."""
    return float(text2num(words, language))


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands at `[start, end)`: its value, up to `upper` where the words leave room.

    `factor` is the scale that it was written with ('million'), 1 without one. `digits` says that
    it is written in digits, `vague` that the words round it ('hundreds of'), `share` that it is a
    part of a whole ('two-thirds of'), `plain` that nothing behind it can belong to it.
    """

    start: int
    end: int
    value: float
    upper: float | None = None
    factor: float = 1.0
    digits: bool = False
    vague: bool = False
    share: bool = False
    plain: bool = False


class Numbers:
    """Reads the numbers of one text. `lower` is the text in lower case, `flat` the same with a
    space for each hyphen; `many` says whether a word in the plural stands at an offset."""

    def __init__(
        self, text: str, lower: str, flat: str, known: Words, many: Callable[[int], bool]
    ) -> None:
        self.text, self.lower, self.flat, self.known = text, lower, flat, known
        self.many = many

    def at(self, start: int, *, money: bool = False) -> Number | None:
        """The number that begins at an offset, None if none does or it cannot be read. `money`
        says that a currency stands before it: one letter is then a scale ('£45m')."""
        first = self.lower[start]
        if first.isdecimal():
            return self._in_digits(start, money)
        if first in _GLYPHS:
            return self._scaled(Number(start, start + 1, _GLYPHS[first], digits=True), money)
        vague = self.known.vague_words.match(self.lower, start)
        if vague:
            low, high = self.known.vague[vague[0]]
            of = self.known.of_words.match(self.lower, vague.end())
            end = of.end() if of else vague.end()
            return Number(start, end, low, high if high > low else None, vague=True)
        return self._part(start) or self._in_words(start, money)

    # --- in digits

    def _in_digits(self, start: int, money: bool) -> Number | None:
        match = self.known.digits.match(self.lower, start)
        if match is None or (match[0][0] == "0" and match[0][1:2].isdecimal()):
            return None
        end = match.end()
        number = Number(start, end, self._plain(match[0]), digits=True, plain=self._is_plain(end))
        if self.lower[start - 1 : start] == "." and "." not in match[0]:
            tenths = float(f"0.{match[0]}") if match[0].isdecimal() else number.value
            number = replace(number, start=start - 1, value=tenths)
        if money and match[0].isdecimal() and (cents := _CENTS.match(self.lower, end)):
            more = int(cents[1]) / 100  # '€12,50'
            return replace(number, end=cents.end(), value=number.value + more)
        if number.plain:
            return number
        following = self.lower[end : end + 1]
        slashed = _SLASHED.match(self.lower, start) if following == "/" else None
        if slashed:
            return self._fraction(start, slashed)
        if following in _GLYPHS:
            number = replace(number, end=number.end + 1, value=number.value + _GLYPHS[following])
        elif following == " " and match[0].isdecimal():
            slashed = _SLASHED.match(self.lower, number.end + 1)
            if slashed and int(slashed[1]) < int(slashed[2]):
                more = int(slashed[1]) / int(slashed[2])
                number = replace(number, end=slashed.end(), value=number.value + more)
        return self._scaled(self._half(number), money)

    def _fraction(self, start: int, slashed: re.Match[str]) -> Number | None:
        above, below = int(slashed[1]), int(slashed[2])
        if above >= below or below not in _DENOMINATORS:
            return None
        end = slashed.end()
        number = Number(start, end, above / below, digits=True)
        return self._linked(number) or self._scaled(number, False)

    def _is_plain(self, end: int) -> bool:
        """Whether nothing behind a number can belong to it, as the next sign or word tells."""
        following = self.lower[end : end + 1]
        if following == " ":
            return not self.known.belongs.match(self.flat, end + 1)
        return following in _STOPS

    def _plain(self, number: str) -> float:
        """The value of a number in digits."""
        decimal = self.known.decimal
        # 'eighteen.500.000': a mark that comes twice parts thousands.
        if decimal in number and number.count(decimal) > 1:
            number = number.replace(decimal, "")
        for mark in self.known.thousands:
            number = number.replace(mark, "")
        return float(number.replace(decimal, "."))

    # --- in words

    def _in_words(self, start: int, money: bool) -> Number | None:
        match = self.known.spelled.match(self.lower, start)
        if match is None:
            return None
        spelled = match[0]
        for opening, meant in self.known.leading.items():
            if spelled.startswith(opening):
                spelled = meant + spelled[len(opening) :]
        try:
            value = _spelled(spelled, self.known.numerals)
        except ValueError:  # 'two three'
            return None
        last = spelled.replace("-", " ").rsplit(" ", 1)
        factor = self.known.scales.get(last[-1], 1.0) if len(last) > 1 else 1.0
        end = match.end()
        if self._is_plain(end):
            return Number(start, end, value, factor=factor, plain=True)
        number = Number(start, end, value, factor=factor)
        point = self.known.point.match(self.lower, number.end) if self.known.point else None
        if point:
            tenths = [str(int(_spelled(each, self.known.numerals))) for each in point[1].split()]
            number = replace(number, end=point.end(), value=float(f"{value:.0f}.{''.join(tenths)}"))
        return self._scaled(self._half(number), money)

    def _half(self, number: Number) -> Number:
        """With 'and a half', also behind its scale."""
        match = self.known.halves_words.match(self.flat, number.end)
        if match is None:
            return number
        more = self.known.halves[match[1]] * number.factor
        return replace(number, end=match.end(), value=number.value + more)

    def _part(self, start: int) -> Number | None:
        """A part of a scale or a measure ('half a million', 'a quarter of an hour'), or of some
        whole ('two-thirds of the members')."""
        known = self.known
        if known.parts_words is None:
            return None
        match = known.parts_words.match(self.flat, start)
        if match is None:
            return None
        above = known.numerators.get(match["above"] or "", 1)
        value, end = above / known.denominators[match["below"]], match.end()
        if value > 1:
            return None
        linked = self._linked(Number(start, end, value))
        if linked is not None and not linked.share:
            return linked
        if known.share_of.match(self.flat, end):
            before = self.flat[max(0, start - 16) : start].split()
            whole = match["above"] or match["below"] in known.halved
            if whole and not (before and before[-1] in known.not_shared):
                return Number(start, end, value, share=True)
            return None
        if above > 1 and "-" in self.lower[start:end]:
            return Number(start, end, value, share=True)
        return None

    def _linked(self, part: Number) -> Number | None:
        """A part of a scale, or of a measure that follows; else the share of some whole."""
        known, end = self.known, part.end
        link = known.part_link.match(self.flat, end) if known.part_link else None
        if link:
            scale = known.scale_words.match(self.flat, link.end() - 1)
            if scale:
                factor = known.scales[scale[1]]
                return self._half(
                    replace(part, end=scale.end(), value=part.value * factor, factor=factor)
                )
            if known.measures.at(self.text, self.flat, link.end(), glued=False):
                return replace(part, end=link.end() - 1)
        return replace(part, share=True) if known.share_of.match(self.flat, end) else None

    # --- the scale

    def _scaled(self, number: Number, money: bool) -> Number:
        known, factor = self.known, number.factor
        while match := known.scale_words.match(self.flat, number.end):
            step = known.scales[match[1]]
            factor *= step
            number = replace(number, end=match.end(), value=number.value * step, factor=factor)
        if number.factor > 1:
            return self._half(number)
        return self._lettered(number, money)

    def _lettered(self, number: Number, money: bool) -> Number:
        """With a scale of one letter, where it is one and no unit ('a 5 m wall')."""
        end = number.end
        if not number.digits:
            return number
        spaced = self.text[end : end + 1] == " "
        at = end + spaced
        letter = self.text[at : at + 1]
        scale = self.known.letters.get(letter.lower())
        if scale is None or self.text[at + 1 : at + 2].isalnum():
            return number
        scales = money or (not spaced and self._is_scale(letter, at + 1, number.value))
        if not (scales or self._paid(at + 1)):
            return number
        return replace(number, end=at + 1, value=number.value * scale, factor=scale)

    def _is_scale(self, letter: str, end: int, value: float) -> bool:
        word = self.known.word.match(self.lower, end + 1)
        if word and word[0] in self.known.races and value in self.known.distances:
            return False
        if letter in self.known.capitals or letter == "k":
            return True
        return letter == "m" and self.text[end : end + 1] == " " and self.many(end + 1)

    def _paid(self, end: int) -> bool:
        """Whether a currency follows ('20m euros')."""
        if self.lower[end : end + 1] != " ":
            return False
        measure = self.known.measures.at(self.text, self.flat, end + 1, glued=False)
        return measure is not None and measure.kind == "money"
