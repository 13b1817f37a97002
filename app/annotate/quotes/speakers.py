"""The phrase that names who speaks: from a cue verb to its subject."""

from dataclasses import dataclass

from app.annotate.quotes.language import Cues
from app.annotate.quotes.syntax import Parse
from app.domain.text import Span

_NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"])
_NOUNS = frozenset(["NOUN", "PROPN", "PRON"])
_AFTER_CORE = frozenset(["relcl", "appos", "acl", "punct", "parataxis", "advcl"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_CLIMB = frozenset(["conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "dep", "parataxis"])
_INVERTED = frozenset(
    ["nsubj", "dobj", "attr", "oprd", "npadvmod", "dep", "appos", "ccomp", "conj", "pobj", "compound"]
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's phrase, its core, and the token that heads it."""

    span: Span
    name: Span
    head: int


def phrase(parse: Parse, head: int, low: int, high: int) -> Speaker | None:
    """The phrase that `head` heads, within tokens `[low, high)`."""
    left, right = parse.edges(head)
    left, right = max(left, low), min(right, high - 1)
    core = right
    for child in parse.children(head):
        if head < child <= right and parse.deps[child] in _AFTER_CORE:
            core = max(head, parse.edges(child)[0] - 1)
            break
    while left < head and parse.pos[left] in ("CCONJ", "SCONJ", "ADV", "PUNCT", "SPACE"):
        left += 1
    span, name = parse.span(left, right), parse.span(left, core)
    if span is None or name is None:
        return None
    return Speaker(span, name, head)


def of_verb(parse: Parse, cues: Cues, verb: int, low: int, high: int) -> Speaker | None:
    """Who does what `verb` says, within tokens `[low, high)`; the subject of the verb that it
    hangs on where it has none of its own ("vowed to ...", "..., adding that ...")."""
    seen = 0
    current = verb
    while seen < 6:
        seen += 1
        subject = parse.subject(current)
        if subject is not None:
            return _resolved(parse, cues, current, subject, low, high)
        agent = _agent(parse, current)
        if agent is not None:
            return phrase(parse, agent, low, high)
        relation, head = parse.deps[current], parse.head(current)
        if head == current:
            return None
        if relation in ("acl", "relcl") and parse.pos[head] in _NOUNS:
            left, _ = parse.edges(current)
            return phrase(parse, head, low, min(high, left)) if head < left else None
        if relation not in _CLIMB:
            return None
        current = head
    return None


def _agent(parse: Parse, verb: int) -> int | None:
    for child in parse.children(verb):
        if parse.deps[child] == "agent":
            for inner in parse.children(child):
                if parse.deps[inner] == "pobj":
                    return inner
    return None


def _resolved(
    parse: Parse, cues: Cues, verb: int, subject: int, low: int, high: int
) -> Speaker | None:
    relation = parse.deps[subject]
    if relation == "nsubjpass":
        agent = _agent(parse, verb)
        return phrase(parse, agent, low, high) if agent is not None else None
    if relation not in _SUBJECTS:
        return None
    if parse.lemmas[subject].lower() in cues.relative and parse.deps[verb] == "relcl":
        head = parse.head(verb)
        left, _ = parse.edges(verb)
        return phrase(parse, head, low, min(high, left)) if head < left else None
    if subject < verb:
        return phrase(parse, subject, low, min(high, verb))
    return phrase(parse, subject, max(low, verb + 1), high)


def inverted(parse: Parse, verb: int, high: int) -> Speaker | None:
    """Who stands right behind a verb ("said Kozak"), whatever the parse takes it for."""
    after = verb + 1
    if after >= high or parse.pos[after] not in _NOMINAL:
        return None
    for child in parse.children(verb):
        if child > verb and parse.edges(child)[0] == after and parse.deps[child] in _INVERTED:
            if parse.pos[child] in _NOUNS:
                return phrase(parse, child, after, high)
            break
    head = after
    while head + 1 < high and parse.pos[head] not in _NOUNS:
        head += 1
    while head + 1 < high and parse.pos[head + 1] in ("PROPN", "NOUN"):
        head += 1
    if parse.pos[head] not in _NOUNS:
        return None
    span = parse.span(after, head)
    return Speaker(span, span, head) if span else None


def before(parse: Parse, verb: int, low: int) -> Speaker | None:
    """The words between `low` and a verb, where they are a noun phrase and little else."""
    last = verb - 1
    while last >= low and parse.pos[last] in ("AUX", "ADV", "PART", "PUNCT", "SPACE"):
        last -= 1
    first = low
    while first <= last and parse.pos[first] in ("PUNCT", "SPACE", "CCONJ", "SCONJ", "ADV"):
        first += 1
    if first > last or last - first > 45 or parse.pos[last] not in _NOUNS | {"PUNCT", "NUM"}:
        return None
    if not any(parse.pos[i] in _NOUNS for i in range(first, last + 1)):
        return None
    span = parse.span(first, last)
    return Speaker(span, span, last) if span else None
