"""`python -m evaluation.sections`: what the sections of a comparison reach, and their floors.

One line a figure: what is reached, what was asked. The floors are kept in `floors_sections.json`;
`--write-floors` makes the figures reached the floors.
"""

import argparse
import hashlib
from collections.abc import Mapping
from pathlib import Path

from app.services.analyse import Analyser
from evaluation import changed_figures, changed_quotes, floors, quotes, statements
from evaluation.annotated import MODELS, annotated
from evaluation.corpora import EVAL, Corpus

FLOORS = Path(__file__).with_name("floors_sections.json")
ASKED: Mapping[str, float | None] = {
    "quotes, content token F1": 0.70,
    "quotes, recall of direct": 0.95,
    "quotes, speaker strict": 0.80,
    "changed word of a quote": 0.95,
    "identical quotes the same": 1.0,
    "changed number a conflict": 0.95,
    "identical figures agree": 1.0,
    "deleted sentence one-sided": 0.95,
    "denied sentence unaligned": 0.95,
    "identical sentences aligned": 1.0,
    "paraphrases precision, tuned": 0.9,
    "paraphrases recall, tuned": 0.7,
    "paraphrases precision, other": 0.9,
    "paraphrases recall, other": 0.7,
    "paraphrases precision, both": 0.9,
    "paraphrases recall, both": 0.7,
    "paraphrases precision, unseen": 0.9,
    "paraphrases recall, unseen": 0.7,
}


def reached(corpus: Corpus) -> dict[str, float]:
    """Every figure of `ASKED`, in 0..1; `corpus` is PolNeAR's half."""
    analyser = Analyser(MODELS, "en")
    texts = changed_quotes.carriers()
    annotations = annotated(corpus.texts)
    joined = quotes.figures(corpus, annotations)
    apart = quotes.figures(corpus, annotations, joined=False)
    words = changed_quotes.figures(analyser, texts)
    numbers = changed_figures.figures(analyser, texts)
    changed = statements.changed(analyser, texts)
    pairs = statements.paraphrases(analyser).values()
    values = (
        joined["tokens"],
        max(joined["direct"], apart["direct"]),
        joined["speaker"],
        words.altered / words.changes,
        words.same / words.quotes,
        numbers.conflicts / numbers.changes,
        numbers.agree / numbers.groups,
        changed["deleted"],
        changed["denied"],
        changed["identical"],
        *(value for each in pairs for value in (each.precision, each.recall)),
    )
    return dict(zip(ASKED, values, strict=True))


def main() -> int:
    """The exit code: 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.sections", description=__doc__)
    parser.add_argument("--write-floors", action="store_true", help="make these the floors")
    options = parser.parse_args()
    if not EVAL.is_dir():
        print(f"The data to measure with is not here: {EVAL}")
        return 2
    corpus = Corpus.read("quotes.jsonl")
    found = reached(corpus)
    for name, value in found.items():
        print(f"{name:30s} {value:7.3f} {ASKED[name]:7.2f}")
    unseen = hashlib.sha256(statements.UNSEEN.read_bytes()).hexdigest()
    corpora = {"quotes.jsonl": corpus.sha256, statements.UNSEEN.name: unseen}
    if options.write_floors:
        floors.write(found, corpora, path=FLOORS)
        print("These figures are the floors now.")
    faults = list(floors.breaches(found, corpora, rising=dict.fromkeys(found, True), path=FLOORS))
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())
