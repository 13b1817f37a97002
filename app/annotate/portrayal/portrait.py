"""Labels and roles of the names of a text, over one reading of its parse."""

from collections.abc import Sequence

from app.annotate.portrayal.labels import labels_in, names_alone
from app.annotate.portrayal.language import portrayal_words
from app.annotate.portrayal.roles import roles_in
from app.annotate.portrayal.tree import Tree
from app.domain.annotation import Annotation, Mention
from app.domain.portrayal import Label, Role
from app.domain.reference import Reference


class Portrait:
    """How a text puts its names into words. `mentions` are the resolved ones: each carries its
    type. Time grows in proportion to the text.

    `labels` are all labels of the names, in the order of the text, each once; in a language without
    data the names themselves are the only ones.
    """

    def __init__(self, text: str, annotation: Annotation, mentions: Sequence[Mention]) -> None:
        words = portrayal_words(annotation.language)
        self._tree = None if words is None else Tree(text, annotation, mentions, words)
        self.labels: tuple[Label, ...] = (
            names_alone(mentions) if self._tree is None else labels_in(self._tree, mentions)
        )

    def roles(self, references: Sequence[Reference] = ()) -> tuple[Role, ...]:
        """All roles of the names of the text, in its order, each once. `references` are words that
        stand for a name and take part for it."""
        return () if self._tree is None else roles_in(self._tree, references)
