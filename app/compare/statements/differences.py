"""In what two sentences about one thing disagree, and where they cannot be about one thing.

Nothing here is fitted: each rule names what differs by the words that do. Where a rule is not sure,
nothing is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.compare.quantities import dimension, judge, nouns
from app.compare.statements.reading import Reading
from app.domain.figure import Figure
from app.domain.names import fold
from app.domain.sections.statements import Difference
from app.domain.stems import stem
from app.domain.text import Span

# Two sentences that have so much of all their words in common (Jaccard) say the same but for the
# rest; from the lower one on they are told in much the same words.
_COPY, _CLOSE = 0.6, 0.35
# Words beside names that two sentences have in common, at least, of which all is the same but for
# another actor.
_SAME = 2
# Words of a name that has changed places with another one, at most.
_LONGEST = 4


class Found(NamedTuple):
    """What differs, with the places of it in either text."""

    what: Difference
    one: tuple[Span, ...]
    other: tuple[Span, ...]


class Between(NamedTuple):
    """How two sentences are told: `copy`, in the same words but for a few; `close`, in much the
    same words, or in two languages, whose words tell nothing; `foreign`, in two languages."""

    copy: bool
    close: bool
    foreign: bool

    @classmethod
    def of(cls, one: Reading, other: Reading) -> "Between":
        """How these two are told."""
        foreign = one.of.article.language != other.of.article.language
        shared = _shared(one, other)
        return cls(shared >= _COPY, foreign or shared >= _CLOSE, foreign)


def differences(one: Reading, other: Reading, *, sure: bool) -> list[Found]:
    """In what two sentences that are about one thing disagree, the weightiest first. `sure` says
    that they report the same thing whatever their words."""
    told = Between.of(one, other)
    if not sure and not told.copy:
        return []
    rules = (_numbers, _negation, _attribution, _state, _date)
    return [found for rule in rules for found in rule(one, other, told)]


def incompatible(one: Reading, other: Reading) -> bool:
    """Whether two sentences that look alike are of different things: who acts and who suffers have
    changed places, or all is the same but for another actor."""
    if _turned(one.subjects, one.objects, other.subjects, other.objects):
        return True
    (acting, suffering), (others, theirs) = (
        tuple(
            frozenset(each.of.sentence.lemmas[place] for place in places)
            for places in (each.of.sentence.acting, each.of.sentence.suffering)
        )
        for each in (one, other)
    )
    return (
        _turned(acting, suffering, others, theirs)
        or _exchanged(one.told, other.told, one.lists.joining)
        or _another_actor(one, other)
    )


def _exchanged(one: Sequence[str], other: Sequence[str], joining: frozenset[str]) -> bool:
    """Whether the one has the words of the other but for two parts of them that have changed
    places; not where they stand side by side or are only joined ('A and B')."""
    if len(one) != len(other) or sorted(one) != sorted(other):
        return False
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if not apart:
        return False
    here, there = (each[apart[0] : apart[-1] + 1] for each in (one, other))
    return any(
        here[:size] == there[-size:]
        and here[-long:] == there[:long]
        and (between := here[size:-long]) == there[long:-size]
        and not joining.issuperset(between)
        for size in range(1, _LONGEST + 1)
        for long in range(1, _LONGEST + 1)
        if size + long < len(here)
    )


def _another_actor(one: Reading, other: Reading) -> bool:
    """Whether all that sets two sentences apart are names, of other entities on each side."""
    mine, theirs = one.stems - other.stems, other.stems - one.stems
    if not mine or not theirs or not one.names - other.names or not other.names - one.names:
        return False
    named, others = one.of.named, other.of.named
    return (
        mine <= named
        and theirs <= others
        and len((one.stems & other.stems) - named - others) >= _SAME
    )


def _shared(one: Reading, other: Reading) -> float:
    """The share (0..1) of all words of two sentences that both have (Jaccard), numbers apart."""
    every = len(one.stems | other.stems)
    return len(one.stems & other.stems) / every if every else 0.0


def _numbers(one: Reading, other: Reading, told: Between) -> Iterator[Found]:
    """Figures of the same thing that cannot both be right, where none of it agrees."""
    for mine in one.figures:
        against = [each for each in other.figures if _comparable(mine, each, one, other, told)]
        if not against or any(judge(mine, each).verdict != "conflict" for each in against):
            continue
        for theirs in against:
            back = [each for each in one.figures if _comparable(each, theirs, one, other, told)]
            if all(judge(each, theirs).verdict == "conflict" for each in back):
                spans = Span(mine.start, mine.end), Span(theirs.start, theirs.end)
                yield Found("number", (spans[0],), (spans[1],))
                return
    if told.copy:
        mine_only, theirs_only = one.numbers - other.numbers, other.numbers - one.numbers
        if mine_only and theirs_only:
            yield Found("number", one.having(mine_only), other.having(theirs_only))


def _comparable(mine: Figure, theirs: Figure, one: Reading, other: Reading, told: Between) -> bool:
    """Whether two figures count or measure the same."""
    if mine.kind != theirs.kind or dimension(mine.unit) != dimension(theirs.unit):
        return False
    if mine.per != theirs.per:
        return False
    if told.copy or told.foreign or mine.kind == "age":
        return True
    known = nouns(one.of.article.language)
    here, there = (
        None if each.noun in known.generic else known.same.get(each.noun or "", each.noun)
        for each in (mine, theirs)
    )
    same_verb = mine.verb is not None and mine.verb == theirs.verb
    if here is not None and here == there:
        return same_verb or told.close
    return same_verb


def _negation(one: Reading, other: Reading, told: Between) -> Iterator[Found]:
    """What one denies and the other says in much the same words; words that are opposed."""
    if not told.close:
        return
    here, there = one.of.sentence.negated, other.of.sentence.negated
    denied = frozenset(here) ^ frozenset(there)
    common = one.lemmas & other.lemmas
    # Where both deny, what they deny is a matter of the parse; in the same words, of how often.
    times, others = one.negations, other.negations
    once = (times - others) % 2 == 1 if told.copy else bool(times) != bool(others)
    said = told.copy and (bool(times and others) or not denied & (one.lemmas | other.lemmas))
    if once and (denied or (times and others)) and (denied & common or said or told.foreign):
        yield Found("negation", _denying(one, denied), _denying(other, denied))
        return
    for name in sorted(one.opposites.keys() & other.opposites.keys()):
        mine, theirs = one.opposites[name], other.opposites[name]
        if mine.keys().isdisjoint(theirs.keys()):
            words = (
                {lemma for lemmas in each.values() for lemma in lemmas} for each in (mine, theirs)
            )
            yield Found("negation", one.lemma(next(words)), other.lemma(next(words)))
            return
    for denying, saying in ((one, other), (other, one)):
        keys = denying.keys & denying.lists.denial
        if keys and not saying.keys & saying.lists.denial:
            found = denying.having(keys), saying.whole
            yield Found("negation", *(found if denying is one else found[::-1]))
            return


def _denying(of: Reading, denied: frozenset[str]) -> tuple[Span, ...]:
    """The words by which it denies, else what the other denies, else the whole."""
    return of.having(of.keys & of.lists.negation) or of.lemma(denied & of.lemmas) or of.whole


def _attribution(one: Reading, other: Reading, told: Between) -> Iterator[Found]:
    """The same words given to two people, both of whom either text knows."""
    mine, theirs = (_speakers(one), _speakers(other)) if told.copy else ({}, {})
    known = mine.keys() | theirs.keys()
    if not mine or not theirs or mine.keys() & theirs.keys():
        return
    if all(known <= frozenset(each.of.article.owners.values()) for each in (one, other)):
        yield Found("attribution", tuple(mine.values()), tuple(theirs.values()))


def _speakers(of: Reading) -> dict[int, Span]:
    """The named speakers of the quotes in a sentence, each where the text gives the quote to
    them."""
    owners, at = of.of.article.owners, of.of.sentence
    return {
        owners[quote.mention]: quote.speaker
        for quote in of.of.article.quotes
        if quote.start < at.end and at.start < quote.end
        if quote.mention in owners and quote.mention is not None and quote.speaker is not None
    }


def _state(one: Reading, other: Reading, told: Between) -> Iterator[Found]:
    """Other steps of one course of things; what is still to come, or unsure, on one side alone."""
    for name in sorted(one.steps.keys() & other.steps.keys()):
        mine, theirs = one.steps[name], other.steps[name]
        if mine.keys().isdisjoint(theirs.keys()):
            words = (
                {lemma for lemmas in each.values() for lemma in lemmas} for each in (mine, theirs)
            )
            yield Found("state", one.lemma(next(words)), other.lemma(next(words)))
            return
    verbs = frozenset(one.of.sentence.verbs) & frozenset(other.of.sentence.verbs)
    here, there = (_unsure(each, verbs, told) for each in (one, other))
    if bool(here) != bool(there):
        first, second = (
            found or each.lemma(verbs) or each.whole
            for found, each in ((here, one), (there, other))
        )
        yield Found("state", first, second)


# How many words before a verb the word stands that puts it into the future, or in doubt.
_BEFORE = 4


def _unsure(of: Reading, verbs: frozenset[str], told: Between) -> tuple[Span, ...]:
    """The words that say of one of these verbs that it has not happened yet, or, of sentences in
    much the same words, that it perhaps has not."""
    if not verbs:
        return ()
    wanted = {stem(fold(verb.split()[0]), of.of.article.language) for verb in verbs}
    words = of.lists.pending | of.lists.hedges if told.close else of.lists.pending
    found = []
    for place, word in enumerate(of.words):
        if word.stem in wanted:
            before = of.words[max(0, place - _BEFORE) : place]
            found += [each.span for each in before if each.key in words]
            # 'is to save' is as much to come as 'will save'.
            if tuple(each.key for each in before[-2:]) in of.lists.to_come:
                found += [each.span for each in before[-2:]]
    return tuple(dict.fromkeys(found))


def _date(one: Reading, other: Reading, told: Between) -> Iterator[Found]:
    """Two days for what is told in nearly the same words, or is one deed of the same people."""
    mine, theirs = one.days(), other.days()
    if not told.copy and not (
        _is_one_deed(one, other) and _of_the_deed(one, mine) and _of_the_deed(other, theirs)
    ):
        return
    if len(mine) == 1 and len(theirs) == 1 and mine.keys() != theirs.keys():
        yield Found("date", tuple(mine.values()), tuple(theirs.values()))


def _is_one_deed(one: Reading, other: Reading) -> bool:
    """Whether two sentences share a verb that says something, and who or what does it, or has it
    done to them."""
    here, there = one.of.sentence, other.of.sentence
    if not set(here.verbs) & set(there.verbs) - one.lists.telling:
        return False
    if one.subjects & other.subjects or one.objects & other.objects:
        return True
    return any(
        {here.lemmas[place] for place in mine} & {there.lemmas[place] for place in theirs}
        for mine, theirs in ((here.acting, there.acting), (here.suffering, there.suffering))
    )


# How many words before a day the verb stands that only says who told it then.
_TOLD = 3


def _of_the_deed(of: Reading, days: Mapping[str, Span]) -> bool:
    """Whether no day is that of telling ('the mayor said on Monday')."""
    for day in days.values():
        before = [word.key for word in of.words if word.span.end <= day.start][-_TOLD:]
        if any(key in of.lists.telling for key in before):
            return False
    return True


def _turned[Item](
    acting: frozenset[Item],
    suffering: frozenset[Item],
    other_acting: frozenset[Item],
    other_suffering: frozenset[Item],
) -> bool:
    """Whether somebody only acts in the one and only suffers in the other, and the other way round
    for somebody else."""
    done = (acting - suffering) & (other_suffering - other_acting)
    suffered = (suffering - acting) & (other_acting - other_suffering)
    return bool(done and suffered)
