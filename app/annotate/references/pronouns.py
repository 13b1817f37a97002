"""Pronouns for one person to the names that they stand for.

Persons are weighed by how lately and in which relation they were spoken of (the salience of Lappin
& Leass 1994), those ruled out that gender, the binding of objects to their subject or direct speech
exclude; a pronoun is resolved only where one person outweighs every other by far. Objects ('him')
are weighed too, for what comes after them, but not told: three in four were right when measured,
where nine in ten are asked.
"""

from collections.abc import Mapping, Sequence

from app.annotate.references.people import NAMELESS, Appearance, PeopleParse

_REACH = 2  # sentences back
_SEEN = 60  # appearances back
# What an appearance weighs in the pronoun's own sentence, in the one before, and in that before it;
_RECENT = (1.0, 0.7, 0.4)
# by its relation; and in any other relation.
_WEIGHTS = {"nsubj": 1.0, "nsubjpass": 1.0, "poss": 0.6, "dobj": 0.6, "pobj": 0.5}
_OTHER = 0.4
# Whom somebody's quoted words name is seldom meant outside of them, and never by them alone.
_SPOKEN_OF = 0.5
_UNSURE = frozenset(["object"])
# What an object pronoun cannot mean, in its own clause.
_BINDING = frozenset(["nsubj", "nsubjpass", "dobj"])
# So many times the weight of the next must a person have, where the text tells the gender; and
# where it does not.
_MARGIN = 1.8
_MARGIN_UNTOLD = 2.2


def antecedents(parse: PeopleParse, meant: Mapping[int, int]) -> list[tuple[int, int, str]]:
    """The pronouns that stand for a named person: token, number of the cluster, reason."""
    pronouns = parse.words.pronouns
    appearances = sorted(
        [*parse.appearances, *parse.nameless(meant)], key=lambda appearance: appearance.token
    )
    known: list[Appearance] = []
    found = []
    position = 0
    for token, pos in enumerate(parse.pos):
        if pos != "PRON":
            continue
        told = pronouns.get(parse.word(token))
        if told is None:
            continue
        while position < len(appearances) and appearances[position].token < token:
            known.append(appearances[position])
            position += 1
        gender, form = told
        if parse.tags[token] in parse.words.possessive_tags:
            form = "possessive"
        meaning = _antecedent(parse, known, token, gender, form)
        person = meaning[0] if meaning else NAMELESS
        known.append(
            Appearance(token, parse.sentence(token), parse.relation(token), person, gender)
        )
        if meaning and form not in _UNSURE:
            found.append((token, *meaning))
    return found


def _antecedent(
    parse: PeopleParse, known: Sequence[Appearance], token: int, gender: str, form: str
) -> tuple[int, str] | None:
    """The cluster that a pronoun means, and how that was found; None where it may mean another."""
    weights: dict[int, float] = {}
    aloof: set[int] = set()
    sentence = parse.sentence(token)
    speaker = parse.quoted(token)
    clause = parse.sharing(parse.governor(token)) if form == "object" else frozenset[int]()
    for appearance in reversed(known[-_SEEN:]):
        distance = sentence - appearance.sentence
        if distance > _REACH:
            break
        if appearance.gender not in (None, gender) or (
            speaker is not None and appearance.person == speaker != NAMELESS
        ):
            continue
        if appearance.relation in _BINDING and parse.governor(appearance.token) in clause:
            continue
        weight = _RECENT[distance] * _WEIGHTS.get(appearance.relation, _OTHER)
        if speaker is None and parse.quoted(appearance.token) is not None:
            weight *= _SPOKEN_OF
        else:
            aloof.add(appearance.person)
        weights[appearance.person] = max(weight, weights.get(appearance.person, 0.0))
    if not weights:
        return None
    ranked = sorted(weights.items(), key=lambda each: (-each[1], each[0]))
    best, most = ranked[0]
    if best == NAMELESS or best not in aloof:
        return None
    told = parse.genders[best] == gender
    if len(ranked) == 1:
        return best, "only one fits"
    if most < (_MARGIN if told else _MARGIN_UNTOLD) * ranked[1][1]:
        return None
    return best, "one stands out"
