"""Texts analysed with the real model and resolver, for tests of labels and roles."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.annotation import AnalysisInput
from app.domain.portrayal import Label, Role
from app.services.pipeline import Analyser


@dataclass(frozen=True, slots=True)
class Portrayed:
    """A text with its labels and roles; `names` from the start of a mention to its surface."""

    text: str
    names: dict[int, str]
    labels: tuple[Label, ...]
    roles: tuple[Role, ...]

    def called(self) -> set[tuple[str, str, str]]:
        """Name, kind and text of each label that is more than a name."""
        return {
            (self.names[label.mention], label.kind, label.text)
            for label in self.labels
            if label.kind != "name"
        }

    def done(self) -> set[tuple[str, str, str]]:
        """Name, part and verb of each role, 'not' before a negated one."""
        return {
            (
                self.names[role.mention],
                role.part,
                f"not {role.verb}" if role.negated else role.verb,
            )
            for role in self.roles
        }


type Portray = Callable[[str], Portrayed]


def portray_with(analyser: Analyser, language: str = "en") -> Portray:
    """A function from a text to what is found in it."""

    def portray(text: str) -> Portrayed:
        (analysis,) = analyser.analyse([AnalysisInput(text, 0, language)])
        assert analysis.annotation is not None
        mentions = [mention for cluster in analysis.clusters for mention in cluster.mentions]
        return Portrayed(
            text,
            {mention.start: mention.text for mention in mentions},
            analysis.findings.labels,
            analysis.findings.roles,
        )

    return portray
