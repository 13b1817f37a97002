"""A text and its names to all else that is found in it."""

from collections.abc import Sequence

from app.annotate import dates, figures, fingerprints, portrayal, quotes, references, statements
from app.domain.annotation import Annotation, Cluster, Mention
from app.domain.findings import TextFindings

# Named in the pipeline's version: what is stored came from these.
FINDERS = (
    f"quotes {quotes.VERSION}, figures {figures.VERSION}, dates {dates.VERSION}, "
    f"portrayal {portrayal.VERSION}, references {references.VERSION}, "
    f"statements {statements.VERSION}, fingerprints {fingerprints.VERSION}"
)


def find(
    text: str, body_start: int, annotation: Annotation, clusters: Sequence[Cluster]
) -> TextFindings:
    """The quotes, figures, dates, labels, roles, references and sentences of a text, in its
    order."""
    mentions = names(clusters)
    portrait = portrayal.Portrait(text, annotation, mentions)
    genders = references.genders(text, clusters, portrait.labels, annotation.language)
    said = quotes.utterances(text, body_start, annotation, mentions, genders)
    meant = references.references(text, annotation, clusters, said, portrait.labels)
    said = quotes.with_references(said, meant, mentions)
    dated = dates.dates(text, annotation)
    counted = figures.figures(text, annotation, mentions, dated, said)
    return TextFindings(
        quotes=said,
        figures=counted,
        dates=dated,
        labels=portrait.labels,
        roles=portrait.roles(meant),
        references=meant,
        sentences=statements.sentences(text, annotation, mentions, counted),
        fingerprints=fingerprints.fingerprints(text, body_start),
    )


def names(clusters: Sequence[Cluster]) -> list[Mention]:
    """All mentions of the clusters, in the order of the text."""
    found = [mention for cluster in clusters for mention in cluster.mentions]
    return sorted(found, key=lambda mention: (mention.start, mention.end))
