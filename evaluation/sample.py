"""`python -m evaluation.sample`: what can be measured on the project's own texts alone.

For a clone without `../shared`: words of quotes and numbers are changed in copies of the sample, as
`evaluation.sections` does on more texts, and held to the same floors.
"""

import json

from app.services.pipeline import Analyser
from evaluation import changed_figures, changed_quotes
from evaluation.annotated import MODELS
from evaluation.corpora import EVAL
from evaluation.sections import FLOORS


def reached() -> dict[str, float]:
    """Those figures of `evaluation.sections` that need no other texts, in 0..1."""
    analyser = Analyser(MODELS, "en")
    texts = changed_quotes.carriers()
    words = changed_quotes.figures(analyser, texts)
    numbers = changed_figures.figures(analyser, texts)
    return {
        "changed word of a quote": words.altered / words.changes,
        "identical quotes the same": words.same / words.quotes,
        "changed number a conflict": numbers.conflicts / numbers.changes,
        "identical figures agree": numbers.agree / numbers.groups,
    }


def main() -> int:
    """The exit code: 1 where a figure is below its floor."""
    if not EVAL.is_dir():
        print("Left out, as ../shared/eval is not here: names, speakers, statements, stories.")
    kept = json.loads(FLOORS.read_text(encoding="utf-8"))
    found = reached()
    for name, value in found.items():
        print(f"{name:36s} {value:7.3f} {kept['floors'][name]:7.3f}")
    return int(any(value < kept["floors"][name] - kept["noise"] for name, value in found.items()))


if __name__ == "__main__":
    raise SystemExit(main())
