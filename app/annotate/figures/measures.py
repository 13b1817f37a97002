"""What stands beside a number and says what it measures: currencies, units, per cent, times."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase
from typing import Any

from app.annotate.patterns import any_of
from app.domain.figure import FigureKind
from app.languages import ALL, load

_CODE = re.compile(r"([TkKMmB]|bn)?([A-Z]{3})(?!\w)")
_LONGEST = 6  # letters of what stands for a currency before a number


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number is of: the kind of its figure, the unit, and what the number is to be
    multiplied by ('50 MUSD'). `surface` is what is written; `exact` ones are in these letters
    alone ('C', 'MW'), `doubtful` ones are common words too ('won', 'marks')."""

    surface: str
    kind: FigureKind
    unit: str
    factor: float = 1.0
    exact: bool = False
    doubtful: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a language: those behind a number, with their lower case, by the two first
    letters of it, longest first, and a pattern of them all (`surfaces`); those before it by their
    whole surface, and what such a one may end with (`closing`); and the small coins that are added
    to the large."""

    behind: Mapping[str, tuple[tuple[str, Measure], ...]]
    surfaces: re.Pattern[str]
    before: Mapping[str, str]
    closing: frozenset[str]
    codes: frozenset[str]
    words: frozenset[str]
    scales: Mapping[str, float]
    parts: Mapping[str, float]

    def at(self, text: str, flat: str, start: int, *, glued: bool) -> Measure | None:
        """The longest measure that stands at an offset of a text; `flat` is the text in lower
        case, with a space for each hyphen."""
        longest = self.surfaces.match(flat, start)
        if longest is not None:
            for opening in (longest[0][:2], longest[0][:1]):
                for surface, each in self.behind.get(opening, ()):
                    if (
                        flat.startswith(surface, start)
                        and not flat[start + len(surface) : start + len(surface) + 1].isalnum()
                        and (not each.exact or text.startswith(each.surface, start))
                        and (glued or not each.glued)
                    ):
                        return each
        match = _CODE.match(text, start)
        if match is None or match[2] not in self.codes:
            return None
        return Measure(
            match[0],
            "money",
            match[2],
            self.scales[match[1]] if match[1] else 1.0,
            doubtful=match[2] in self.words,
        )

    def until(self, text: str, end: int) -> Measure | None:
        """The currency that ends at an offset, before a number: a sign, a code, or both."""
        if text[end - 1] not in self.closing and text[max(0, end - 2) : end] not in self.closing:
            return None
        if not text[end - 1].isalnum():
            for length in range(min(6, end), 0, -1):
                surface = text[end - length : end]
                unit = self.before.get(surface)
                if unit is not None and self._opens(text, end - length):
                    return Measure(surface, "money", unit, exact=True)
            return None
        word = end
        while word > 0 and text[word - 1].isalnum():
            word -= 1
            if end - word > _LONGEST:
                return None
        surface = text[word:end]
        if not self._opens(text, word):
            return None
        unit = self.before.get(surface)
        if unit is not None:
            return Measure(surface, "money", unit, exact=True)
        match = _CODE.fullmatch(surface) if surface[-1:].isupper() else None
        if match is None or match[2] not in self.codes:
            return None
        scale = self.scales[match[1]] if match[1] else 1.0
        return Measure(surface, "money", match[2], scale, doubtful=match[2] in self.words)

    @staticmethod
    def _opens(text: str, start: int) -> bool:
        """Whether no word runs into this place."""
        return not (start and text[start].isalnum() and text[start - 1].isalnum()) and not (
            start and text[start - 1] in "&/."
        )


@cache
def measures(language: str) -> Measures:
    """From `currencies.json` and `units.json` of a language, and of all (`mul`)."""
    money, units = load(language, "currencies"), load(language, "units")
    signs, symbols = load(ALL, "currencies"), load(ALL, "units")
    found = {
        each.surface: each
        for each in (*_symbols(signs, symbols), *_named(units), *_currencies(money))
    }
    behind: dict[str, list[tuple[str, Measure]]] = {}
    for each in sorted(found.values(), key=lambda one: (-len(one.surface), one.surface)):
        surface = _flat(each.surface)
        behind.setdefault(surface[:2], []).append((surface, each))
    return Measures(
        {first: tuple(of) for first, of in behind.items()},
        re.compile(rf"{any_of(_flat(each.surface) for each in found.values())}(?![^\W_])"),
        signs["signs"],
        frozenset({*(_ending(each) for each in signs["signs"]), *ascii_uppercase}),
        frozenset(signs["codes"]),
        frozenset(signs["words"]),
        signs["scales"],
        money.get("parts", {}),
    )


def _ending(sign: str) -> str:
    """How a currency before a number ends: two letters of a small one, as many words end alike."""
    return sign[-2:] if sign[-1].islower() else sign[-1]


def _flat(surface: str) -> str:
    """A surface as it is looked for: in lower case, with a space for each hyphen."""
    return surface.lower().replace("-", " ")


def _symbols(signs: Mapping[str, Any], symbols: Mapping[str, Any]) -> Iterator[Measure]:
    for sign in signs["behind"]:
        yield Measure(sign, "money", signs["signs"][sign], exact=True)
    for code in signs["lower"]:
        yield Measure(code, "money", code.upper(), exact=True)
    for kind in ("units", "durations", "percent"):
        for symbol, unit in symbols[kind].items():
            yield Measure(symbol, _KINDS[kind], unit, exact=True)
    for symbol, unit in symbols["glued"].items():
        yield Measure(symbol, "measure", unit, exact=True, glued=True)


_KINDS: Mapping[str, FigureKind] = {
    "units": "measure", "durations": "duration", "percent": "percent"
}  # fmt: skip


def _named(units: Mapping[str, Any]) -> Iterator[Measure]:
    for kind, means in _KINDS.items():
        for unit, names in units.get(kind, {}).items():
            for name in _forms(names):
                yield Measure(name, means, unit)
    for name, unit in units.get("glued", {}).items():
        yield Measure(name, "percent" if unit == "%" else "money", unit, glued=True)


def _currencies(money: Mapping[str, Any]) -> Iterator[Measure]:
    doubtful = frozenset(money.get("doubtful", ()))
    for name, unit in money.get("small", {}).items():
        yield Measure(name, "money", unit)
    for each in money.get("currencies", ()):
        for form in each["forms"]:
            yield Measure(form, "money", each["unit"], doubtful=form in doubtful)
            for whose, code in each.get("of", {}).items():
                yield Measure(f"{whose} {form}", "money", code)


def _forms(names: Iterable[str]) -> Iterator[str]:
    """Each name in the singular and, where it has '(s)', the plural."""
    for name in names:
        yield name.replace("(s)", "")
        if "(s)" in name:
            yield name.replace("(s)", "s")
