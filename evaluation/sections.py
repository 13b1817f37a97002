"""`python -m evaluation.sections`: what the sections of a comparison reach, and their floors.

One line a figure: what is reached, what was asked. The floors are kept in `floors_sections.json`;
`--write-floors` makes the figures reached the floors.
"""

import argparse
import hashlib
from collections.abc import Mapping
from pathlib import Path

from app.services.pipeline import Analyser
from evaluation import (
    alignment,
    changed_figures,
    changed_quotes,
    floors,
    quotes,
    sentence_pairs,
    statements,
)
from evaluation.aligned import gold_hash
from evaluation.annotated import MODELS, annotated
from evaluation.compared_statements import Statements
from evaluation.corpora import EVAL, Corpus
from evaluation.reliability import calibration_error

FLOORS = Path(__file__).with_name("floors_sections.json")
ASKED: Mapping[str, float | None] = {
    "quotes, content token F1": 0.70,
    "quotes, recall of direct": 0.95,
    "quotes, speaker strict": 0.80,
    "changed word of a quote": 0.95,
    "identical quotes the same": 1.0,
    "changed number a conflict": 0.95,
    "identical figures agree": 1.0,
    **statements.ASKED,
    **{f"{name}, shared half": asked for name, asked in alignment.ASKED.items()},
    **{f"{name}, own pairs": None for name in alignment.ASKED},
    "calibration error": alignment.ASKED_ERROR,
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
    bench = alignment.Bench.prepare()
    aligned = bench.figures()
    values = (
        joined["tokens"],
        max(joined["direct"], apart["direct"]),
        joined["speaker"],
        words.altered / words.changes,
        words.same / words.quotes,
        numbers.conflicts / numbers.changes,
        numbers.agree / numbers.groups,
        *statements.figures(Statements()).values(),
        *(aligned[half][name] for half in ("shared half", "own pairs") for name in alignment.ASKED),
        calibration_error(bench.reliability),
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
        asked = ASKED[name]
        print(f"{name:36s} {value:7.3f} {'' if asked is None else f'{asked:7.2f}'}")
    corpora = {"quotes.jsonl": corpus.sha256, "gold of the alignment": gold_hash()}
    for path in (sentence_pairs.UNSEEN, sentence_pairs.TRAPS, sentence_pairs.CROSSLINGUAL):
        corpora[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    if options.write_floors:
        floors.write(found, corpora, path=FLOORS)
        print("These figures are the floors now.")
    rising = {name: name != "calibration error" for name in found}
    faults = list(floors.breaches(found, corpora, rising=rising, path=FLOORS))
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())
