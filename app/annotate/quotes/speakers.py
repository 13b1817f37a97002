"""The phrase that names who speaks: from a cue verb to its subject."""

from dataclasses import dataclass

from app.annotate.quotes.language import QuoteCues
from app.annotate.quotes.syntax import QuoteParse
from app.domain.text import Span

_NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"])
_NOUNS = frozenset(["NOUN", "PROPN", "PRON"])
_AFTER_CORE = frozenset(["relcl", "appos", "acl", "parataxis", "advcl"])
_CORE_ENDS = frozenset([",", "(", "[", "-", "–", "—"])
_BETWEEN = frozenset(["AUX", "ADV", "PART", "PUNCT", "SPACE"])
_LEADING = frozenset(["PUNCT", "SPACE", "CCONJ", "SCONJ", "ADV"])
_DASHES = frozenset(["-", "–", "—", "―", "--"])
_CASE = frozenset(["case", "fixed"])
_OF_AMOUNTS = frozenset(["ADV", "SCONJ"])
_REPORTED = frozenset(["ccomp", "xcomp"])
_CLIMBED = 6  # verbs from a cue to the one whose subject speaks
_LONGEST = 45  # tokens in a speaker's phrase
_HEADLINE = 4  # words in title case: more than most names have
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_CLIMB = frozenset(["conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "dep", "parataxis"])
_INVERTED = frozenset(
    [
        "nsubj",
        "dobj",
        "attr",
        "oprd",
        "npadvmod",
        "dep",
        "appos",
        "ccomp",
        "conj",
        "pobj",
        "compound",
    ]
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's phrase, the core of it, and the token that is its head."""

    span: Span
    name: Span
    head: int


def phrase(parse: QuoteParse, head: int, low: int, high: int) -> Speaker | None:
    """The phrase whose head is `head`, within tokens `[low, high)`."""
    left, right = parse.edges(head)
    left, right = max(left, low), min(right, high - 1)
    while left < head and (parse.pos[left] in _LEADING or parse.deps[left] in _CASE):
        if parse.pos[left] in _OF_AMOUNTS and _opens_amount(parse, left, head):
            break
        left += 1
    left = max(low, parse.name_start(left))
    right = _reporting(parse, head, right)
    span, name = parse.span(left, right), parse.span(left, _core(parse, head, right))
    if span is None or name is None:
        return None
    return Speaker(span, name, head)


def _opens_amount(parse: QuoteParse, token: int, head: int) -> bool:
    """Whether a word is part of an amount: 'about four in ten', 'as many as half', 'almost all'."""
    above = parse.heads[token]
    return (
        token < above < head
        or parse.pos[token + 1] == "NUM"
        or (above == head and parse.lemmas[head] in parse.cues.amounts)
    )


def _reporting(parse: QuoteParse, head: int, right: int) -> int:
    """Where a phrase ends before a relative clause in which its head says something else: that is
    another quote, 'X, who also said ...'."""
    cues = parse.cues
    for child in parse.children(head):
        if (
            head < child <= right
            and parse.deps[child] == "relcl"
            and (parse.lemmas[child] in cues.speech or parse.lemmas[child] in cues.thought)
            and any(parse.deps[each] in _REPORTED for each in parse.children(child))
        ):
            return max(head, parse.edges(child)[0] - 1)
    return right


def _core(parse: QuoteParse, head: int, right: int) -> int:
    """The last token of a phrase once its appositions and clauses are left out."""
    last = head
    listed = False
    for child in parse.children(head):
        if head < child <= right:
            if parse.deps[child] == "conj":
                last, listed = child, True
            elif parse.deps[child] in _AFTER_CORE and not listed:
                right = min(right, parse.edges(child)[0] - 1)
    for token in range(last + 1, right + 1):
        if _ends_core(parse, token) or parse.deps[token] == "relcl":
            return token - 1
    return max(head, right)


def _ends_core(parse: QuoteParse, token: int) -> bool:
    word = parse.surface(token)
    return word in _CORE_ENDS or word in parse.cues.asides


def of_verb(parse: QuoteParse, cues: QuoteCues, verb: int, low: int, high: int) -> Speaker | None:
    """The one who does what `verb` says, within tokens `[low, high)`: its subject, or that of the
    verb above it where it has none ("vowed to ...", "..., adding that ...")."""
    current = verb
    for _ in range(_CLIMBED):
        subject = parse.subject(current)
        if subject is not None:
            return _resolved(parse, cues, current, subject, low, high, own=current == verb)
        agent = _agent(parse, current)
        if agent is not None:
            return phrase(parse, agent, low, high)
        relation, head = parse.deps[current], parse.heads[current]
        if head == current or is_addressed(parse, cues, current):
            return None
        if relation == "acl" and _made(parse, cues, current, head):
            current = parse.heads[head]
            continue
        if relation in ("acl", "relcl") and parse.pos[head] in _NOUNS:
            left, _ = parse.edges(current)
            return phrase(parse, head, low, min(high, left)) if head < left else None
        if relation not in _CLIMB:
            return None
        if relation in ("xcomp", "ccomp"):
            for child in parse.children(head):  # "led the mayor to say"
                if parse.deps[child] == "dobj" and head < child < current:
                    if parse.lemmas[head] in cues.purpose:
                        break  # "used the speech to say"
                    return phrase(parse, child, low, min(high, parse.edges(current)[0]))
        current = head
    return None


def _made(parse: QuoteParse, cues: QuoteCues, verb: int, noun: int) -> bool:
    """Whether a gerund tells what somebody's words say who has made them: 'issued a statement
    saying ...'."""
    return (
        parse.tags[verb] in cues.gerund_tags
        and parse.lemmas[noun] in cues.writings
        and parse.deps[noun] == "dobj"
        and parse.pos[parse.heads[noun]] == "VERB"
        and parse.lemmas[parse.heads[noun]] not in cues.speech
    )


def is_addressed(parse: QuoteParse, cues: QuoteCues, verb: int) -> bool:
    """Whether a participle is of somebody to whom a thing is said: 'Asked whether ..., X said'."""
    return (
        parse.deps[verb] == "advcl"
        and verb < parse.heads[verb]
        and parse.tags[verb] in cues.addressed_tags
    )


def _agent(parse: QuoteParse, verb: int) -> int | None:
    for child in parse.children(verb):
        if parse.deps[child] == "agent":
            if parse.pos[child] in _NOUNS:  # where prepositions hang on their nouns
                return child
            for inner in parse.children(child):
                if parse.deps[inner] == "pobj":
                    return inner
    return None


def _resolved(
    parse: QuoteParse, cues: QuoteCues, verb: int, subject: int, low: int, high: int, *, own: bool
) -> Speaker | None:
    relation = parse.deps[subject]
    if relation == "nsubjpass" and own:
        agent = _agent(parse, verb)
        return phrase(parse, agent, low, high) if agent is not None else None
    if relation not in _SUBJECTS:
        return None
    if parse.lemmas[subject].lower() in cues.relative and parse.deps[verb] == "relcl":
        return _meant_by(parse, subject, parse.heads[verb], low, min(high, parse.edges(verb)[0]))
    if subject < verb:
        first = max(low, parse.edges(subject)[0])
        if parse.surface(verb - 1) == "," and _is_headline(parse, first, verb - 2):
            return None
        return phrase(parse, subject, low, min(high, verb))
    return phrase(parse, subject, max(low, verb + 1), high)


def _meant_by(parse: QuoteParse, who: int, head: int, low: int, high: int) -> Speaker | None:
    """A relative pronoun that stands for the name with the head `head` before it, as 'he' would;
    in place of words without a name, which tell more than it does, those."""
    found = phrase(parse, head, low, high) if head < high else None
    span = parse.span(who, who)
    if found is None or span is None or parse.pos[head] != "PROPN":
        return found
    return Speaker(span, found.name, head)


def owner(parse: QuoteParse, cues: QuoteCues, noun: int, low: int, high: int) -> Speaker | None:
    """The owner of a noun: 'X's claim', 'a claim of X', within tokens `[low, high)`."""
    for child in parse.children(noun):
        if parse.deps[child] == "poss":
            case = (c for c in parse.children(child) if parse.deps[c] == "case")
            return phrase(parse, child, low, next(case, noun))
        if parse.deps[child] == "prep" and parse.lemmas[child] in cues.owners:
            for inner in parse.children(child):
                if parse.deps[inner] == "pobj" and inner < high:
                    return phrase(parse, inner, noun + 1, high)
    return None


def inverted(parse: QuoteParse, verb: int, high: int) -> Speaker | None:
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


def before(parse: QuoteParse, verb: int, low: int) -> Speaker | None:
    """The words between `low` and a verb, where they are little more than a noun phrase: a subject
    that the parse attached elsewhere."""
    last = verb - 1
    while last >= low and (
        (parse.pos[last] in _BETWEEN and not parse.surface(last)[:1].isupper())
        or parse.lemmas[last] in parse.cues.clitics
    ):
        last -= 1
    first = last
    while first > low and last - first < _LONGEST and parse.surface(first - 1) not in (":", ";"):
        first -= 1
    dashes = [
        i
        for i in range(first, last)
        if parse.surface(i) in _DASHES and parse.text[parse.starts[i] - 1].isspace()
    ]
    if len(dashes) % 2:
        if parse.surface(verb - 1) in _DASHES and dashes[-1] > first:
            last = dashes[-1] - 1  # a parenthesis: 'UNESCO - the UN's body for culture - said'
        else:
            first = dashes[-1] + 1  # a border
    first = _behind_opening(parse, first, last)
    while first < last and parse.pos[first] in _LEADING:
        first += 1
    if first > last or last - first >= _LONGEST:
        return None
    words = range(first, last + 1)
    if (
        parse.pos[last] not in _NOUNS
        and parse.pos[last] != "NUM"
        and not parse.surface(last)[:1].isupper()
    ):
        return None
    if parse.surface(verb - 1) == "," and _is_headline(parse, first, last):
        return None
    comma = next((i for i in words if _ends_core(parse, i)), last + 1)
    if any(
        parse.pos[i] in ("VERB", "AUX")
        and parse.deps[i] != "acl"
        and not parse.surface(i).isupper()
        for i in words
        if i < comma
    ):
        return None
    span, name = parse.span(first, last), parse.span(first, comma - 1)
    return Speaker(span, name, comma - 1) if span and name else None


def _behind_opening(parse: QuoteParse, first: int, last: int) -> int:
    """Where a speaker begins behind a phrase that opens the clause: 'In a letter to X, Y', 'Asked
    about the plan, Y', '... in the house, Y'."""
    if parse.pos[first] != "ADP" and parse.tags[first] not in parse.cues.addressed_tags:
        return first
    for comma in range(first + 1, last):
        if parse.surface(comma) == "," and not any(
            first <= parse.heads[token] < comma and parse.deps[token] in _AFTER_CORE
            for token in range(comma + 1, last + 1)
        ):
            return comma + 1
    return first


def _is_headline(parse: QuoteParse, first: int, last: int) -> bool:
    """Whether words are a clause in title case and no name: 'Lind Slams Rivals Over Tax'."""
    return last - first >= _HEADLINE - 1 and all(
        parse.surface(i)[:1].isupper() for i in range(first, last + 1)
    )
