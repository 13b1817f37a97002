"""`python -m evaluation.changed_quotes`: a word of a quote changed in a copy, and who notices.

Carriers are the sample's reports and, where they are there, the two real articles: each quotation
of two words or more has one of its words replaced, and the copy is compared with the original.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.domain.annotation import AnalysisInput
from app.domain.comparison import TextToCompare
from app.domain.text import Span
from app.intake.clean import clean
from app.intake.readers import read_path
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from evaluation.annotated import MODELS
from evaluation.corpora import SHARED

SAMPLE = Path(__file__).parents[1] / "app" / "data" / "sample"
# What is asked: the share of the changes that are reported as altered.
ASKED = 0.95
# Words that fit nowhere in particular, so that no change is a repair.
_WORDS = ("lantern", "seven", "never", "gladly", "northern", "forget")


@dataclass(frozen=True, slots=True)
class Shares:
    """`altered` of `changes` were reported so; `same` of `quotes` in identical texts were the
    same."""

    changes: int
    altered: int
    quotes: int
    same: int


def carriers() -> list[TextToCompare]:
    """The texts that are changed, as they are stored: cleaned."""
    folders = [SAMPLE, *([SHARED / "articles"] if (SHARED / "articles").is_dir() else [])]
    found = []
    for folder in folders:
        for row in read_path(folder):
            if row.submission is not None:
                document = clean(row.submission, max_chars=100_000)
                head = document.text[: document.body_start].strip()
                body = document.text[document.body_start :]
                found.append(TextToCompare("original", body, head or None, document.published))
    return found


def figures(analyser: Analyser, texts: Sequence[TextToCompare], seed: int = 1) -> Shares:
    """How many changes of a quoted word are reported, one change a copy."""
    random = Random(seed)
    changes = altered = quotes = same = 0
    for text in texts:
        answer = _quotes(analyser, text, text.text)
        quotes += len(answer)
        same += sum(change == "same" for change in answer)
        for changed in _changed(analyser, text, random):
            changes += 1
            altered += "altered" in _quotes(analyser, text, changed)
    return Shares(changes, altered, quotes, same)


def _quotes(analyser: Analyser, text: TextToCompare, copy: str) -> list[str]:
    other = TextToCompare("copy", copy, text.title, text.published)
    answer = compare_texts([text, other], analyser.analyse, sections=["quotes"], top=500)
    return [each.change for each in answer.quotes.same] if answer.quotes else []


def _changed(analyser: Analyser, text: TextToCompare, random: Random) -> Iterator[str]:
    head = f"{text.title}\n\n" if text.title else ""
    whole = head + text.text
    (analysis,) = analyser.analyse([AnalysisInput(whole, len(head), text.language)])
    for quote in analysis.findings.quotes:
        words = [word for span in quote.quoted for word in _words(whole, span)]
        if len(words) >= 2 and quote.start >= len(head):
            at, new = random.choice(words), random.choice(_WORDS)
            # A word at the beginning of a sentence stays one.
            new = new.capitalize() if whole[at.start].isupper() else new
            yield (whole[: at.start] + new + whole[at.end :])[len(head) :]


def _words(text: str, span: Span) -> Iterator[Span]:
    position = span.start
    for word in text[span.start : span.end].split():
        position = text.index(word, position)
        if word.isalpha():
            yield Span(position, position + len(word))
        position += len(word)


def main() -> int:
    """The exit code: 1 where less is noticed than was asked."""
    found = figures(Analyser(MODELS, "en"), carriers())
    share = found.altered / found.changes
    print(f"changed words of quotes reported as altered: {share:.3f} of {found.changes}")
    print(f"quotes of identical texts that are the same: {found.same} of {found.quotes}")
    return int(share < ASKED or found.same < found.quotes)


if __name__ == "__main__":
    raise SystemExit(main())
