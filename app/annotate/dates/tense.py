"""Whether the words around an expression of time speak of what was or of what is to come."""

from app.annotate.dates.grammar import Grammar
from app.annotate.parse import Parse

_AUXILIARIES = 8  # tokens before a verb in which its auxiliaries are looked for
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_HELPING = frozenset({"AUX", "PART"})
_OPEN_CLAUSE = "xcomp"
_PRESENT = frozenset({"VBZ", "VBP"})
_PAST = frozenset({"VBD", "VBN"})
_SIMPLE_PAST = "VBD"


class Tense:
    """The tense of what stands at a place of a text, by its parse."""

    def __init__(self, parse: Parse, rules: Grammar) -> None:
        self.parse, self.rules = parse, rules

    def at(self, offset: int) -> int:
        """1 where the words speak of what is to come, -1 of what was, 0 where they say neither."""
        parse, token = self.parse, self.parse.token_at(offset)
        if token >= parse.size:
            return 0
        before = self._before(token)
        verb, direct = None, True
        for each in parse.chain(token):
            if each != token and self._is_due(each, before):
                return 1
            if parse.pos[each] in _VERBS:
                verb = each
                break
            # 'prepared for the vote in May' does not say when the vote is.
            direct = direct and (each == token or parse.pos[each] not in _NOUNS)
        if verb is None:
            return 0
        if self._is_to_come(verb) or self._is_meant(verb) or self._is_put_off(verb, before):
            return 1
        if self._is_scheduled(verb):
            return 1
        return -1 if direct and parse.tags[verb] in _PAST else 0

    def _before(self, token: int) -> str:
        """The words before an expression, two at most."""
        first = max(0, token - 2)
        return " ".join(self.parse.word(each) for each in range(first, token))

    def _helpers(self, verb: int) -> list[int]:
        """The auxiliaries of a verb, with the particle of an infinitive."""
        heads = self.parse.heads
        return [each for each in range(max(0, verb - _AUXILIARIES), verb) if heads[each] == verb]

    def _was(self, token: int) -> bool:
        """Whether what a word says was so ('was due to open')."""
        around = [*self._helpers(token), self.parse.heads[token]]
        return any(self.parse.word(each) in self.rules.was for each in around)

    def _is_due(self, token: int, before: str) -> bool:
        """Whether a word puts what follows it into the future ('scheduled for June')."""
        prepositions = self.rules.due.get(self.parse.word(token))
        if prepositions is None or self._was(token):
            return False
        return not prepositions or before.rsplit(" ", 1)[-1] in prepositions

    def _is_to_come(self, verb: int) -> bool:
        """Whether a verb has a form of the future, or a word beside it that gives it one."""
        parse, rules = self.parse, self.rules
        head = parse.heads[verb]
        if self._is_future_form(verb) or parse.word(head) in rules.future_heads:
            return True
        # 'restera fermé': the one verb says what the other leads to.
        if parse.deps[verb] == _OPEN_CLAUSE and self._is_future_form(head):
            return True
        helpers = self._helpers(verb)
        words = [parse.word(each) for each in helpers]
        if any(word in rules.future for word in words):
            return True
        if any(word in rules.modals for word in words):
            if any(word in rules.denying for word in words):
                lemma = parse.lemmas[verb].lower()
                if any(self._is_past_denied(word, lemma) for word in words):
                    return False
            return not any(word in rules.have for word in words)  # 'may have left on Monday'
        return any(self._is_future_form(each) for each in helpers)

    def _is_past_denied(self, modal: str, verb: str) -> bool:
        """Whether a denied verb with a modal tells what was ('could not be reached', 'would not
        comment')."""
        verbs = self.rules.past_denied.get(modal)
        return verbs is not None and (not verbs or verb in verbs)

    def _is_future_form(self, token: int) -> bool:
        if self.parse.pos[token] not in _VERBS:
            return False
        lemma, word = self.parse.lemmas[token].lower(), self.parse.word(token)
        stem = self.rules.future_stems.get(lemma, lemma.removesuffix("e"))
        return any(word == stem + ending for ending in self.rules.future_endings)

    def _is_meant(self, verb: int) -> bool:
        """Whether a verb is an infinitive of what somebody means to do: 'plans to open', 'are to
        begin', 'is expected to be sworn in', 'Court to rule'."""
        parse, rules = self.parse, self.rules
        if not any(parse.tags[each] in rules.infinitive for each in self._helpers(verb)):
            return False
        head = parse.heads[verb]
        if head == verb:
            return True
        word = parse.word(head)
        if word in rules.is_now or word in rules.meant:
            return word in rules.is_now or not self._was(head)
        if parse.pos[head] in _VERBS or parse.pos[head] == "ADJ":
            return False
        if parse.lemmas[head].lower() in rules.meant:
            return True
        # A headline has no finite verb.
        return parse.heads[head] == head and parse.pos[head] in ("NOUN", "PROPN")

    def _is_put_off(self, verb: int, before: str) -> bool:
        """Whether an expression is the end of what goes on, or of what was put off."""
        parse, rules = self.parse, self.rules
        if before in rules.ahead:
            return parse.tags[verb] in _PRESENT or any(
                parse.word(each) in rules.is_now for each in self._helpers(verb)
            )
        lemma = parse.lemmas[verb].lower()
        if before.rsplit(" ", 1)[-1] not in rules.until or lemma not in rules.put_off:
            return False
        # 'It ran until May' is over; 'it was closed until May' may go on.
        return lemma not in rules.lasting or parse.tags[verb] != _SIMPLE_PAST

    def _is_scheduled(self, verb: int) -> bool:
        """Whether a verb in the present tells a timetable ('polls open on Tuesday')."""
        parse, rules = self.parse, self.rules
        if parse.lemmas[verb].lower() not in rules.timetable:
            return False
        if parse.tags[verb] in _PRESENT:
            return True
        helping = [each for each in self._helpers(verb) if parse.pos[each] in _HELPING]
        helpers = [parse.word(each) for each in helping]
        if parse.tags[verb] == "VB":  # as the model reads a plain 'go' behind a long subject
            return not helpers
        return parse.tags[verb] == "VBG" and any(word in rules.is_now for word in helpers)
