"""What stands around a name: the words beside it, and what the parse says of it."""

from bisect import bisect_left
from collections.abc import Collection, Iterator

from app.resolve.annotated_text import AnnotatedText

_ATTRIBUTE_WITHIN = 12  # tokens from a name to the noun that is said of it


def personal_subjects(reading: AnnotatedText) -> Iterator[int]:
    """Where subjects end that must be people: subjects of verbs that only people are the subject
    of, and those that the next sentence takes up with a pronoun for a person."""
    tokens, cues = reading.annotation.tokens, reading.cues
    if not cues.person_verbs:
        return
    last = None
    for index, dep in enumerate(tokens.deps):
        if dep != "nsubj" and dep != "nsubjpass":
            continue
        head = tokens.heads[index]
        if tokens.pos[index] == "PROPN":
            if tokens.lemmas[head] in cues.person_verbs:
                yield tokens.ends[index]
            last = index if tokens.deps[head] == "ROOT" else last
        elif last is not None and tokens.lemmas[index].lower() in cues.person_pronouns:
            # The pronoun opens its sentence, and the sentence before has the name as its subject.
            if index < 1 or tokens.pos[index - 1] in ("PUNCT", "SPACE"):
                yield tokens.ends[last]
            last = None
        elif tokens.deps[head] == "ROOT":
            last = None


def words_before(reading: AnnotatedText, offset: int) -> list[str]:
    """The two words before an offset, where only blanks and dots part them from it."""
    words = reading.words
    index = bisect_left(words.starts, offset)
    found: list[str] = []
    end = offset
    for at in (each for each in (index - 1, index - 2) if each >= 0):
        if (
            reading.text[words.ends[at] : end].strip(" .'’")
            or "\n" in reading.text[words.ends[at] : end]
        ):
            break
        found.insert(0, words.texts[at])
        end = words.starts[at]
    return found


def stands_behind(reading: AnnotatedText, offset: int, prepositions: Collection[str]) -> bool:
    """Whether one of some prepositions of place stands before an offset, and no stake or trust
    before that ("shares in X")."""
    before = [word.lower() for word in words_before(reading, offset)]
    if not before or before[-1] not in prepositions:
        return False
    return reading.cues.stakes.isdisjoint(before[:-1])


def noun_before_comma(reading: AnnotatedText, offset: int) -> str | None:
    """The word that a comma parts from the name at an offset: "its publication, X"."""
    index = bisect_left(reading.words.starts, offset) - 1
    if index < 0 or reading.text[reading.words.ends[index] : offset] != ", ":
        return None
    return reading.words.texts[index]


def is_behind(reading: AnnotatedText, end: int, nouns: Collection[str]) -> bool:
    """Whether the next word is one of some nouns, used as such."""
    index = bisect_left(reading.words.starts, end)
    return (
        index < len(reading.words.starts)
        and reading.text[end : reading.words.starts[index]] == " "
        and reading.words.texts[index] in nouns
        and reading.pos(reading.words.starts[index]) == "NOUN"
    )


def kind_of_noun(reading: AnnotatedText, noun: str | None) -> str | None:
    """The type of the things that a noun is a word for."""
    cues = reading.cues
    if noun in cues.person_nouns:
        return "PERSON"
    if noun in cues.place_nouns:
        return "GPE"
    return "ORG" if noun in cues.org_nouns else None


def gives_age(after: str) -> bool:
    """Whether the text behind a name opens with an age: ", 34,"."""
    return after[:2] == ", " and after[2:4].isdigit() and after[4:5] in (",", ".")


def noun_said_of(reading: AnnotatedText, end: int) -> str | None:
    """The lemma of the noun that describes the name that ends here, by copula or apposition."""
    tokens = reading.annotation.tokens
    last = bisect_left(tokens.starts, end) - 1
    if last < 0:
        return None
    head = last
    if tokens.deps[last] in ("nsubj", "nsubjpass"):
        verb = tokens.heads[last]
        if tokens.lemmas[verb] in reading.cues.copulas:
            wanted, head = "attr", verb
        else:
            wanted = "appos"
    elif tokens.deps[last] == "appos":
        noun = tokens.heads[last]
        return tokens.lemmas[noun].lower() if tokens.pos[noun] == "NOUN" else None
    else:
        wanted = "appos"
    for index in range(last + 1, min(last + _ATTRIBUTE_WITHIN, len(tokens.starts))):
        if tokens.heads[index] == head and tokens.deps[index] == wanted:
            return tokens.lemmas[index].lower() if tokens.pos[index] == "NOUN" else None
    return None


def is_subject(reading: AnnotatedText, end: int) -> bool:
    """Whether the name that ends there is the subject of a verb."""
    last = bisect_left(reading.annotation.tokens.starts, end) - 1
    return last >= 0 and reading.annotation.tokens.deps[last] in ("nsubj", "nsubjpass")
