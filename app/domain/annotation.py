"""What a language model says of one text, and what resolution makes of it."""

from dataclasses import dataclass, field

from app.domain.findings import TextFindings
from app.domain.place import Place
from app.domain.story import NO_PROFILE, Profile

# OntoNotes 5.0's names for what a name names; the types a mention may have.
TYPES = (
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: `text == article_text[start:end]`."""

    start: int
    end: int
    text: str
    type: str

    def __reduce__(self) -> tuple[object, ...]:
        # Hundreds of these cross from a worker with each article, and the pickling that a frozen
        # dataclass comes with asks each for its fields anew: several times slower.
        return (Mention, (self.start, self.end, self.text, self.type))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text as columns of one length."""

    # Where each starts and ends, in characters.
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    # Coarse parts of speech (Universal Dependencies): "VERB".
    pos: tuple[str, ...]
    # Fine ones, as the model calls them: "VBD".
    tags: tuple[str, ...]
    # "take" for 'took'.
    lemmas: tuple[str, ...]
    # The index of each one's head; a root's is its own.
    heads: tuple[int, ...]
    # The relation to the head, under ClearNLP's name where it has one: "nsubj".
    deps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that a later step may want from the model, so that it need not run again."""

    # Its name and version, and all else that decides what it says:
    # "fr_core_news_md 3.8.0, spaCy 3.8.18, reading 1".
    model: str
    # "fr"
    language: str
    tokens: Tokens
    # `(start, end)` of each, in characters.
    sentences: tuple[tuple[int, int], ...]
    # The model's own, with OntoNotes' types: data maps the labels of models that have others.
    mentions: tuple[Mention, ...]
    # Its spans of dates, times and amounts, with OntoNotes' types (DATE, TIME, PERCENT, MONEY,
    # QUANTITY, ORDINAL, CARDINAL).
    values: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names were joined: the rule, the names it joined, and a score in 0..1."""

    rule: str
    detail: str
    score: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one thing in one article."""

    # That of its knowledge entry, else the fullest of its surfaces: "Bashar al-Assad".
    name: str
    # "PERSON"
    type: str
    # In the order of the text.
    mentions: tuple[Mention, ...]
    # The id of its knowledge entry, or "geonames/ID" for a city that GeoNames alone knows.
    knowledge_id: str | None
    # Why its names were joined.
    reasons: tuple[Reason, ...]
    # Where on the earth it is.
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A content word (noun, proper noun, verb, adjective) by its lemma, with every place of it."""

    lemma: str
    spans: tuple[tuple[int, int], ...]

    def __reduce__(self) -> tuple[object, ...]:
        # As for Mention.
        return (Term, (self.lemma, self.spans))


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one pipeline version finds in one text."""

    # Every version that went into it: "en_core_web_md 3.8.0, ...; resolver 4; ...".
    pipeline: str
    # None for a text in a language without a pipeline.
    annotation: Annotation | None
    # Each mention is in one of them, be it alone, in the order of their first mentions.
    clusters: tuple[Cluster, ...]
    terms: tuple[Term, ...]
    # As given, else as detected: "en".
    language: str | None
    # Why there is no annotation: "no pipeline for language 'xx'".
    reason: str | None = None
    findings: TextFindings = field(default_factory=TextFindings)
    # What it is about, for stories and for names that many have.
    profile: Profile = NO_PROFILE
    # Annotation, terms and findings as the store keeps them, where they were packed already: they
    # are not here then.
    packed: object | None = None


@dataclass(frozen=True, slots=True)
class BroughtAnalysis:
    """An analysis that was made elsewhere, packed: of which cleaned text, by which versions."""

    text: str
    pipeline: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that could not be analysed, and why."""

    reason: str


# What becomes of one text.
type Outcome = Analysis | Failure


@dataclass(frozen=True, slots=True)
class AnalysisInput:
    """A text to analyse; `language` None means: find out. `said` is what models are known to say of
    it: one that is still in use need not run. `keep` says that it will be stored: what is found
    then comes as it is kept."""

    text: str
    body_start: int
    language: str | None
    said: tuple[Annotation, ...] = ()
    keep: bool = False
