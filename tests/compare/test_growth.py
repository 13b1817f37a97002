"""How the time of statements grows."""

import time
from random import Random

from app.compare.copies import Copies
from app.compare.statements.section import statement_section
from tests.compare.told import Told

_BOUND = 100_000


def made_up(articles: int) -> Told:
    """Two sides of so many articles of twenty sentences, words as frequent as Zipf has them."""
    random = Random(5)
    words = [f"w{number:04}" for number in range(4_000)]
    weights = [1 / (number + 20) for number in range(len(words))]

    def sentence() -> str:
        return " ".join(random.choices(words, weights, k=random.randint(8, 24))) + "."

    return Told(*([[sentence() for _ in range(20)] for _ in range(articles)] for _ in range(2)))


def seconds(told: Told) -> float:
    """The least of three, of the process: the machine's load is not what is measured."""
    times = []
    for _ in range(3):
        began = time.process_time()
        section = statement_section(
            told.sides,
            told,
            copies=Copies(told.sides),
            quoted=list,
            evidence=5,
            top=50,
            pairs=_BOUND,
        )
        times.append(time.process_time() - began)
        assert section.note is not None
        assert f"more than {_BOUND:,} pairs" in section.note
    return min(times)


def test_time_grows_in_proportion_to_the_sentences_once_their_pairs_are_bounded() -> None:
    small, large = made_up(20), made_up(80)
    seconds(small)  # what is loaded once
    assert seconds(large) / seconds(small) < 6
