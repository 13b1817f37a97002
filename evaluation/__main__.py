"""`python -m evaluation`: figures beside those asked for, what each layer brings, the floors."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain.annotation import Annotation
from app.resolve.across import RULES
from app.resolve.knowledge import Knowledge
from app.resolve.within import LAYERS
from evaluation import articles, floors
from evaluation.annotated import annotated
from evaluation.corpora import EVAL, Corpus
from evaluation.cost import cost
from evaluation.measures import ASKED, Figures, linked_names, typed
from evaluation.systems import Linked, bare, ours

type System = Callable[[Sequence[str], Sequence[Annotation]], list[list[Linked]]]

_COST_TEXTS = 150


@dataclass(frozen=True, slots=True)
class Bench:
    """The corpora with the model's annotations of them."""

    articles: tuple[Corpus, Corpus]
    ner: Corpus
    entities: Corpus
    annotations: tuple[list[Annotation], list[Annotation], list[Annotation]]

    @classmethod
    def prepare(cls, folder: Path) -> "Bench":
        """All corpora, annotated or taken from the cache."""
        own = articles.corpora(folder)
        ner, entities = Corpus.read("ner.jsonl"), Corpus.read("entities.jsonl")
        return cls(
            own,
            ner,
            entities,
            (annotated(own[0].texts), annotated(ner.texts), annotated(entities.texts)),
        )

    def figures(self, system: System) -> Figures:
        """The figures of one system on all corpora."""
        of_articles, of_ner, of_entities = self.annotations
        found = system(self.articles[0].texts, of_articles)
        return {
            **typed(self.articles[0], found),
            **linked_names(self.articles[1], found, "PERSON,ORG,PLACE,NORP"),
            **typed(self.ner, system(self.ner.texts, of_ner)),
            **linked_names(self.entities, system(self.entities.texts, of_entities)),
        }


def main() -> int:
    """The exit code: 1 where a figure is below its floor."""
    options = _options()
    if not EVAL.is_dir():
        print(f"The data to measure with is not here: {EVAL}")
        return 2
    knowledge = Knowledge.load()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench.prepare(Path(folder))
        model = bench.figures(bare)
        reached = bench.figures(partial(ours, knowledge=knowledge))
        print(f"{'':16s} {'model':>7s} {'ours':>7s} {'asked':>7s}")
        for name, (asked, _) in ASKED.items():
            target = "" if asked is None else f"{asked:7.2f}"
            print(f"{name:16s} {model[name]:7.3f} {reached[name]:7.3f} {target}")
        if options.cost:
            found = cost(bench.entities.texts[:_COST_TEXTS])
            print(f"{'words/s ratio':16s} {1:7.3f} {found.bare:7.3f} {0.9:7.2f}")
            print(f"{'same algebra':16s} {1:7.3f} {found.same:7.3f}")
        if options.ablations:
            _ablations(bench, knowledge, reached)
        corpora = {
            "articles": bench.articles[0].sha256,
            "ner.jsonl": bench.ner.sha256,
            "entities.jsonl": bench.entities.sha256,
        }
    shown = {name: reached[name] for name in ASKED}
    if options.write_floors:
        floors.write(shown, corpora)
        print("These figures are the floors now.")
    rising = {name: more for name, (_, more) in ASKED.items()}
    faults = list(floors.breaches(shown, corpora, rising=rising))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _ablations(bench: Bench, knowledge: Knowledge, reached: Figures) -> None:
    print("\nWhat each layer brings: the figure with all layers less the figure without this one")
    names = list(ASKED)
    print(f"{'':27s} " + " ".join(f"{name.replace('articles', 'art.'):>15s}" for name in names))
    for layer in (*LAYERS, *RULES):
        less = bench.figures(partial(ours, knowledge=knowledge, without=(layer,)))
        gains = " ".join(f"{reached[name] - less[name]:+15.3f}" for name in names)
        print(f"{layer:27s} {gains}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--ablations", action="store_true", help="leave layers out one by one")
    parser.add_argument("--cost", action="store_true", help="measure speed against the bare model")
    parser.add_argument(
        "--write-floors", action="store_true", help="make the figures reached the floors"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
