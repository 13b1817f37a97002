"""From the words that stand for a speaker to the name they belong to: pronouns, appositions.

A pronoun is taken for the speaker or the subject right before it, and for nobody where two fit
(after the salience order of Lappin & Leass 1994, cut down to what news needs).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.annotate.parse import Parse
from app.annotate.quotes.language import QuoteCues, quote_cues
from app.annotate.quotes.nameless import of_age, spoken_of
from app.domain.annotation import Annotation, Mention
from app.domain.quote import Quote, Voice
from app.domain.spans import Spanned, Spans
from app.domain.text import Span

_NOBODY = Voice(None, False, "the text names nobody")
_PEOPLE = frozenset(["PERSON"])
_NAMED_BESIDE = frozenset(["PERSON", "ORG"])
_BODIES = frozenset(["ORG", "GPE", "NORP"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_BESIDE = frozenset(["appos"])
_QUOTES = 8  # quotes before it that are asked who spoke
_NEAR = 4000  # characters
_CHAIN = 3  # steps from a name to the words that it is an apposition to
_ANSWERED = 4  # sentences before a pronoun's own in which the speaker before it may stand
_REACH = 2  # sentences before the pronoun's own in which its subject is looked for


def voices(
    text: str,
    annotation: Annotation,
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    genders: Mapping[int, str] = MappingProxyType({}),
) -> tuple[Voice, ...]:
    """The voice of each quote, in their order. `mentions` are all names of the text; none may
    overlap. `genders` are those that are known ("m", "f"), by where a mention starts."""
    cues = quote_cues(annotation.language)
    if cues is None or not quotes:
        return tuple(_NOBODY for _ in quotes)
    return _Voices(text, annotation, mentions, cues, genders).of(quotes)


class _Voices:
    def __init__(
        self,
        text: str,
        annotation: Annotation,
        mentions: Sequence[Mention],
        cues: QuoteCues,
        genders: Mapping[int, str],
    ) -> None:
        self.text = text
        self.parse = Parse(text, annotation)
        self.mentions = Spans(mentions)
        self.cues = cues
        self.direct: Spans[Span] = Spans(())
        self.genders = genders
        self.titled: dict[str, str] | None = None

    def of(self, quotes: Sequence[Quote]) -> tuple[Voice, ...]:
        found: list[Voice] = []
        by_speaker: dict[Span, Voice] = {}
        self.direct = Spans(q.content for q in quotes if q.kind == "direct")
        for quote in quotes:
            if quote.speaker is None or quote.name is None:
                found.append(_NOBODY)
                continue
            voice = by_speaker.get(quote.speaker)
            if voice is None:
                pronoun = self.cues.pronouns.get(
                    self.text[quote.name.start : quote.name.end].lower()
                )
                if pronoun is None:
                    voice = self._named(quote.speaker, quote.name)
                else:
                    voice = self._antecedent(pronoun, quote, quotes, found)
                by_speaker[quote.speaker] = voice
            found.append(voice)
        return tuple(found)

    # --- names

    def _head(self, span: Spanned) -> int | None:
        """The first token of a phrase whose head stands outside of it."""
        return next(iter(self.parse.roots(self.parse.within(span.start, span.end))), None)

    def _named(self, speaker: Span, name: Span) -> Voice:
        """The mention that a speaker's phrase is about."""
        aged = of_age(self.text, name, self.mentions, self.cues)
        if aged is not None:
            return Voice(*aged, "of that age")
        head = self._head(name)
        if head is not None:
            mention = self.mentions.at(self.parse.starts[head])
            if mention is not None:
                return Voice(Span(mention.start, mention.end), True, "named")
            added = self._apposition(speaker, head)
            if added is not None:
                return Voice(Span(added.start, added.end), True, "named beside")
        return Voice(name, False, "nameless")

    def _apposition(self, speaker: Span, head: int) -> Mention | None:
        """Whom an apposition or 'identified as' to `head` names: a person, or a body right beside
        a noun that stands for it ('the bank, X')."""
        parse = self.parse
        for mention in self.mentions.starting(speaker.start, speaker.end):
            root = self._head(mention) if mention.type in _NAMED_BESIDE else None
            if root is not None and mention.type not in _PEOPLE:
                beside = parse.heads[root] == head and parse.deps[root] == "appos"
                if beside and parse.pos[head] == "NOUN":
                    return mention
                continue
            if root is not None and self._named_behind(mention, root, head):
                return mention
            for token in () if root is None else parse.chain(root, _CHAIN):
                if parse.heads[token] != head:
                    continue
                relation = parse.deps[token]
                if relation in ("appos", "flat") or (
                    relation in ("acl", "relcl") and parse.lemmas[token] in self.cues.naming
                ):
                    return mention
                break
        return None

    def _named_behind(self, person: Mention, root: int, head: int) -> bool:
        """Whether a person stands, behind a comma, in apposition to the end of a phrase for a
        person: in 'the chairman of X, Y' Y is the chairman, whatever the parse says."""
        parse = self.parse
        comma = parse.token_at(person.start) - 1
        return (
            comma > head
            and parse.surface(comma) == ","
            and parse.deps[root] == "appos"
            and head < parse.heads[root] < comma
            and head in parse.chain(root)
            and parse.lemmas[head].lower() in self.cues.people
        )

    # --- pronouns

    def _antecedent(
        self,
        pronoun: Mapping[str, str],
        of: Quote,
        quotes: Sequence[Quote],
        voices: Sequence[Voice],
    ) -> Voice:
        """The voice that a pronoun stands for, with the reason; none where two fit or nobody
        does."""
        at = of.speaker or of.content
        # What is said stands between the pronoun and whoever it was that began to say it.
        sentence = self._sentence(min(at.start, of.content.start))
        subjects = self._subjects(pronoun, at, sentence)
        # The speaker of the quote before goes on, unless someone else has come in since.
        for index in range(len(voices) - 1, max(-1, len(voices) - 1 - _QUOTES), -1):
            quote, voice = quotes[index], voices[index]
            if (
                quote.content.start >= at.start
                or quote.speaker is None
                or quote.speaker.start >= at.start
            ):
                continue
            told = self._sentence(quote.speaker.start)
            if voice.span is None or not self._fits(pronoun, voice):
                break
            newer = [
                m for m in subjects if m.start > quote.speaker.end and not self._same(m, voice)
            ]
            if sentence - told > _ANSWERED or self._paragraphs(quote.content.end, at.start) > 1:
                break
            if newer:
                if len({m.text for m in newer}) == 1:
                    return self._subject(newer[-1])
                return Voice(None, False, "more than one fits")
            return Voice(voice.span, voice.named, "speaker of the quote before")
        nameless = spoken_of(
            self.parse,
            self.cues,
            pronoun,
            range(max(0, sentence - _REACH), sentence + 1),
            at.start,
            self.mentions,
        )
        if nameless and not any(m.start > nameless[-1].start for m in subjects):
            near = subjects and self._sentence(subjects[-1].start) == self._sentence(
                nameless[-1].start
            )
            if near or len({self.text[n.start : n.end].lower() for n in nameless}) > 1:
                return Voice(None, False, "more than one fits")
            return Voice(nameless[-1], False, "nameless subject before it")
        names = {mention.text for mention in subjects}
        if len(names) == 1:
            return self._subject(subjects[-1])
        if subjects:
            near = [m for m in subjects if self._sentence(m.start) >= sentence - 1]
            if len({m.text for m in near}) == 1:
                return self._subject(near[-1])
            return Voice(None, False, "more than one fits")
        return Voice(None, False, "nobody before it fits")

    def _sentence(self, offset: int) -> int:
        return self.parse.sentence(self.parse.token_at(offset))

    def _subject(self, mention: Mention) -> Voice:
        return Voice(Span(mention.start, mention.end), True, "subject before it")

    def _paragraphs(self, start: int, end: int) -> int:
        return self.text.count("\n\n", start, min(end, start + _NEAR)) if start < end else 0

    def _same(self, mention: Mention, voice: Voice) -> bool:
        if voice.span is None:
            return False
        name = self.text[voice.span.start : voice.span.end]
        return mention.text.split()[-1:] == name.split()[-1:]

    def _fits(self, pronoun: Mapping[str, str], voice: Voice) -> bool:
        """Whether a pronoun can stand for a voice."""
        if voice.span is None:
            return False
        mention = self.mentions.at(voice.span.start) if voice.named else None
        if mention is None:
            head = self._head(voice.span)
            plural = head is not None and self.parse.tags[head] in self.cues.plural_tags
            return plural == (pronoun.get("number") == "pl") and "type" not in pronoun
        if "gender" in pronoun:
            return mention.type in _PEOPLE and self._gender(mention) in (None, pronoun["gender"])
        return mention.type in _BODIES

    def _subjects(self, pronoun: Mapping[str, str], at: Span, sentence: int) -> list[Mention]:
        """The subjects shortly before a pronoun that it can stand for."""
        parse = self.parse
        wanted = _PEOPLE if "gender" in pronoun else _BODIES
        start = parse.starts[parse.openings[max(0, sentence - _REACH)]]
        found: list[Mention] = []
        for mention in self.mentions.starting(start, at.start):
            if mention.type not in wanted:
                continue
            head = self._head(mention)
            # Whom someone speaks of does not speak.
            spoken_of = self.direct.at(mention.start) is not None
            if spoken_of or head is None:
                continue
            if parse.deps[parse.past(head, _BESIDE, _CHAIN)] not in _SUBJECTS:
                continue
            if "gender" in pronoun and self._gender(mention) not in (None, pronoun["gender"]):
                continue
            found.append(mention)
        return found

    def _gender(self, mention: Mention) -> str | None:
        """The gender that is known of a name, or that a title gives to it anywhere in the text
        ('Mr. Kozak')."""
        if self.titled is None:
            self.titled = {}
            for known in self.mentions:
                if known.type not in _PEOPLE:
                    continue
                words = known.text.split()
                title = words[0] if len(words) > 1 else self._word_before(known.start)
                for gender, titles in self.cues.titles.items():
                    if title.lower() in titles:
                        self.titled[words[-1]] = gender
        known_gender = self.genders.get(mention.start)
        if known_gender is not None or not mention.text.split():
            return known_gender
        return self.titled.get(mention.text.split()[-1])

    def _word_before(self, offset: int) -> str:
        token = self.parse.token_at(offset) - 1
        return self.parse.surface(token) if token >= 0 else ""
