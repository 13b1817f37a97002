"""What a model's attribute ruler and rule lemmatizer say of each token, each kind of token asked
once.

spaCy has every rule tried at every token of every text, a sixth of what a model takes. But nearly
all rules look at one token alone, and at its form, tag and relation: what they say of one they say
of all that are alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

_RULER, _LEMMATIZER = "attribute_ruler", "lemmatizer"
# Components that may follow the two, for they read nothing of what those set.
_AFTER = frozenset({_LEMMATIZER, "ner"})
# Of what a pattern of a rule may ask of a token so that the answer holds for all that are alike.
_ASKED = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
_LISTS = frozenset({"IN", "NOT_IN"})
_READ: list[int | str] = ["LOWER", "IS_SPACE", "TAG", "POS", "MORPH", "LEMMA", "DEP", "ORTH"]
_SET = ("TAG", "POS", "MORPH", "LEMMA", "DEP")
# Lemmas kept at most, of some hundred bytes each.
_LEMMAS = 200_000

type _Labels = Sequence[int]


@dataclass(frozen=True, slots=True)
class TokenLabels:
    """The part of speech, tag, lemma and relation of each token of a document."""

    pos: list[str]
    tags: list[str]
    lemmas: list[str]
    deps: list[str]


class TokenRules:
    """Takes the attribute ruler and the rule lemmatizer of a pipeline out of it, and says of its
    documents what they would have said. A pipeline that has others, or whose further components
    may need what they set, stays whole."""

    def __init__(self, nlp: "Language") -> None:
        self._ruler: _Ruler | None = None
        self._lemmatizer: _Lemmatizer | None = None
        if not _can_be_taken_out(nlp):
            return
        self._ruler = _Ruler(cast("AttributeRuler", nlp.get_pipe(_RULER)))
        nlp.disable_pipe(_RULER)
        if _LEMMATIZER in nlp.pipe_names:
            self._lemmatizer = _Lemmatizer(cast("Lemmatizer", nlp.get_pipe(_LEMMATIZER)))
            nlp.disable_pipe(_LEMMATIZER)

    def labels(self, doc: "Doc", strings: Mapping[int, str]) -> TokenLabels:
        """The labels of a document that the rest of its pipeline has read; `strings` turns spaCy's
        hashes into text."""
        rows = doc.to_array(_READ).tolist()
        labels = [row[2:7] for row in rows] if self._ruler is None else self._ruler.of(doc, rows)
        tags, pos, morphs, lemmas, deps = zip(*labels, strict=True) if rows else ((),) * 5
        words = [strings[lemma] for lemma in lemmas]
        if self._lemmatizer is not None:
            keys = zip((row[7] for row in rows), pos, morphs, strict=True)
            for index, key in enumerate(keys):
                if not lemmas[index] or self._lemmatizer.overwrites:
                    words[index] = self._lemmatizer.of(doc[index], key, strings)
        return TokenLabels(
            pos=[strings[key] for key in pos],
            tags=[strings[key] for key in tags],
            lemmas=words,
            deps=[strings[key] for key in deps],
        )


class _Lemmatizer:
    """A lemmatizer by rules, which is asked once for each form, part of speech and morphology."""

    def __init__(self, lemmatizer: "Lemmatizer") -> None:
        self._lemmatizer = lemmatizer
        self._known: dict[tuple[int, int, int], str] = {}
        self.overwrites: bool = lemmatizer.overwrite

    def of(self, token: Any, key: tuple[int, int, int], strings: Mapping[int, str]) -> str:
        """The lemma of a token; `key` is its form, part of speech and morphology."""
        lemma = self._known.get(key)
        if lemma is None:
            if len(self._known) >= _LEMMAS:
                self._known.clear()
                # The lemmatizer's own, which nothing else empties.
                self._lemmatizer.cache.clear()
            _, token.pos, morph = key
            token.set_morph(strings[morph])
            lemma = self._known[key] = self._lemmatizer.lemmatize(token)[0]
        return lemma


class _Ruler:
    """An attribute ruler, which is asked once for each kind of token."""

    def __init__(self, ruler: "AttributeRuler") -> None:
        from spacy.attrs import IDS

        self._patterns = _Patterns(ruler)
        self._sets = [
            {at: attributes[IDS[name]] for at, name in enumerate(_SET) if IDS[name] in attributes}
            for attributes in ruler.attrs
        ]
        self._known: dict[tuple[int, ...], _Labels] = {}

    def of(self, doc: "Doc", rows: Sequence[_Labels]) -> list[_Labels]:
        """What stands at each token when the rules have been there; the rows are of `_READ`."""
        listed = self._patterns.words
        found: list[_Labels] = []
        for index, row in enumerate(rows):
            key = (row[0] if row[0] in listed else 0, *row[1:7])
            labels = self._known.get(key)
            if labels is None:
                labels = self._set(row[2:7], self._patterns.alone(doc, index))
                self._known[key] = labels
            found.append(labels)
        for index, rules in self._patterns.together(doc).items():
            found[index] = self._set(rows[index][2:7], rules | self._patterns.alone(doc, index))
        return found

    def _set(self, before: _Labels, rules: Iterable[int]) -> _Labels:
        """The labels when each rule has set its own, a later one over an earlier."""
        labels = dict(enumerate(before))
        for rule in sorted(rules):
            labels |= self._sets[rule]
        return tuple(labels.values())


class _Patterns:
    """The patterns of a ruler, those that look at a token alone apart from the others."""

    def __init__(self, ruler: "AttributeRuler") -> None:
        from spacy.matcher import Matcher

        self._alone = Matcher(ruler.vocab)
        self._together = Matcher(ruler.vocab)
        self._indices: Sequence[int] = ruler.indices
        self._names = ruler.vocab.strings
        words: set[str] = set()
        rules: Sequence[Any] = ruler.patterns
        for number, rule in enumerate(rules):
            parted: tuple[list[Any], list[Any]] = ([], [])
            for pattern in rule["patterns"]:
                parted[_asks_of_one(pattern)].append(pattern)
            words.update(*map(_words, parted[True]))
            for matcher, patterns in zip((self._together, self._alone), parted, strict=True):
                if patterns:
                    matcher.add(str(number), patterns)
        self.words = frozenset(ruler.vocab.strings.add(word) for word in words)

    def alone(self, doc: "Doc", index: int) -> set[int]:
        """The rules that hold of one token by itself."""
        return {rule for rule, _, _ in self._matches(self._alone, doc, index, index + 1)}

    def together(self, doc: "Doc") -> dict[int, set[int]]:
        """The rules that hold by what stands around a token, by its index."""
        found: dict[int, set[int]] = {}
        if len(self._together):
            for rule, start, end in self._matches(self._together, doc, 0, len(doc)):
                at = self._indices[rule]
                found.setdefault(start + at if at >= 0 else end + at, set()).add(rule)
        return found

    def _matches(
        self, matcher: "Matcher", doc: "Doc", start: int, end: int
    ) -> list[tuple[int, int, int]]:
        """`(rule, first token, token after the last)` of each match."""
        return [
            (int(self._names[name]), start + first, start + last)
            for name, first, last in matcher(doc[start:end], allow_missing=True)
        ]


def _can_be_taken_out(nlp: "Language") -> bool:
    from spacy.attrs import IDS
    from spacy.pipeline import AttributeRuler, Lemmatizer

    if _RULER not in nlp.pipe_names:
        return False
    ruler = nlp.get_pipe(_RULER)
    after = nlp.pipe_names[nlp.pipe_names.index(_RULER) + 1 :]
    lemmatizer = nlp.get_pipe(_LEMMATIZER) if _LEMMATIZER in nlp.pipe_names else None
    settable = {IDS[name] for name in _SET}
    return (
        type(ruler) is AttributeRuler
        and _AFTER.issuperset(after)
        and all(settable.issuperset(attributes) for attributes in ruler.attrs)
        and (
            lemmatizer is None
            or (isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode in {"rule", "lookup"})
        )
    )


def _asks_of_one(pattern: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a pattern looks at one token alone, and at nothing but what `_ASKED` names."""
    return (
        len(pattern) == 1
        and _ASKED.issuperset(pattern[0])
        and all(not isinstance(v, dict) or _LISTS.issuperset(v) for v in pattern[0].values())
    )


def _words(pattern: Sequence[Mapping[str, Any]]) -> set[str]:
    """The forms that a pattern for one token names."""
    form = pattern[0].get("LOWER", ())
    if isinstance(form, str):
        return {form}
    return {word for words in form.values() for word in words} if form else set()
