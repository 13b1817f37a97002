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
    """The words of a text as columns of one length: where each starts and ends, its coarse part
    of speech (Universal Dependencies), fine tag, lemma, the index of its head (itself for a root)
    and the relation to it, under ClearNLP's name where it has one."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that a later step may want from the model, so that it need not run again.

    `model` names it with its version and all else that decides what it says; `sentences` are
    `(start, end)` in characters; `mentions` are the model's own, types mapped to OntoNotes' by data
    where it has other labels. `values` are its spans of dates, times and amounts, under OntoNotes'
    labels (DATE, TIME, PERCENT, MONEY, QUANTITY, ORDINAL, CARDINAL).
    """

    model: str
    language: str
    tokens: Tokens
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    values: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names were joined: the rule, the names it joined, and a score in 0..1."""

    rule: str
    detail: str
    score: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one thing in one article, in the order of the text. `name` is that of the
    knowledge entry that it was recognised as, else the fullest of its surfaces; `knowledge_id` the
    entry's id, or "geonames/ID" for a city that GeoNames alone knows; `place` where it is."""

    name: str
    type: str
    mentions: tuple[Mention, ...]
    knowledge_id: str | None
    reasons: tuple[Reason, ...]
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
    """All that one pipeline version finds in one text.

    `annotation` is None, and `reason` says why, for a text in a language without a pipeline.
    Each of its mentions is in one cluster, be it alone. `pipeline` names every version that went
    into it.
    """

    pipeline: str
    annotation: Annotation | None
    clusters: tuple[Cluster, ...]
    terms: tuple[Term, ...]
    language: str | None
    reason: str | None = None
    findings: TextFindings = field(default_factory=TextFindings)
    profile: Profile = NO_PROFILE


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that could not be analysed, and why."""

    reason: str


# What becomes of one text.
type Outcome = Analysis | Failure


@dataclass(frozen=True, slots=True)
class AnalysisInput:
    """A text to analyse; `language` None means: find out. `said` is what models are known to say of
    it: one that is still in use need not run."""

    text: str
    body_start: int
    language: str | None
    said: tuple[Annotation, ...] = ()
