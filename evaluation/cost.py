"""What everything around the model costs."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import spacy
from spacy.language import Language

from app.annotate import models
from app.annotate.pipeline import BATCH
from app.domain.annotation import AnalysisInput
from app.services.pipeline import Analyser
from evaluation.annotated import MODELS

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Words a second of analysing texts over those of the bare model: `spacy.load` as it comes, and
    (`same`) the model as Parallax loads it, with the faster linear algebra."""

    bare: float
    same: float


def cost(texts: Sequence[str]) -> Cost:
    """What analysing English texts costs beside the bare model with the same components on the same
    texts: all in this process, in turns, start-up left out, in processor time."""
    folder = models.folder("en", MODELS["en"])
    plain, same = spacy.load(folder), models.load("en", folder)
    analyser = Analyser(MODELS, "en")
    inputs = [AnalysisInput(text, 0, "en") for text in texts]
    warm = list(texts[:20])

    def run(bare: Language, some: Sequence[str]) -> None:
        with bare.memory_zone():
            for _ in bare.pipe(some, batch_size=BATCH):
                pass

    run(plain, warm)
    run(same, warm)
    analyser.analyse(inputs[:20])
    ratios: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        alone = [_seconds(partial(run, bare, texts)) for bare in (plain, same)]
        whole = _seconds(lambda: analyser.analyse(inputs))
        for found, seconds in zip(ratios, alone, strict=True):
            found.append(seconds / whole)
    return Cost(*(sorted(found)[_ROUNDS // 2] for found in ratios))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
