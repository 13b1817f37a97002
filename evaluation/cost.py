"""What everything around the model costs."""

import time
from collections.abc import Callable, Sequence

from app.annotate import models
from app.annotate.pipeline import BATCH
from app.domain.annotation import AnalysisInput
from app.services.analyse import Analyser
from evaluation.annotated import MODELS

_ROUNDS = 3


def cost(texts: Sequence[str]) -> float:
    """Words a second of analysing English texts, over those of the bare model with the same
    components on the same texts: both in this process, in turns, start-up left out, in processor
    time."""
    bare = models.load("en", models.folder("en", MODELS["en"]))
    analyser = Analyser(MODELS, "en")
    inputs = [AnalysisInput(text, 0, "en") for text in texts]
    warm = list(texts[:20])

    def run_bare(some: Sequence[str]) -> None:
        with bare.memory_zone():
            for _ in bare.pipe(some, batch_size=BATCH):
                pass

    run_bare(warm)
    analyser.analyse(inputs[:20])
    ratios = []
    for _ in range(_ROUNDS):
        alone = _seconds(lambda: run_bare(texts))
        whole = _seconds(lambda: analyser.analyse(inputs))
        ratios.append(alone / whole)
    return sorted(ratios)[_ROUNDS // 2]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
