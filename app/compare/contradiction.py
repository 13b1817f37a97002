"""When two sentences cannot report the same thing."""

from app.compare.reading import Statement


def contradict(one: Statement, other: Statement) -> bool:
    """Whether two sentences cannot report the same thing: one denies what the other says, they
    say opposite things, or who acts and who suffers have changed places."""
    # What is denied twice is said again.
    denied = frozenset(lemma for lemma, _ in one.negated ^ other.negated)
    if denied:
        # What is denied is a word of both, or no content word at all ('is not').
        if denied & one.words & other.words or denied - one.words - other.words:
            return True
        # Or the one denies it by the very word, and the other says it by another.
        for lemma in denied:
            for there in (one, other):
                if lemma not in there.words and any(
                    one.senses.related(lemma, word) for word in there.words
                ):
                    return True
        if one.words == other.words:
            return True
    # Each says what is opposed to a word of the other that it does not say itself.
    if (one.opposed & other.words) - one.words and (other.opposed & one.words) - other.words:
        return True
    # Somebody in both who only acts in the one and only suffers in the other, and the other way
    # round for somebody else.
    return _turned(one.subjects, one.objects, other.subjects, other.objects) or _turned(
        *(
            frozenset(each.sentence.lemmas[place] for place in places)
            for each in (one, other)
            for places in (each.sentence.acting, each.sentence.suffering)
        )
    )


def _turned[Item](
    acting: frozenset[Item],
    suffering: frozenset[Item],
    other_acting: frozenset[Item],
    other_suffering: frozenset[Item],
) -> bool:
    done = (acting - suffering) & (other_suffering - other_acting)
    suffered = (suffering - acting) & (other_acting - other_suffering)
    return bool(done and suffered)
