"""Labels and roles of the names of a text, over one reading of its parse."""

from collections.abc import Sequence

from app.annotate.portrayal.labels import labels_in, names_alone
from app.annotate.portrayal.language import wording
from app.annotate.portrayal.roles import roles_in
from app.annotate.portrayal.tree import Tree
from app.domain.annotation import Annotation, Mention
from app.domain.portrayal import Label, Role


def portrayed(
    text: str, annotation: Annotation, mentions: Sequence[Mention]
) -> tuple[tuple[Label, ...], tuple[Role, ...]]:
    """All labels of the names of a text, and all roles that they have in it, each in its order and
    once; in a language without data the names themselves are the only labels.

    `mentions` are the resolved ones: each carries its type. Time grows in proportion to the text.
    """
    words = wording(annotation.language)
    if words is None:
        return names_alone(mentions), ()
    tree = Tree(text, annotation, mentions, words)
    return labels_in(tree, mentions), roles_in(tree)
