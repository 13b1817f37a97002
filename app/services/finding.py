"""A text and its names to all else that is found in it."""

from collections.abc import Sequence

from app.annotate import dates, figures, fingerprints, portrayal, quotes, statements
from app.domain.annotation import Annotation, Cluster, Mention
from app.domain.findings import TextFindings

# Named in the pipeline's version: what is stored came from these.
FINDERS = (
    f"quotes {quotes.VERSION}, figures {figures.VERSION}, dates {dates.VERSION}, "
    f"portrayal {portrayal.VERSION}, statements {statements.VERSION}, "
    f"fingerprints {fingerprints.VERSION}"
)


def find(
    text: str, body_start: int, annotation: Annotation, clusters: Sequence[Cluster]
) -> TextFindings:
    """The quotes, figures, dates, labels, roles and sentences of a text, in its order."""
    mentions = names(clusters)
    said = quotes.utterances(text, body_start, annotation, mentions)
    dated = dates.dates(text, annotation)
    counted = figures.figures(text, annotation, mentions, dated, said)
    labels, roles = portrayal.portrayed(text, annotation, mentions)
    return TextFindings(
        quotes=said,
        figures=counted,
        dates=dated,
        labels=labels,
        roles=roles,
        sentences=statements.sentences(text, annotation, mentions, counted),
        fingerprints=fingerprints.fingerprints(text, body_start),
    )


def names(clusters: Sequence[Cluster]) -> list[Mention]:
    """All mentions of the clusters, in the order of the text."""
    found = [mention for cluster in clusters for mention in cluster.mentions]
    return sorted(found, key=lambda mention: (mention.start, mention.end))
