"""The words of a language that say that something is said: data, read once."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Cues:
    """The cue words of one language, by what they take beside them (lemmas, in lower case)."""

    speech: frozenset[str]
    tell: frozenset[str]
    thought: frozenset[str]
    evidence: frozenset[str]
    infinitive: frozenset[str]
    gerund: frozenset[str]
    label: frozenset[str]
    quoted: frozenset[str]
    never: frozenset[str]
    support: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    prepositions: frozenset[str]
    relative: frozenset[str]
    nobody: frozenset[str]
    pronouns: dict[str, dict[str, str]]
    titles: dict[str, frozenset[str]]

    @property
    def verbs(self) -> frozenset[str]:
        """All verbs that may introduce a clause or a quotation."""
        return (
            self.speech | self.thought | self.evidence | self.infinitive | self.gerund | self.label | self.quoted
        )


@cache
def cues(language: str) -> Cues | None:
    """The cues of a language (ISO 639-1), None for one without data."""
    path = files("app") / "data" / "languages" / language / "quotes.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    F = lambda k: frozenset(data.get(k, ()))
    return Cues(
        **{k: F(k) for k in ("speech","tell","thought","evidence","infinitive","gerund","label","quoted","never","support","nouns","adjectives","relative","nobody","prepositions")},
        pronouns=data["pronouns"],
        titles={k: frozenset(v) for k, v in data["titles"].items()},
    )
