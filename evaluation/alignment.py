"""`python -m evaluation.alignment`: which sentences report the same thing, beside what people read.

Every figure is cross-validated: each pair of articles is aligned, by the product's own code, with
weights that were fitted on all other stories. Rules and thresholds are not fitted; where they were
chosen by eye, the articles of the shared half were open to see, and those of our own half too.
"""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from app.compare.statements.features import FEATURES, Floats
from app.compare.statements.model import EVEN, SURE, Model
from app.compare.statements.omission import ALONE
from app.services.pipeline import Analyser
from evaluation import idf_baseline, reliability
from evaluation.aligned import ReadPair, read_pairs
from evaluation.annotated import MODELS
from evaluation.corpora import EVAL
from evaluation.fit_alignment import USED, fit, folds, held_out, read
from evaluation.scored_alignment import Counts, Figures, Row, counted, figures, intervals, predicted
from evaluation.two_readers import agreement

# Of the shared half; the sums behind it stand in the decision on the alignment.
ASKED: Mapping[str, float] = {
    "precision_any": 0.92,
    "recall_2": 0.70,
    "omission_precision": 0.95,
    "omission_precision_any": 0.75,
    "own_recall_8": 0.60,
    "differ_related": 0.80,
    "differ_precision": 0.40,
    "differ_recall": 0.25,
    "differ_kind": 0.70,
}
ASKED_ERROR = 0.07
HALVES: Mapping[str, Callable[[ReadPair], bool]] = {
    "shared half": lambda pair: pair.open_half,
    "own pairs": lambda pair: not pair.open_half,
    "all": lambda _: True,
}
_WITH, _WITHOUT = USED["words and vectors"], USED["words"]


@dataclass(frozen=True)
class Bench:
    """The pairs of articles, with and without vectors."""

    pairs: Sequence[ReadPair]
    plain: Sequence[ReadPair]

    @classmethod
    def prepare(cls) -> "Bench":
        """All pairs of the gold, analysed."""
        analyser = Analyser(MODELS, "en")
        return cls(read_pairs(analyser), read_pairs(analyser, vectors=False))

    @cached_property
    def models(self) -> Mapping[str, Model]:
        """For each pair what decides, fitted on all other stories."""
        return held_out(self.pairs, partial(fit, names=_WITH))

    @cached_property
    def systems(self) -> Mapping[str, Sequence[Counts]]:
        """What each system makes of each pair, as counts of the scoring script."""
        without = {
            pair.gold["pair"]: model._replace(probable=fit(others, _WITHOUT).probable)
            for own, others in folds(self.plain)
            for pair in own
            for model in [self.models[pair.gold["pair"]]]
        }
        return {
            "reached": self.counted(predicted(p, self.models[p.gold["pair"]]) for p in self.pairs),
            "no vectors": self.counted(predicted(p, without[p.gold["pair"]]) for p in self.plain),
            "IDF cosine": self.counted(map(idf_baseline.predicted, self.plain)),
        }

    def counted(self, rows: Iterable[Row]) -> Sequence[Counts]:
        """The counts of each pair, in the order of the pairs."""
        return counted((pair.gold for pair in self.pairs), rows)

    def half(self, name: str, counts: Sequence[Counts]) -> list[Counts]:
        """The counts of the pairs of one half."""
        within = HALVES[name]
        return [each for pair, each in zip(self.pairs, counts, strict=True) if within(pair)]

    def figures(self) -> Mapping[str, Figures]:
        """The figures of each half."""
        return {name: figures(self.half(name, self.systems["reached"])) for name in HALVES}

    @cached_property
    def reliability(self) -> list[reliability.Bin]:
        """Probability and truth of all weighed pairs of sentences."""
        return reliability.bins(*self._chances(_WITH))

    def _chances(self, names: Sequence[str]) -> tuple[Floats, np.typing.NDArray[np.bool_]]:
        chances, right = [], []
        for own, others in folds(self.pairs):
            made = fit(others, names)
            for pair in own:
                values, true = read(pair)
                chances.append(made.probable(values, "words and vectors"))
                right.append(true)
        return np.concatenate(chances), np.concatenate(right)

    def log_loss(self, names: Sequence[str]) -> float:
        """The mean negative logarithm of the probability of what is true, in nats."""
        chances, right = self._chances(names)
        return float(-np.log(np.where(right, chances, 1 - chances)).mean())

    def aligned(self, names: Sequence[str], sure: float = SURE, even: float = EVEN) -> Figures:
        """The figures of pairs of sentences, on all pairs of articles, with these features alone
        and these thresholds."""
        return figures(
            self.counted(
                predicted(pair, Model(made.probable, sure=sure, even=even))
                for own, others in folds(self.pairs)
                for made in [fit(others, names)]
                for pair in own
            )
        )

    def apart(self, threshold: float) -> Figures:
        """The figures of what stands alone with another threshold, on all pairs of articles."""
        models = self.models
        return figures(
            self.counted(predicted(p, models[p.gold["pair"]], apart=threshold) for p in self.pairs)
        )


def main() -> int:
    """The exit code: 2 without the data. The floors are those of `evaluation.sections`."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.alignment", description=__doc__)
    parser.add_argument(
        "--ablations", action="store_true", help="leave features out one by one; other thresholds"
    )
    options = parser.parse_args()
    if not EVAL.is_dir():
        print(f"The data to measure with is not here: {EVAL}")
        return 2
    bench = Bench.prepare()
    for name in HALVES:
        _half(bench, name)
    error = reliability.calibration_error(bench.reliability)
    print(f"\ncalibration error {error:.3f}, asked {ASKED_ERROR:.2f} at most")
    print("mean right pairs")
    for line in reliability.plot(bench.reliability):
        print(line)
    readers = agreement()
    print(
        "\nF1 of two readers of two pairs of articles: "
        f"any grade {readers.any_grade:.3f}, grade 2 {readers.grade_2:.3f}"
    )
    if options.ablations:
        _ablations(bench)
        _thresholds(bench)
    return 0


def _half(bench: Bench, name: str) -> None:
    counts = {system: bench.half(name, each) for system, each in bench.systems.items()}
    systems = {system: figures(each) for system, each in counts.items()}
    around = intervals(counts["reached"], ASKED)
    print(f"\n{name + f' ({len(counts["reached"])})':24s} reached      95 %      asked ", end="")
    print(" ".join(f"{system:>10s}" for system in systems if system != "reached"))
    for figure, asked in ASKED.items():
        low, high = around[figure]
        print(
            f"{figure:24s} {systems['reached'][figure]:7.3f} {low:.3f}-{high:.3f} {asked:7.2f}",
            *(f"{each[figure]:10.3f}" for system, each in systems.items() if system != "reached"),
        )


def _ablations(bench: Bench) -> None:
    print("\nWithout a feature    log-loss precision_any recall_2")
    for left_out in (None, *FEATURES):
        names = [name for name in FEATURES if name != left_out]
        found = bench.aligned(names)
        print(
            f"{left_out or '(with all)':20s} {bench.log_loss(names):8.4f} "
            f"{found['precision_any']:13.3f} {found['recall_2']:8.3f}"
        )


def _thresholds(bench: Bench) -> None:
    print("\nSURE EVEN precision_any recall_2")
    for sure in (0.7, SURE, 0.8, 0.88):
        for even in (0.4, EVEN, 0.6):
            found = bench.aligned(_WITH, sure, even)
            print(f"{sure:.2f} {even:.2f} {found['precision_any']:13.3f} {found['recall_2']:8.3f}")
    print("\nALONE omission_precision _any own_recall_8")
    for apart in (0.4, ALONE, 0.6, 0.7):
        found = bench.apart(apart)
        print(
            f"{apart:5.2f} {found['omission_precision']:18.3f} "
            f"{found['omission_precision_any']:4.2f} {found['own_recall_8']:12.3f}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
