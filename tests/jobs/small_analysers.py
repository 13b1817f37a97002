"""Analysers in plain Python for the tests of jobs: quick to start, and bad on demand."""

import os
import re
import signal
import time
from dataclasses import dataclass

from app.domain.annotation import (
    Analysis,
    AnalysisInput,
    Annotation,
    Cluster,
    Mention,
    Term,
    Tokens,
)
from app.domain.findings import TextFindings
from app.domain.statement import Sentence
from app.errors import ModelMissing

_NAME = re.compile(r"[A-Z][a-z]+")
_WORD = re.compile(r"\w+")


def analyse(text: AnalysisInput, pipeline: str = "small-1") -> Analysis:
    """Words are runs of word characters, a name is a capitalised one, one name one cluster."""
    words = list(_WORD.finditer(text.text))
    names = [Mention(m.start(), m.end(), m.group(), "PERSON") for m in _NAME.finditer(text.text)]
    clusters: dict[str, list[Mention]] = {}
    for name in names:
        clusters.setdefault(name.text, []).append(name)
    terms: dict[str, list[tuple[int, int]]] = {}
    for word in words:
        terms.setdefault(word.group().lower(), []).append((word.start(), word.end()))
    tokens = Tokens(
        starts=tuple(m.start() for m in words),
        ends=tuple(m.end() for m in words),
        pos=("NOUN",) * len(words),
        tags=("NN",) * len(words),
        lemmas=tuple(m.group().lower() for m in words),
        heads=tuple(range(len(words))),
        deps=("ROOT",) * len(words),
    )
    return Analysis(
        pipeline=pipeline,
        annotation=Annotation(
            model="small",
            language="en",
            tokens=tokens,
            sentences=((0, len(text.text)),),
            mentions=tuple(names),
        ),
        clusters=tuple(
            Cluster(name, "PERSON", tuple(mentions), None, ())
            for name, mentions in clusters.items()
        ),
        terms=tuple(Term(lemma, tuple(spans)) for lemma, spans in terms.items()),
        language="en",
        findings=TextFindings(sentences=(Sentence(0, len(text.text)),)),
    )


class Small:
    """Analyses as it should."""

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        return [analyse(text) for text in inputs]


class Obedient(Small):
    """Does what a text tells it: DIE kills the process, RAISE raises, HANG sleeps, THREADS raises
    with the environment's number of threads, ONCE:path kills the process the first time, AGAIN
    raises with the model that is known to have said something of it."""

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        for text in inputs:
            if "DIE" in text.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "RAISE" in text.text:
                raise ValueError("told to")
            if "HANG" in text.text:
                time.sleep(600)
            if "THREADS" in text.text:
                raise ValueError(f"threads {os.environ['OMP_NUM_THREADS']}")
            if "AGAIN" in text.text and text.said:
                raise ValueError(f"said by {text.said[0].model}")
            if once := re.search(r"ONCE:(\S+)", text.text):
                try:
                    os.close(os.open(once[1], os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    continue
                os.kill(os.getpid(), signal.SIGKILL)
        return super().analyse(inputs)


@dataclass(frozen=True)
class Slow:
    """A factory of analysers that take `seconds` for each text."""

    seconds: float

    def __call__(self) -> "Slow":
        return self

    def analyse(self, inputs: list[AnalysisInput]) -> list[Analysis]:
        time.sleep(self.seconds * len(inputs))
        return [analyse(text) for text in inputs]


def missing() -> Small:
    """What a factory does whose model is not installed."""
    raise ModelMissing("The pipeline 'xx_none' for 'xx' is not installed.")


def dead_at_start() -> Small:
    """What a factory does that crashes in native code."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return Small()
