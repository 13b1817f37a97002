"""Reading amounts: a number with its sign, currency or unit, range, and the words that blur it."""

import re
from dataclasses import dataclass, replace

from app.annotate.figures.language import Words
from app.annotate.figures.measures import Measure
from app.annotate.figures.numbers import Number, Numbers
from app.annotate.figures.surroundings import Surroundings
from app.units import ratio

_MINUS = "-−–"
_OPENS = " \n\t(:\"'“‘/"
# What may not run into a number from the left.
_RUNS = ".,/:-–—$£€¥#@_"
# What shares are told of: 'three in ten', not 'three in 1,250'.
_WHOLE, _WHOLES = 100, frozenset({1000, 10000, 100000, 1000000})
# How far from the opening mark of a quotation the closing one is looked for, and what it is.
_QUOTED, _CLOSING = 400, re.compile(r"(?<=[\w,.?!])['’](?!\w)")
_CODE = re.compile(r"(?<!\w)([A-Z]{3}) $")
_FEET = Measure("'", "measure", "ft")
# The feet of '6'2"' and the inches of 'six-foot-2'.
_PRIME, _INCHES = re.compile(r"'(?= ?\d\d?(?:\"|''|″))"), re.compile(r"-(\d|1[01])(?![\w/.])")
_AND = re.compile(r",? and |,? et | ?")


@dataclass(slots=True)
class Amount:
    """An amount that stands at `[start, end)`, its numbers from `core` to `closed`.

    `value` to `upper` is what it says in `measure` (none for what is counted). `also` is where a
    second number, of the same measure, begins ('5 and 6 kg'); `pair` is a second number that makes
    no range with the first: the other side of a vote or score. `whole` is the number of a share
    ('one in three') or says with 0 that it is a part in words.
    """

    start: int
    core: int
    closed: int
    end: int
    number: Number
    value: float
    upper: float | None = None
    quantifier: str | None = None
    measure: Measure | None = None
    signed: bool = False
    dashed: bool = False
    shared: bool = False
    pair: Number | None = None


class Amounts:
    """Reads the amounts of one text."""

    def __init__(
        self,
        text: str,
        lower: str,
        known: Words,
        about: Surroundings,
    ) -> None:
        self.text, self.lower, self.known, self.about = text, lower, known, about
        self.flat = lower.replace("-", " ")
        self.numbers = Numbers(text, lower, self.flat, known, about.is_plural)

    def at(self, start: int) -> Amount | None:
        """The amount whose number begins at an offset, None if there is none."""
        lead, sign = self._sign(start)
        number = self.numbers.at(start, money=sign is not None)
        if number is None:
            return None
        if number.start < lead:  # '$.50'
            lead, sign = self._sign(number.start)
        lead, negative = self._minus(lead, start)
        if not negative and self._runs_in(lead, number):
            return None
        value = -number.value if negative else number.value
        amount = Amount(lead, number.start, number.end, number.end, number, value, number.upper)
        amount.measure, amount.signed = sign, sign is not None
        if not (number.plain and sign is None) and not self._is_share(amount):
            self._blur_behind(amount)
            self._measure(amount)
            self._range(amount, between=self._is_between(lead))
            if amount.measure is not None:
                self._add(amount)
                self._turn(amount)
                self._blur_behind(amount)
                amount.value *= amount.measure.factor
                if amount.upper is not None:
                    amount.upper *= amount.measure.factor
        self._blur(amount)
        return amount

    # --- before the number

    def _sign(self, start: int) -> tuple[int, Measure | None]:
        """Where the currency before a number begins, and which it is."""
        end = start
        if self.text[end - 1 : end] == "-" and end > 1 and not self.text[end - 2].isspace():
            end -= 1  # '£-5'
            found = self.known.measures.until(self.text, end) if end else None
            return (end - len(found.surface), found) if found else (start, None)
        spaced = end > 0 and self.lower[end - 1] == " "
        end -= spaced
        found = self.known.measures.until(self.text, end) if end else None
        if found is None or (spaced and found.surface == "R"):
            return start, None
        if found.doubtful and not any(each.islower() for each in self.text[end : end + 24]):
            return start, None
        lead = end - len(found.surface)
        whose = self._code_before(lead) if found.surface in "$£¥" else None
        return (whose[0], replace(found, unit=whose[1])) if whose else (lead, found)

    def _code_before(self, sign: int) -> tuple[int, str] | None:
        """The code that says whose dollars a sign stands for ('CAD $30'), and where it begins."""
        code = _CODE.search(self.text, max(0, sign - 5), sign)
        if code is None or code[1] not in self.known.measures.codes:
            return None
        return code.start(1), code[1]

    def _minus(self, lead: int, start: int) -> tuple[int, bool]:
        """Where a minus before an amount begins, and whether there is one."""
        for at in (lead, start) if lead < start else (start,):
            if at and self.text[at - 1] in _MINUS:
                opens = at < 2 or self.text[at - 2] in _OPENS or at > lead
                ranged = at > 2 and self.text[at - 2] == " " and self.text[at - 3].isdecimal()
                if opens and not ranged:
                    return min(lead, at - 1), True
        if not self.lower.endswith(self.known.minus, 0, lead):
            return lead, False
        for word in self.known.minus:
            before = lead - len(word)
            if not self.lower.endswith(word, 0, lead):
                continue
            # 'au moins 400' is no minus.
            if self._edge(before) and not self._quantified(lead - 1):
                following = self.lower[lead : lead + 1]
                if following and (following in "$£€¥" or following.isalnum()):
                    return before, True
        return lead, False

    def _runs_in(self, lead: int, number: Number) -> bool:
        """Whether what stands before makes another thing of a number ('B-52', '1/4', 'v2.0')."""
        if lead == 0:
            return False
        before = self.text[lead - 1]
        if before.isalnum():
            return number.digits or lead == number.start
        if before in "'’":
            return number.digits and not self._is_quoted(lead - 1, number.end)
        return before in _RUNS

    def _is_quoted(self, mark: int, end: int) -> bool:
        """Whether an apostrophe before a number opens a quotation, and stands for no century."""
        before = self.text[max(0, mark - 3) : mark].rstrip(" ")
        if before and before[-1] not in "\n.,:?!":
            return False
        return _CLOSING.search(self.text, end, end + _QUOTED) is not None

    def _edge(self, start: int) -> bool:
        return start == 0 or not self.lower[start - 1].isalnum()

    def _opening(self, lead: int) -> str:
        """The word before an offset, with what stands before it unread; '' where none is near."""
        end = lead - (lead > 0 and self.lower[lead - 1] == " ")
        return self.lower[self.lower.rfind(" ", max(0, end - 16), end) + 1 : end]

    def _is_between(self, lead: int) -> bool:
        return self._opening(lead) in self.known.between

    def _blur(self, amount: Amount) -> None:
        """Adds the words before an amount that belong to it: 'between', 'at least'."""
        start = amount.start
        if amount.upper is not None and self._is_between(start):
            amount.start = start = start - len(self._opening(start)) - 1
        end = start - (start > 0 and self.lower[start - 1] == " ")
        word = self._quantified(end)
        if word and (end < start or not word[-1].isalnum()):
            opens = end - len(word)
            if not self._is_phrasal(word, opens, amount.measure):
                amount.start, amount.quantifier = opens, self.known.quantifiers[word]

    def _quantified(self, end: int) -> str:
        """The longest words that blur a number and end at an offset; none: ''."""
        last = self.lower[self.lower.rfind(" ", max(0, end - 16), end) + 1 : end]
        if last not in self.known.quantifier_ends and last[-1:] not in "'~≈<>≥≤":
            return ""
        for length in self.known.quantifier_lengths:
            word = self.lower[end - length : end] if length <= end else ""
            if word in self.known.quantifiers and self._edge_of(end - length):
                return word
        return ""

    def _edge_of(self, start: int) -> bool:
        return start <= 0 or not self.lower[start].isalnum() or self._edge(start)

    def _is_phrasal(self, word: str, start: int, measure: Measure | None) -> bool:
        """Whether the word belongs to the verb before it ('handed over 41 statues')."""
        verbs = self.known.phrasal.get(word)
        if not verbs:
            return False
        verb = self.about.lemma_before(start)
        # 'It took over two hours', 'the loss ran over £5m'.
        return verb in verbs and not (measure and verb in self.known.lasting)

    # --- behind it

    def _blur_behind(self, amount: Amount) -> None:
        """Adds the words behind a number that blur it ('500-plus', '100 or more')."""
        match = self.known.after.match(self.lower, amount.end)
        if match is None or self.lower[match.end() : match.end() + 1].isalnum():
            return
        if amount.closed == amount.end:
            amount.closed = match.end()
        amount.end = match.end()
        amount.quantifier = self.known.afterwards[match[0]]

    def _measure_at(self, end: int) -> tuple[Measure | None, int]:
        """The measure that stands behind a number, with its end."""
        known, glued = self.known, True
        at = end
        if self.flat[at : at + 1] == " ":
            at, glued = at + 1, False
        linked = known.linked.match(self.lower, at)
        if linked and not glued:
            at = linked.end()
        if glued and _PRIME.match(self.lower, at):
            return _FEET, at + 1
        found = known.measures.at(self.text, self.flat, at, glued=glued)
        if found is None or (found.doubtful and not self._is_money(found, at)):
            return None, end
        return found, at + len(found.surface)

    def _is_money(self, measure: Measure, at: int) -> bool:
        """Whether a currency whose name is a common word stands as one."""
        if measure.surface.isupper() and len(measure.surface) > 2:
            return any(each.islower() for each in self.text[max(0, at - 24) : at + 24])
        return self.about.is_noun(at)

    def _measure(self, amount: Amount) -> None:
        """Adds the measure behind a number. A sign before the number has it already; a currency
        behind tells whose it is ('$5 million CAD')."""
        measure, end = self._measure_at(amount.end)
        if measure is None or (amount.signed and measure.kind != "money"):
            return
        amount.measure = replace(measure, factor=1.0) if amount.signed else measure
        amount.end = end

    def _turn(self, amount: Amount) -> None:
        """Adds 'and a half' behind a measure, and the words that make an amount negative ('20
        degrees below zero')."""
        match = self.known.halves_words.match(self.flat, amount.end)
        if match is not None and amount.upper is None:
            amount.value += self.known.halves[match[1]] * amount.number.factor
            amount.end = match.end()
        for words in self.known.below:
            if self.lower.startswith(" " + words, amount.end) and amount.value > 0:
                amount.end += len(words) + 1
                amount.value = -amount.value

    def _add(self, amount: Amount) -> None:
        """Adds the smaller part behind an amount ('two hours and 30 minutes', '6ft 2in', '5 dollars
        20 cents')."""
        measure = amount.measure
        if measure is None or amount.upper is not None or measure.kind == "percent":
            return
        link = _AND.match(self.lower, amount.end)
        at = link.end() if link else amount.end
        inches = _INCHES.match(self.lower, amount.end) if measure.unit == "ft" else None
        if inches is not None and amount.value.is_integer():
            amount.value += int(inches[1]) / 12
            amount.end = inches.end()
            return
        if at >= len(self.lower) or not self.known.anchor.match(self.lower, at):
            return
        number = self.numbers.at(at)
        if number is None or number.upper is not None:
            return
        smaller, end = self._measure_at(number.end)
        if smaller is None:
            return
        # 'Eight pounds six ounces', 'eleven stone four pounds'.
        if not amount.signed and measure.unit == "GBP" and smaller.unit == "oz":
            measure = amount.measure = replace(measure, kind="measure", unit="lb")
        elif measure.unit == "stone" and smaller.unit == "GBP":
            smaller = replace(smaller, unit="lb")
        if measure.kind == "money":
            share = self.known.measures.parts.get(smaller.surface)
        elif measure.kind == "measure" and link and link[0].strip():
            share = None
        else:
            share = ratio(smaller.unit, measure.unit)
        if share is not None and share < 1 and number.value * share < 1:
            amount.value += number.value * share
            amount.end = end

    # --- two numbers

    def _is_share(self, amount: Amount) -> bool:
        """Makes an amount that is a share its percentage: 'two-thirds of', 'one in three', 'seven
        out of ten'. Returns whether it is one."""
        number = amount.number
        if number.share:
            amount.value, amount.shared = round(number.value * 100, 6), True
            return True
        if number.factor != 1 or number.upper is not None or amount.measure is not None:
            return False
        match = self.known.shares.match(self.lower, number.end)
        if match is None or not self.known.anchor.match(self.lower, match.end()):
            return False
        whole = self.numbers.at(match.end())
        if whole is None or whole.upper is not None or not 0 < number.value < whole.value:
            return False
        rare = whole.value > _WHOLE and whole.value not in _WHOLES
        if match[0].strip() in self.known.inside and rare:
            return False
        if self._measure_at(whole.end)[0] is not None:
            return False
        amount.value, amount.shared = round(100 * number.value / whole.value, 6), True
        amount.closed = amount.end = whole.end
        return True

    def _range(self, amount: Amount, *, between: bool) -> None:
        """Adds the second number of a range, or of a vote or score."""
        if amount.upper is not None:
            return
        joint = self.known.joints.match(self.lower, amount.end)
        if joint is None or joint.end() >= len(self.lower):
            return
        at, sign = joint.end(), None
        if not self.known.anchor.match(self.lower, at):
            at, sign = self._signed_at(at)
            if sign is None or not self.known.anchor.match(self.lower, at):
                return
        second = self.numbers.at(at, money=amount.signed)
        if second is None or second.upper is not None:
            return
        measure, end = self._measure_at(second.end)
        own = None if amount.signed else amount.measure
        both = joint[1] in self.known.both
        if own is not None and (measure is None or measure.unit != own.unit):
            return
        if amount.signed and not (sign or joint[2] or second.end == end):
            return
        if own is not None and between and not both:
            return  # 'from 5 % to 8 %' is a change
        if both and not between:
            if amount.measure is None:  # '5 and 6 kg'
                amount.measure = measure
            return
        value, upper = amount.value, second.value
        if second.factor > 1 and amount.number.factor == 1 and value * second.factor <= upper:
            value *= second.factor  # '2 to 3 million'
        if upper <= value and not between:
            if upper < value and measure is None and amount.measure is None:
                amount.pair = second
            return
        amount.value, amount.upper = min(value, upper), max(value, upper)
        amount.closed, amount.end = second.end, end
        amount.measure = amount.measure or measure
        amount.dashed = joint[2] is not None

    def _signed_at(self, at: int) -> tuple[int, Measure | None]:
        """Where the number behind a currency begins ('$2 to $3 million')."""
        for length in range(1, min(5, len(self.text) - at)):
            sign = self.known.measures.until(self.text, at + length)
            if sign is not None and len(sign.surface) == length:
                spaced = self.lower[at + length : at + length + 1] == " "
                if self.lower[at + length + spaced : at + length + spaced + 1].isdecimal():
                    return at + length + spaced, sign
        return at, None
