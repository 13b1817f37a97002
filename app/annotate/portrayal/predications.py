"""What the sentences of a text say that its names are: 'X is a thug', 'X, called a hero, ...'."""

from collections.abc import Iterator

from app.annotate.portrayal.tree import MentionTokens, Tree


def said_of(tree: Tree, name: MentionTokens) -> Iterator[tuple[int, int]]:
    """First and last token of each phrase that a sentence applies to a name: 'X is a thug', 'X, who
    was ...', 'called X a ...'."""
    root, host = name.root, tree.heads[name.root]
    if tree.is_(root, "subject"):
        yield from _predicate(tree, name, host)
    if tree.is_(root, "object") or tree.is_(root, "passive_subject"):
        yield from _called(tree, name, host)
    for verb in tree.of(root, "relative"):
        subjects = [*tree.of(verb, "subject"), *tree.of(verb, "passive_subject")]
        if any(map(tree.relative, subjects)):
            yield from _predicate(tree, name, verb)
            if not tree.of(verb, "subject"):
                yield from _called(tree, name, verb)
    for verb in tree.of(root, "adnominal"):
        if not _names_another(tree, verb):
            yield from _called(tree, name, verb)
    if tree.is_(root, "object_predicate"):
        yield from _called(tree, name, host)


def _names_another(tree: Tree, verb: int) -> bool:
    """Whether a name stands right behind a verb: then it is that one who is called so."""
    return any(
        token > verb and token in tree.owner
        for relation in ("object", "object_predicate")
        for token in tree.of(verb, relation)
    )


def _asserted(tree: Tree, verb: int) -> bool:
    """Whether a verb is neither negated nor merely possible."""
    return not tree.negations(verb) and not any(
        tree.tagged(aux, "modal") for aux in tree.of(verb, "auxiliary")
    )


def _predicate(tree: Tree, name: MentionTokens, verb: int) -> Iterator[tuple[int, int]]:
    for copula in tree.of(verb, "copula"):
        if verb > copula > name.last and _describes(tree, verb) and _asserted(tree, verb):
            yield tree.left(verb), tree.right(verb)
    if (
        tree.pos[verb] not in ("AUX", "VERB")
        or tree.tagged(verb, "infinitive")
        or not _asserted(tree, verb)
    ):
        return
    for noun in tree.of(verb, "predicate"):
        if (
            noun > verb > name.last
            and _describes(tree, noun)
            and not tree.of(noun, "negation")
            and not any(tree.word(child) in tree.words.negative for child in tree.children(noun))
        ):
            yield tree.left(noun), tree.right(noun)


def _describes(tree: Tree, noun: int) -> bool:
    return (
        tree.pos[noun] == "NOUN"
        and noun not in tree.owner
        and tree.lemmas[noun] not in tree.words.plain_nouns
    )


def _called(tree: Tree, name: MentionTokens, verb: int) -> Iterator[tuple[int, int]]:
    words = tree.words
    if tree.lemmas[verb] not in words.calling or not _asserted(tree, verb):
        return
    nouns = tree.of(verb, "object_predicate")
    # The parser may take both for objects: 'branded X a fraud'.
    nouns += [noun for noun in tree.of(verb, "object") if noun > name.last > verb]
    for preposition in tree.of(verb, "preposition"):
        if tree.word(preposition) in words.as_:
            nouns = [*nouns, *tree.of(preposition, "preposition_object")]
    for noun in tree.of(verb, "oblique"):
        if _describes(tree, noun) and any(
            tree.word(child) in words.as_ for child in tree.children(noun)
        ):
            nouns = [*nouns, noun]
    for noun in nouns:
        if noun > verb and tree.pos[noun] == "NOUN" and noun not in tree.owner:
            if tree.lemmas[noun] in words.summoned:
                continue
            yield tree.left(noun), tree.right(noun)
