"""What is no quantity: numbers that are taken, times of day, names, items of a list, scores."""

import re

from app.annotate.figures.amounts import Amount
from app.annotate.figures.language import Words
from app.annotate.figures.surroundings import Surroundings
from app.domain.annotation import Mention
from app.domain.spans import Spans
from app.domain.timex import TimeExpression

_CLOCK = re.compile(r"[0-2]?\d\.[0-5]\d")
_PHONE = re.compile(r"(?:\+|\b0|\b[1-9]\d\d-|\(\d{2,5}\) ?\d)[\d ()-]{5,}\d")
_DIALLED = frozenset("0123456789 ()+-")
_LONG = 20  # characters of a telephone number to either side of one in it
_YEARS = range(1500, 2100)


class Exclusions:
    """Says of the amounts of one text which are no quantities."""

    def __init__(
        self,
        text: str,
        lower: str,
        known: Words,
        about: Surroundings,
        dates: Spans[TimeExpression],
        names: tuple[Spans[Mention], Spans[Mention]],
    ) -> None:
        self.text, self.lower, self.known, self.about = text, lower, known, about
        self.dates, self.names = dates, names

    def is_taken(self, amount: Amount) -> bool:
        """Whether an amount stands in a date or a name."""
        start, end = amount.core, amount.closed
        if self.dates.overlapping(start, end):
            return True
        # A name that runs over a number with its unit is the model's mistake; times can be names.
        measured = amount.measure is not None and amount.measure.kind != "duration"
        if measured:
            return False
        here, elsewhere = self.names
        return bool(here.overlapping(start, end) or elsewhere.overlapping(start, end))

    def is_no_amount(self, amount: Amount) -> bool:
        """Whether it is a time of day, a year, an item's number, a bare 'one', or a score."""
        start, number, measure = amount.core, amount.number, amount.measure
        if not (amount.signed or number.plain) and self.known.clock.match(self.lower, number.end):
            return True
        if self._is_hour(amount):
            return True
        runs = self.lower[amount.end : amount.end + 1].isalnum()
        if (runs and self.lower[amount.end - 1] != "'") or self._runs_on(amount):
            return True
        one = self.lower[start : amount.closed]
        if self._is_lettered(amount) and self.about.is_labelled(start):
            return True  # 'seat 12B', 'flat 14C'
        if measure is not None and measure.kind == "duration" and one in self.known.alone:
            return self.text[start].isupper()  # 'One day they left'
        if number.vague or measure is not None or amount.shared:
            return False
        if _CLOCK.fullmatch(one) and self._at(start):
            return True
        if one in self.known.alone:
            return not self.about.is_counted_one(start, amount.closed)
        if not number.digits or number.factor > 1:
            return amount.dashed and self.about.counted(start, amount.end) is None
        after = self.lower[amount.end : amount.end + 2]
        if self.text.rfind("\n", 0, start) + 1 == start and after[:1] in (".", ")"):
            return True
        if amount.upper is None and self._is_in_a_run(start, amount.end):
            return True
        if self._is_dialled(start, amount.closed):
            return True
        if amount.upper is None and one.isdecimal() and self.about.is_name(start, amount.end, one):
            return True
        if amount.dashed and self.about.counted(start, amount.end) is None:
            return True
        return (
            one.isdecimal()
            and len(one) == 4
            and int(one) in _YEARS
            and (self.about.counted(start, amount.end) is None)
        )

    def _is_lettered(self, amount: Amount) -> bool:
        """Whether one letter stands right behind a number in digits, be it a scale or a unit."""
        end = amount.end - 1
        return (
            self.text[end].isalpha()
            and self.text[end - 1].isdecimal()
            and amount.number.digits
            and not amount.signed
        )

    def _runs_on(self, amount: Amount) -> bool:
        """Whether digits follow that make it another thing ('24/7', '6:30', '555-01-99')."""
        after = self.lower[amount.end : amount.end + 2]
        if (
            amount.measure is None
            and after[:1] in "'"
            and after[1:].isalpha()
            and (
                after != "'s"
                and amount.number.digits
                and self.lower.startswith("s ", amount.end + 1)
            )
        ):
            return True
        return after[:1] in ("/", ":", ".", ",", "-") and after[1:].isdecimal()

    def _is_in_a_run(self, start: int, end: int) -> bool:
        """Whether other digits stand right beside it ('020 7946 0733')."""
        before = start > 1 and self.lower[start - 1] == " " and self.lower[start - 2].isdecimal()
        if before and not self.dates.at(start - 2):
            return True
        return self.lower[end : end + 1] == " " and self.lower[end + 1 : end + 2].isdecimal()

    def _is_dialled(self, start: int, end: int) -> bool:
        """Whether a number is a part of a telephone number."""
        text, least, most = self.text, max(0, start - _LONG), end + _LONG
        first, last = start, end
        while first > least and text[first - 1] in _DIALLED:
            first -= 1
        while last < min(most, len(text)) and text[last] in _DIALLED:
            last += 1
        if last - first < end - start + 4:
            return False
        return any(
            match.start() <= start and end <= match.end()
            for match in _PHONE.finditer(text, first, last)
        )

    def _at(self, start: int) -> bool:
        before = self.lower[max(0, start - 9) : start].split()
        return bool(before) and before[-1] in self.known.at

    def _is_hour(self, amount: Amount) -> bool:
        measure = amount.measure
        return (
            measure is not None
            and measure.surface in self.known.hours
            and not amount.number.vague
            and self._at(amount.start)
        )
