"""The pool: texts in, analyses out, whatever happens to a worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from pathlib import Path

import pytest

from app.domain.annotation import Analysis, AnalysisInput, Failure, Outcome
from app.errors import ModelMissing, Unavailable
from app.jobs.pool import AnalyserPool, analyser_pool, pieces
from app.settings import Settings
from tests.jobs.small_analysers import Obedient, Slow, Small, dead_at_start, missing


def text(content: str) -> AnalysisInput:
    return AnalysisInput(content, 0, "en")


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def running(pid: int) -> bool:
    """Whether the process is there and not a zombie."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):  # the second where it ends while it is read
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def pool() -> Iterator[AnalyserPool]:
    with AnalyserPool(Obedient, 2) as pool:
        assert until(lambda: pool.ready == 2)
        yield pool


def answers(futures: list[Future[Outcome]], seconds: float) -> list[Outcome]:
    return [future.result(seconds) for future in futures]


def names(outcome: Analysis | Failure) -> list[str]:
    assert isinstance(outcome, Analysis)
    return [cluster.name for cluster in outcome.clusters]


def test_outcomes_come_in_the_order_of_the_texts(pool: AnalyserPool) -> None:
    batch = [text(f"Name{chr(97 + i)} spoke.") for i in range(20)]
    outcomes = answers(pool.submit(batch), 10)
    assert [names(outcome) for outcome in outcomes] == [[f"Name{chr(97 + i)}"] for i in range(20)]


def test_analyse_spreads_long_input_over_pieces_and_keeps_order(pool: AnalyserPool) -> None:
    inputs = [text(f"Anna {'word ' * 4_000}{i}") for i in range(12)]
    analyses = pool.analyse(inputs)
    assert [a.annotation.tokens.lemmas[-1] for a in analyses if a.annotation] == [
        str(i) for i in range(12)
    ]


def test_a_text_that_kills_its_worker_fails_alone(pool: AnalyserPool) -> None:
    outcomes = answers(
        pool.submit([text("Anna spoke."), text("DIE now"), text("Berta spoke.")]), 30
    )
    assert names(outcomes[0]) == ["Anna"]
    assert names(outcomes[2]) == ["Berta"]
    assert isinstance(outcomes[1], Failure)
    assert "died twice on this text (killed by SIGKILL)" in outcomes[1].reason


def test_a_lone_text_that_kills_its_worker_is_given_up_after_the_second_time(
    pool: AnalyserPool,
) -> None:
    (outcome,) = answers(pool.submit([text("DIE")]), 30)
    assert isinstance(outcome, Failure)


def test_a_worker_killed_by_chance_costs_no_text(pool: AnalyserPool, tmp_path: Path) -> None:
    outcomes = answers(pool.submit([text(f"Anna ONCE:{tmp_path / 'mark'}"), text("Berta")]), 30)
    assert [names(outcome)[0] for outcome in outcomes] == ["Anna", "Berta"]


def test_the_other_worker_goes_on_while_one_dies(pool: AnalyserPool) -> None:
    deadly = pool.submit([text("DIE")])
    others = [future for _ in range(10) for future in pool.submit([text("Anna")])]
    wait([*deadly, *others], timeout=30)
    assert all(names(other.result()) == ["Anna"] for other in others)


def test_a_text_that_raises_fails_alone(pool: AnalyserPool) -> None:
    outcomes = answers(pool.submit([text("Anna"), text("RAISE"), text("Berta")]), 10)
    assert outcomes[1] == Failure("The analysis failed: ValueError: told to")
    assert names(outcomes[0]) == ["Anna"]
    assert names(outcomes[2]) == ["Berta"]


def test_analyse_names_the_text_that_failed(pool: AnalyserPool) -> None:
    with pytest.raises(Unavailable, match=r"^text 1: The analysis failed: ValueError"):
        pool.analyse([text("Anna"), text("RAISE")])


def test_an_idle_worker_that_is_killed_is_replaced(pool: AnalyserPool) -> None:
    victim = pool.pids[0]
    os.kill(victim, signal.SIGKILL)
    assert until(lambda: victim not in pool.pids and pool.ready == 2)
    assert names(answers(pool.submit([text("Anna")]), 10)[0]) == ["Anna"]


def test_workers_have_one_thread_of_linear_algebra(pool: AnalyserPool) -> None:
    (outcome,) = answers(pool.submit([text("THREADS")]), 10)
    assert outcome == Failure("The analysis failed: ValueError: threads 1")


def test_an_interrupt_of_the_group_leaves_workers_alone(pool: AnalyserPool) -> None:
    before = pool.pids
    assert all(os.getpgid(pid) != os.getpgid(0) for pid in before)
    for pid in before:
        os.kill(pid, signal.SIGINT)
    assert names(answers(pool.submit([text("Anna")]), 10)[0]) == ["Anna"]
    assert pool.pids == before


def test_urgent_batches_overtake() -> None:
    with AnalyserPool(Slow(0.1), 1) as pool:
        assert until(lambda: pool.ready == 1)
        waiting = [future for _ in range(10) for future in pool.submit([text("Anna")])]
        answers(pool.submit([text("Berta")], urgent=True), 10)
        assert not waiting[-1].done()


def test_a_text_that_takes_too_long_is_given_up() -> None:
    with AnalyserPool(Obedient, 1, seconds=0.5) as pool:
        outcomes = answers(pool.submit([text("HANG"), text("Anna")]), 30)
    assert isinstance(outcomes[0], Failure)
    assert (
        "no answer within 0.508 seconds, which is the bound for a text of 4 char"
        in outcomes[0].reason
    )
    assert names(outcomes[1]) == ["Anna"]


def test_neighbours_of_a_text_that_takes_too_long_do_not_wait_for_its_end() -> None:
    with AnalyserPool(Obedient, 1, seconds=4.0) as pool:
        neighbour, hanging, other = pool.submit([text("Anna"), text("HANG"), text("Berta")])
        following = pool.submit([text("Clara")])
        done = answers([neighbour, other, *following], 30)
        assert [names(outcome) for outcome in done] == [["Anna"], ["Berta"], ["Clara"]]
        assert not hanging.done()
        assert isinstance(hanging.result(30), Failure)


def test_a_lost_worker_is_there_again_before_it_is_asked() -> None:
    with AnalyserPool(Obedient, 1) as pool:
        answers(pool.submit([text("DIE")]), 30)
        assert until(lambda: pool.ready == 1)


def test_a_missing_model_says_so() -> None:
    with AnalyserPool(missing, 1) as pool:
        with pytest.raises(ModelMissing, match="'xx_none' for 'xx' is not installed"):
            pool.check()
        with pytest.raises(ModelMissing, match="'xx_none' for 'xx' is not installed"):
            answers(pool.submit([text("Anna")]), 20)
        assert isinstance(pool.error, ModelMissing)
        assert pool.ready == 0


def test_an_analyser_that_crashes_at_start_blames_no_text() -> None:
    with (
        AnalyserPool(dead_at_start, 1) as pool,
        pytest.raises(Unavailable, match=r"does not start \(killed by SIGSEGV\)"),
    ):
        answers(pool.submit([text("Anna")]), 20)


def test_close_ends_workers_at_once_and_answers_all_who_wait() -> None:
    pool = AnalyserPool(Obedient, 1)
    assert until(lambda: pool.ready == 1)
    pids = pool.pids
    futures = [future for _ in range(3) for future in pool.submit([text("HANG")])]
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 3
    assert not any(running(pid) for pid in pids)
    for future in [*futures, *pool.submit([text("late")])]:
        with pytest.raises(Unavailable, match="shutting down"):
            future.result(1)


def test_close_while_workers_are_loading() -> None:
    began = time.monotonic()
    AnalyserPool(Small, 2).close()
    assert time.monotonic() - began < 5


def test_workers_end_with_a_parent_that_is_killed_in_the_middle_of_a_text() -> None:
    program = (
        "import sys, time, structlog\n"
        "structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))\n"
        "from app.domain.annotation import AnalysisInput\n"
        "from app.jobs.pool import AnalyserPool\n"
        "from tests.jobs.small_analysers import Obedient\n"
        "pool = AnalyserPool(Obedient, 2)\n"
        "while pool.ready < 2: time.sleep(0.01)\n"
        "pool.submit([AnalysisInput('HANG', 0, 'en')])\n"
        "print(*pool.pids, flush=True)\n"
        "time.sleep(60)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    assert until(lambda: not any(running(pid) for pid in pids), 5)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], []),
        ([5, 5, 5], [[5, 5], [5]]),
        ([100], [[100]]),
        ([100, 1, 100, 1], [[100], [1, 100], [1]]),
        ([0, 0, 0], [[0, 0, 0]]),
    ],
)
def test_pieces(lengths: list[int], expected: list[list[int]]) -> None:
    parts = pieces([text("x" * length) for length in lengths], 10)
    assert [[len(part.text) for part in parts_] for parts_ in parts] == expected


@pytest.mark.slow
def test_the_real_analyser_runs_in_a_worker_and_never_here() -> None:
    program = (
        "import sys, structlog\n"
        "structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))\n"
        "from app.domain.annotation import AnalysisInput\n"
        "from app.jobs.pool import analyser_pool\n"
        "from app.settings import Settings\n"
        "with analyser_pool(Settings()) as pool:\n"
        "    [a] = pool.analyse([AnalysisInput('Anna Lind met Angela Merkel.', 0, 'en')])\n"
        "    print(len(a.clusters), 'spacy' in sys.modules, 'thinc' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["2", "False", "False"]


def test_serving_never_imports_the_language_model() -> None:
    program = (
        "import sys, app.main, app.jobs.runner\n"
        "print(*[name for name in ('spacy', 'thinc') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""


def test_the_settings_say_how_many_workers() -> None:
    with analyser_pool(Settings(workers=3)) as pool:
        assert pool.workers == 3
