"""Texts of pieces that mean something to our finders, with a parse by chance."""

import random
import re

from app.annotate.terms import terms
from app.domain.annotation import Analysis, Annotation, Mention
from app.languages import load
from app.resolve.knowledge import Knowledge
from app.resolve.within import resolve
from app.services.text_findings import find
from app.stories.profile import profile
from tests.annotate.chance import tokens

_WORDS = re.compile(r"\w+|[^\w\s]|\s\s+")
_POS = (
    "VERB",
    "NOUN",
    "PROPN",
    "PRON",
    "PUNCT",
    "AUX",
    "ADP",
    "SCONJ",
    "ADV",
    "SPACE",
    "NUM",
    "DET",
)
_TAGS = ("VBD", "VBG", "NNS", "TO", "NN", "VERB", "PRP", "PRP$", "NNP", "DT", "CD")
_DEPS = (
    *(
        "nsubj",
        "nsubjpass",
        "ccomp",
        "xcomp",
        "dobj",
        "relcl",
        "acl",
        "mark",
        "prep",
        "pobj",
        "det",
    ),
    *("conj", "appos", "ROOT", "parataxis", "advcl", "agent", "poss", "punct", "oprd", "aux", "cc"),
    *("amod", "compound", "attr", "nummod", "neg", "case", "fixed", "flat", "obl:mod", "nmod"),
)
_LEMMAS = ("say", "tell", "accord", "claim", "call", "accuse", "he", "who", "be", "dire", "selon")
_NAMES = ("PERSON", "ORG", "GPE", "NORP", "FAC", "EVENT")
_VALUES = ("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL")

PIECES = (
    *(
        "(",
        ")",
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
        "'",
        "’",
        "‘",
        "—",
        "- ",
        "; ",
        ": ",
        ", ",
        ". ",
        "\n",
        "\n\n",
    ),
    *(
        "1% ",
        "1 ",
        "1,",
        "$1 ",
        "$",
        "£45m ",
        "1-",
        "1:0 ",
        "1/2 ",
        "½",
        "2024 ",
        "Monday ",
        "May ",
        "last week ",
    ),
    *(
        "5 March 2024 ",
        "9:30 ",
        "Q3 ",
        "1990s ",
        "Feb. 31 ",
        "one ",
        "hundred ",
        "million ",
        "half a ",
        "and ",
    ),
    *(
        "two thousand ",
        "more than ",
        "at least 400 people ",
        "km ",
        "between 1 and ",
        "to ",
        "of ",
        "a quarter of ",
    ),
    *(
        "he ",
        "He said ",
        "said ",
        '"a" said Ana. ',
        "“said Ana, ",
        "according to ",
        "called ",
        "the so-called ",
    ),
    *(
        "John Smith ",
        "Mr Smith ",
        "J. ",
        "U.S. ",
        "the president ",
        "the company ",
        "or ",
        "that ",
        "who ",
        "not ",
    ),
    *(
        "Ana: a\n",
        "A ",
        "A-",
        "al-Assad ",
        "the University of ",
        "Bank of ",
        "Hurricane ",
        "v. ",
        "Ltd ",
        "(A) ",
    ),
    *(
        "New York ",
        "Paris, France ",
        "İ ",
        "é ",
        "漢",
        "😀",
        "\u0301",
        "PALMYRA ",
        "l'",
        "Selon ",
        "dit-il, ",
    ),
)


def parsed(text: str, seed: int, language: str) -> Annotation:
    """An annotation with the shape of a model's, all that it says by chance."""
    chance = random.Random(seed)
    spans = [match.span() for match in _WORDS.finditer(text)]
    said = tokens(
        chance,
        text,
        spans,
        pos=_POS,
        tags=_TAGS,
        deps=_DEPS,
        lemma=lambda word: chance.choice((*_LEMMAS, word, word)),
    )
    apart = seed % 4
    places = range(len(spans))
    borders = [0, *(at for at in places[1:] if apart and not chance.randrange(8 * apart))]
    sentences = tuple(
        (spans[first][0], spans[last - 1][1])
        for first, last in zip(borders, [*borders[1:], len(spans)], strict=True)
        if last
    )
    return Annotation(
        "chance",
        language,
        said,
        sentences,
        tuple(_mention(text, span, chance.choice(_NAMES)) for span in spans[::7]),
        tuple(_mention(text, span, chance.choice(_VALUES)) for span in spans[3::7]),
    )


def _mention(text: str, span: tuple[int, int], kind: str) -> Mention:
    return Mention(*span, text[slice(*span)], kind)


def analysed(text: str, annotation: Annotation, known: Knowledge) -> Analysis:
    clusters = resolve(text, 0, annotation, known)
    words = terms(annotation)
    return Analysis(
        "chance",
        annotation,
        clusters,
        words,
        annotation.language,
        findings=find(text, 0, annotation, clusters),
        profile=profile(text, words, clusters, load(annotation.language, "frequencies")),
    )
