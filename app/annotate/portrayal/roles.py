"""What the names of a text do and what is done to them, with the verbs."""

from collections.abc import Iterator, Sequence
from itertools import chain

from app.annotate.portrayal.tree import MentionTokens, Tree
from app.domain.portrayal import Part, Role
from app.domain.reference import Reference

_TO_HEAD = 5  # tokens from a name to the noun through which it acts, at most
_TO_PARTICLE = 3  # tokens from a verb to its particle, at most: 'shut it down'
_MOST = 12  # verbs that share an argument


def roles_in(tree: Tree, references: Sequence[Reference] = ()) -> tuple[Role, ...]:
    """Each verb that a name of the text is the agent or the patient of, in the order of the text;
    or a word that stands for it ('he').

    A name takes part itself, with those that it is named together with, or through its people ('IS
    fighters'). Passives are turned round; verbs joined by 'and', infinitives after 'try' and the
    like, relative and participle clauses take the subject over. Verbs that say nothing alone ('be',
    'have') are left out, and what somebody failed to do.
    """
    search = _Search(tree)
    names = chain(tree.names, filter(None, map(tree.standing_for, references)))
    found = {role for name in names for role in search.of(name)}
    return tuple(sorted(found, key=lambda x: (x.start, x.end, x.part, x.mention, x.through)))


class _Search:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.words = tree.words

    def of(self, name: MentionTokens) -> Iterator[Role]:
        tree = self.tree
        token, through = name.root, False
        if tree.apposed(name) and self._same(name):
            token = tree.heads[token]
        elif tree.is_(token, "premodifier") or tree.is_(token, "possessor"):
            token, through = self._people(name), True
            if token < 0:
                return
        elif (place := tree.place(name)) is not None:
            token = place
        elif tree.is_(token, "complement"):
            token, through = self._people(name), True
            if token < 0:
                return
        for host in dict.fromkeys((token, self._together(token))):
            for verb, part, negated in self._verbs(host, token):
                yield from self._role(name, verb, part, negated, through)

    def _people(self, name: MentionTokens) -> int:
        """The noun through which a name acts, -1 if there is none."""
        tree = self.tree
        head = tree.heads[name.root]
        between = range(name.last + 1, head)
        if tree.words.noun_first:
            acting = head < name.first and tree.noun(head, self.words.agentive)
            return head if acting and head not in tree.owner and tree.linked(head, name) else -1
        if (
            name.last < head <= name.last + _TO_HEAD
            and tree.noun(head, self.words.agentive)
            and head not in tree.owner
            and not any(i in tree.owner or tree.pos[i] in ("CCONJ", "VERB") for i in between)
        ):
            return head
        return -1

    def _same(self, name: MentionTokens) -> bool:
        """Whether a name is another word for the noun beside it: 'the group Islamic State'."""
        tree = self.tree
        noun = tree.heads[name.root]
        nouns = (
            self.words.people | self.words.titles
            if name.mention.type == "PERSON"
            else self.words.groups
        )
        return (
            noun < name.first
            and tree.noun(noun, nouns)
            and tree.gap(tree.end(noun, name.first), name.first)
        )

    def _together(self, token: int) -> int:
        """The first of several joined by 'and'; the token itself where it is alone."""
        tree = self.tree
        for _ in range(_MOST):
            if not tree.is_(token, "conjunct") or tree.pos[tree.heads[token]] == "VERB":
                return token
            token = tree.heads[token]
        return token

    def _verbs(self, host: int, own: int) -> Iterator[tuple[int, Part, bool]]:
        tree = self.tree
        verb = tree.heads[host]
        if self._late(host):
            yield verb, "patient", self._negated(verb)
        elif tree.is_(host, "subject") and verb != host:
            if self._unsaid_passive(verb):
                yield from self._suffering(verb)
            elif not self._bare_participle(verb):
                yield from self._doing(verb, set())
        elif tree.is_(host, "passive_subject"):
            if self._perfect(verb):
                yield from self._doing(verb, set())
            else:
                yield from self._suffering(verb)
        elif tree.is_(host, "object"):
            if not self._undone(verb):
                yield verb, "patient", self._negated(verb)
        elif tree.is_(host, "preposition_object") and tree.is_(verb, "agent"):
            done = tree.heads[verb]
            yield done, "agent", self._negated(done)
        elif tree.is_(host, "preposition_object") and self._takes(verb):
            yield tree.heads[verb], "patient", self._negated(tree.heads[verb])
        elif tree.is_(host, "agent_noun"):
            yield verb, "agent", self._negated(verb)
        if host == own:
            yield from self._clauses(own)

    def _late(self, noun: int) -> bool:
        """Whether it is the second subject of a verb before it: an object that the parser
        mistook."""
        tree = self.tree
        verb = tree.heads[noun]
        return (
            tree.words.late_subjects
            and tree.is_(noun, "subject")
            and noun > verb
            and any(child < verb for child in tree.of(verb, "subject"))
            and not tree.of(verb, "object")
        )

    def _bare_participle(self, verb: int) -> bool:
        """Whether a subject may be the one that something was done to, as in headlines: 'Palmyra
        retaken'."""
        tree = self.tree
        return tree.tagged(verb, "participle") and not (
            tree.of(verb, "auxiliary") or tree.of(verb, "object") or tree.of(verb, "clause")
        )

    def _unsaid_passive(self, verb: int) -> bool:
        """Whether a verb is passive though a headline leaves the 'is' out: 'X urged to step down',
        'X accused of fraud by auditors'."""
        tree, words = self.tree, self.words
        needing = tree.lemmas[verb] in words.needing
        if not needing and not tree.tagged(verb, "participle"):
            return False
        if tree.of(verb, "auxiliary") or tree.of(verb, "object") or tree.of(verb, "clause"):
            return False
        inner = tree.of(verb, "open_clause") if needing else []
        if inner:
            return not any(tree.tagged(child, "gerund") for child in inner)
        return tree.tagged(verb, "participle") and any(
            tree.word(child) in words.by for child in tree.children(verb)
        )

    def _takes(self, preposition: int) -> bool:
        """Whether a preposition brings a verb its object: 'called on them'."""
        tree, words = self.tree, self.words
        verb = tree.heads[preposition]
        taken = words.taking.get(tree.lemmas[verb])
        return (
            taken is not None
            and preposition > verb
            and tree.pos[verb] == "VERB"
            and tree.word(preposition) in taken
        )

    def _perfect(self, verb: int) -> bool:
        """Whether an 's' that the parser took for 'is' means 'has': what is done has an object
        ('He's criticised the tax')."""
        tree = self.tree
        auxiliaries = tree.of(verb, "passive_auxiliary")
        return (
            bool(auxiliaries)
            and all(tree.word(token) in tree.words.short for token in auxiliaries)
            and any(token > verb for token in tree.of(verb, "object"))
            and (tree.lemmas[verb] not in tree.words.giving or self._said_of(verb))
        )

    def _said_of(self, verb: int) -> bool:
        """Whether a verb of speech has an object that is known, which is seldom given to anybody:
        'She's denied the charge', but 'She's denied entry'."""
        tree = self.tree
        return tree.lemmas[verb] in tree.words.speech and any(
            tree.word(child) in tree.words.the
            for noun in tree.of(verb, "object")
            for child in tree.of(noun, "determiner")
        )

    def _clauses(self, noun: int) -> Iterator[tuple[int, Part, bool]]:
        """The verbs of the relative and participle clauses that depend on a noun, with its part in
        them."""
        tree = self.tree
        for verb in tree.of(noun, "relative"):
            if any(tree.relative(i) for i in tree.of(verb, "subject")):
                yield from self._doing(verb, set())
            elif any(tree.relative(i) for i in tree.of(verb, "passive_subject")):
                yield from self._suffering(verb)
            elif any(tree.relative(i) for i in tree.of(verb, "object")):
                yield verb, "patient", self._negated(verb)
        for verb in tree.of(noun, "adnominal"):
            if tree.tagged(verb, "participle"):
                yield verb, "patient", self._negated(verb)
            elif tree.tagged(verb, "gerund"):
                yield verb, "agent", self._negated(verb)

    def _doing(
        self, verb: int, seen: set[int], negated: bool = False
    ) -> Iterator[tuple[int, Part, bool]]:
        """A verb whose subject is known, and the verbs that share that subject."""
        tree, words = self.tree, self.words
        if verb in seen or len(seen) >= _MOST:
            return
        seen.add(verb)
        negated = negated or self._negated(verb)
        inner = [] if self._leaves(verb) else self._open(verb)
        if not (inner and tree.lemmas[verb] in words.control):
            yield verb, "agent", negated
        for child in inner:
            if tree.of(child, "passive_auxiliary"):
                yield child, "patient", negated or self._negated(child)
            else:
                yield from self._doing(child, seen, negated)
        for child in tree.of(verb, "conjunct"):
            if not self._has_subject(child) and tree.pos[child] in ("VERB", "AUX"):
                if tree.of(child, "passive_auxiliary"):
                    yield child, "patient", self._negated(child)
                elif not tree.tagged(child, "participle") or tree.tagged(verb, "participle"):
                    yield from self._doing(child, seen)
        for child in tree.of(verb, "adverbial_clause"):
            if (
                tree.tagged(child, "gerund")
                and not self._has_subject(child)
                and not tree.of(child, "auxiliary")
                and not tree.of(child, "passive_auxiliary")
                and child > verb
            ):
                yield from self._doing(child, seen)

    def _suffering(self, verb: int) -> Iterator[tuple[int, Part, bool]]:
        """A passive verb whose subject is known, and the verbs joined to it."""
        tree = self.tree
        yield verb, "patient", self._negated(verb)
        for child in tree.of(verb, "conjunct"):
            if self._has_subject(child) or tree.pos[child] != "VERB":
                continue
            if tree.of(child, "passive_auxiliary") or (
                tree.tagged(child, "participle") and not tree.of(child, "auxiliary")
            ):
                yield child, "patient", self._negated(child)
            elif tree.of(child, "auxiliary") or not tree.tagged(child, "participle"):
                yield from self._doing(child, set())

    def _open(self, verb: int) -> list[int]:
        """The infinitives whose subject is that of the verb."""
        tree = self.tree
        return [
            child
            for child in tree.of(verb, "open_clause")
            if tree.pos[child] in ("VERB", "AUX")
            and not self._has_subject(child)
            and not (tree.tagged(child, "gerund") and tree.lemmas[verb] in self.words.speech)
        ]

    def _leaves(self, verb: int) -> bool:
        """Whether the infinitive behind a verb is not carried out, or not by the verb's subject."""
        tree, words = self.tree, self.words
        return tree.lemmas[verb] in words.unfulfilled or (
            bool(tree.of(verb, "object"))
            or any(
                tree.word(child) in words.appealing.get(tree.lemmas[verb], ())
                for child in tree.of(verb, "preposition")
            )
            or (
                tree.lemmas[verb] in words.object_control and tree.lemmas[verb] not in words.control
            )
        )

    def _has_subject(self, verb: int) -> bool:
        return bool(self.tree.of(verb, "subject") or self.tree.of(verb, "passive_subject"))

    def _undone(self, verb: int) -> bool:
        """Whether a verb tells what somebody failed to do."""
        tree = self.tree
        head = tree.heads[verb]
        return tree.is_(verb, "open_clause") and tree.lemmas[head] in self.words.unfulfilled

    def _negated(self, verb: int) -> bool:
        """Whether a verb is negated, or one that it is an infinitive of."""
        tree = self.tree
        for _ in range(_MOST):
            if any(self._close(negation, verb) for negation in tree.negations(verb)):
                return True
            if not tree.is_(verb, "open_clause") or tree.heads[verb] == verb:
                return False
            verb = tree.heads[verb]
        return False

    def _close(self, negation: int, verb: int) -> bool:
        """Whether no punctuation separates a negation from its verb, as it does in '"Why not?" he
        said'."""
        first, last = sorted((negation, verb))
        between = range(first + 1, last)
        return len(between) < _MOST and not any(self.tree.pos[i] == "PUNCT" for i in between)

    def _role(
        self, name: MentionTokens, verb: int, part: Part, negated: bool, through: bool
    ) -> Iterator[Role]:
        tree = self.tree
        lemma = tree.lemmas[verb]
        start, end = tree.starts[verb], tree.ends[verb]
        if (
            tree.pos[verb] != "VERB"
            or lemma in self.words.light
            or verb in tree.owner
            or not tree.text[start:end].isalpha()
            or "-" in (tree.text[start - 1 : start], tree.text[end : end + 1])
            or "\n\n" in tree.text[min(start, name.mention.start) : max(end, name.mention.end)]
            or (part == "patient" and lemma in self.words.stative)
        ):
            return
        if part == "patient" and lemma in self.words.taking:
            head = tree.heads[name.root]
            if tree.heads[head] == verb and tree.is_(head, "preposition") and self._takes(head):
                lemma = f"{lemma} {tree.word(head)}"
        for particle in tree.of(verb, "particle")[:1]:
            if verb < particle <= verb + _TO_PARTICLE:
                lemma = f"{lemma} {tree.word(particle)}"
        yield Role(
            start,
            end,
            lemma,
            part,
            negated,
            part == "agent" and self._reports(verb),
            name.of,
            through,
        )

    def _reports(self, verb: int) -> bool:
        tree = self.tree
        if tree.lemmas[verb] not in self.words.speech:
            return False
        return bool(
            tree.of(verb, "clause") or not tree.of(verb, "object") or tree.deps[verb] == "parataxis"
        )
