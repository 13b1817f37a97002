"""Which words tell the sides apart: log-odds with an informative Dirichlet prior.

Monroe, Colaresi & Quinn 2008, 'Fightin' Words'. For a word w, one side i and all the others
together j, with counts y, word totals n and a prior a whose sum is a0:

    odds_i = (y_wi + a_w) / (n_i + a0 - y_wi - a_w), and odds_j likewise
    z      = (log odds_i - log odds_j) / sqrt(1 / (y_wi + a_w) + 1 / (y_wj + a_w))

The prior is worth a fifth of the compared words. Half of it is their pooled counts, half how common
a word is in the language (`frequencies.json`, of our own counting): a word that every text uses has
to lean further to be told apart than one that belongs to the story. In a language without such
counts, or where sides differ in language, the pooled counts are all of it, and the note says so.
With sides of one size a rare word that one side alone uses reaches 1.96 at eight occurrences; a
much weaker prior makes z shrink with its own variance, a much stronger one hides differences.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from math import log, sqrt

from app.compare.evidence import first_spots
from app.compare.method import Method
from app.compare.phrases import listed
from app.domain.comparison import EvidenceSource, Side, TermOccurrences, rounded
from app.domain.sections.terms import TermItem, TermSection
from app.languages import load

# Two-sided 5 % of the normal distribution: that share of words leans by chance alone.
THRESHOLD, _CHANCE = 1.96, 0.05

PRIOR_SCALE = 0.2
BACKGROUND = 0.5  # of the prior

# z rests on a normal approximation, which fewer occurrences than five do not bear (the rule of
# thumb of every table of counts).
MIN_COUNT = 5

# Occurrences within one article are not independent, as z takes them to be; from about this many
# articles a side on, one article's habit no longer carries a word alone.
_FEW_ARTICLES = 5


def term_section(
    sides: Sequence[Side], source: EvidenceSource, *, evidence: int, top: int
) -> TermSection:
    """Words whose z is at least 1.96 towards one side, the strongest first, cut at `top`; each
    with its count on every side and at most `evidence` spots a side, chosen by position."""
    counts = {side.key: _count(side) for side in sides}
    empty = [side.name for side in sides if not counts[side.key]]
    if empty:
        return TermSection((), 0, f"insufficient evidence: no words on {listed(sorted(empty))}.")
    pooled: Counter[str] = Counter()
    for of_side in counts.values():
        pooled.update(of_side)
    scored = [word for word, count in pooled.items() if count >= MIN_COUNT]
    totals = {key: of_side.total() for key, of_side in counts.items()}
    languages = {article.language for side in sides for article in side.articles}
    common = load(languages.pop(), "frequencies") if len(languages) == 1 else {}
    leaning = []
    for word in scored:
        share = common.get(word, 0.0) if common else None
        z, key = _towards({key: of[word] for key, of in counts.items()}, totals, share)
        if z >= THRESHOLD:
            leaning.append((-z, -pooled[word], word, key))
    leaning.sort()
    words = [word for _, _, word, _ in leaning[:top]]
    wanted = frozenset(words)
    spots = first_spots(
        {key: [word for word in words if of[word]] for key, of in counts.items()},
        sides,
        lambda article: (
            (word, article.terms[word]) for word in sorted(wanted & article.terms.keys())
        ),
        lambda article, word: TermOccurrences(article.article, article.revision, word),
        source.terms,
        evidence,
    )
    items = tuple(
        TermItem(
            term=word,
            z=rounded(-negative),
            towards=key,
            counts={side: of[word] for side, of in counts.items()},
            evidence={side: of.get(word, ()) for side, of in spots.items()},
        )
        for negative, _, word, key in leaning[:top]
    )
    note = _note(
        len(leaning),
        len(scored),
        min(len(side.articles) for side in sides),
        known=bool(common),
    )
    return TermSection(items, len(leaning) - len(items), note)


def z_scores(
    counts: Mapping[str, int], totals: Mapping[str, int], share: float | None = None
) -> dict[str, float]:
    """For each side the z-score of one word: that side against all others together.

    `counts` are the word's, `totals` all words'; keys are sides. `share` (0..1) says how common the
    word is in its language, None where that is not known. A vocabulary of this word alone gives 0
    everywhere.
    """
    word, words = sum(counts.values()), sum(totals.values())
    if word in (0, words):
        return dict.fromkeys(counts, 0.0)
    prior, prior_total = PRIOR_SCALE * word, PRIOR_SCALE * words
    if share is not None:
        prior += BACKGROUND * PRIOR_SCALE * (words * share - word)
    scores: dict[str, float] = {}
    for key, count in counts.items():
        if len(counts) == 2 and scores:
            # Of two sides, each is the only other side: the score is the same with the sign turned.
            scores[key] = -next(iter(scores.values()))
            continue
        here, there = count + prior, word - count + prior
        delta = log(here / (totals[key] + prior_total - here)) - log(
            there / (words - totals[key] + prior_total - there)
        )
        scores[key] = delta / sqrt(1 / here + 1 / there)
    return scores


def _towards(
    counts: Mapping[str, int], totals: Mapping[str, int], share: float | None
) -> tuple[float, str]:
    """The largest z-score and its side; among equal ones the first by key, so that the order of the
    sides makes no difference."""
    scores = z_scores(counts, totals, share)
    key = min(scores, key=lambda side: (-scores[side], side))
    return scores[key], key


def _count(side: Side) -> Counter[str]:
    # Most words stand once in an article: counting those in C halves the time of the section.
    counts = Counter(chain.from_iterable(article.terms for article in side.articles))
    for article in side.articles:
        for word, count in article.terms.items():
            if count > 1:
                counts[word] += count - 1
    return counts


def _note(leaning: int, scored: int, fewest: int, *, known: bool) -> str | None:
    notes = []
    if scored and not known:
        notes.append("How common words are in this language is not known: the sides are all.")
    if not scored:
        notes.append(f"insufficient evidence: no word occurs {MIN_COUNT} times in all.")
    elif not leaning:
        notes.append(
            f"insufficient evidence: none of the {scored} words that occur at least {MIN_COUNT} "
            f"times leans to a side (z >= {THRESHOLD})."
        )
    elif leaning <= _CHANCE * scored:
        notes.append(
            f"{leaning} of {scored} words lean to a side (z >= {THRESHOLD}): no more than chance "
            "alone would let through."
        )
    if leaning and fewest < _FEW_ARTICLES:
        notes.append(
            f"A side has fewer than {_FEW_ARTICLES} articles, and words repeat within an article: "
            "z tells these texts apart rather than their outlets."
        )
    return " ".join(notes) or None


METHOD = Method(
    "terms",
    needs=frozenset({"terms"}),
    version="3",
    make=lambda material, evidence, top: term_section(
        material.sides, material.source, evidence=evidence, top=top
    ),
)
