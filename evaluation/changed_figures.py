"""`python -m evaluation.changed_figures`: a number changed in a copy, and who notices.

Carriers are those of `evaluation.changed_quotes`. Each figure in digits that is no age or duration
and no bound has its number replaced, and the copy is compared with the original.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.annotation import AnalysisInput
from app.domain.comparison import TextToCompare
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from app.services.texts import Analyse
from evaluation.annotated import MODELS
from evaluation.changed_quotes import carriers

ASKED = 0.95
# Bounds leave room for other numbers: those are compatible.
_OPEN = frozenset({"at least", "more than", "at most", "less than"})
_KINDS = frozenset({"count", "money", "percent", "measure"})


@dataclass(frozen=True, slots=True)
class Shares:
    """`conflicts` of `changes` were reported so; of `groups` in identical texts, `agree` agree."""

    changes: int
    conflicts: int
    groups: int
    agree: int


class Copy(NamedTuple):
    """A text with something changed `at` a character of it."""

    text: str
    at: int


def figures(analyser: Analyser, texts: Sequence[TextToCompare]) -> Shares:
    """How many changed numbers are reported as conflicts, one change a copy."""
    changes = conflicts = groups = agree = 0
    for text in texts:
        same = _verdicts(analyser, text, text.text)
        groups += len(same)
        agree += same.count("agree")
        for copy in copies(analyser.analyse, text):
            changes += 1
            conflicts += "conflict" in _verdicts(analyser, text, copy.text)
    return Shares(changes, conflicts, groups, agree)


def _verdicts(analyser: Analyser, text: TextToCompare, copy: str) -> list[str]:
    other = TextToCompare("copy", copy, text.title, text.published)
    answer = compare_texts([text, other], analyser.analyse, sections=["figures"], top=500)
    return [each.verdict for each in answer.figures.items] if answer.figures else []


def copies(analyse: Analyse, text: TextToCompare) -> Iterator[Copy]:
    """Copies of the body of a text, each with one number replaced."""
    head = f"{text.title}\n\n" if text.title else ""
    whole = head + text.text
    (analysis,) = analyse([AnalysisInput(whole, len(head), text.language)])
    for figure in analysis.findings.figures:
        # A number in words is left alone: what it is in other words is a matter of taste.
        written = f"{figure.value:,.0f}"
        at = figure.text.find(written)
        if figure.kind in _KINDS and figure.quantifier not in _OPEN and at >= 0:
            start = figure.start + at
            new = f"{figure.value * 2 + 3:,.0f}"
            if start >= len(head):
                copy = whole[:start] + new + whole[start + len(written) :]
                yield Copy(copy[len(head) :], start - len(head))


def main() -> int:
    """The exit code: 1 where less is noticed than was asked."""
    found = figures(Analyser(MODELS, "en"), carriers())
    share = found.conflicts / found.changes
    print(f"changed numbers reported as a conflict: {share:.3f} of {found.changes}")
    print(f"figures of identical texts that agree: {found.agree} of {found.groups}")
    return int(share < ASKED or found.agree < found.groups)


if __name__ == "__main__":
    raise SystemExit(main())
