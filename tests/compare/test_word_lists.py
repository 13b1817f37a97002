"""The words by which a language tells what differs: each can be met, and none says two things."""

from itertools import chain, product

import pytest

from app.domain.names import fold
from app.languages import load

LANGUAGES = ("en", "fr")
COURSES = ("opposites", "steps")
ENGLISH = {
    **{"prendre": "take", "perdre": "lose", "avancer": "advance", "fuir": "flee"},
    **{"augmenter": "increase", "baisser": "drop", "commencer": "begin", "finir": "finish"},
    **{"accepter": "accept", "refuser": "refuse", "confirmer": "confirm", "nier": "deny"},
    **{"gagner": "win", "défaite": "defeat", "arrêter": "arrest", "libérer": "release"},
    **{"embaucher": "hire", "licencier": "dismiss", "construire": "build"},
    **{"détruire": "destroy", "survivre": "survive", "mourir": "die", "attaquer": "attack"},
    **{"défendre": "defend", "autoriser": "authorise", "interdire": "forbid"},
    **{"rejoindre": "join", "quitter": "leave", "acheter": "buy", "vendre": "sell"},
    **{"réussir": "succeed", "échouer": "fail", "épargner": "spare", "imposer": "impose"},
    **{"lever": "lift", "fermer": "close", "ouvrir": "open", "démissionner": "resign"},
    **{"rester": "stay", "supprimer": "cut", "créer": "create", "acquitter": "acquit"},
    **{"condamner": "convict", "annuler": "cancel", "maintenir": "keep", "saluer": "welcome"},
    **{"critiquer": "criticise", "désamorcer": "defuse", "miner": "lay", "trouver": "find"},
    **{"disparaître": "disappear", "demander": "request", "soutenir": "support"},
    **{"combattre": "resist", "renforcer": "strengthen", "affaiblir": "weaken"},
    **{"améliorer": "improve", "aggraver": "worsen", "coupable": "guilty"},
    **{"innocent": "innocent", "vivant": "alive", "mort": "dead", "sûr": "safe"},
    **{"dangereux": "dangerous", "légal": "legal", "illégal": "illegal", "durcir": "tighten"},
    **{"assouplir": "relax", "retarder": "delay", "accélérer": "speed up"},
    **{"ralentir": "slow", "élargir": "widen", "restreindre": "narrow", "bénéfice": "profit"},
    **{"perte": "loss", "arriver": "arrive", "partir": "depart", "pacifique": "peaceful"},
    **{"violent": "violent", "alarmer": "warn", "rassurer": "reassure"},
    **{"encercler": "encircle", "entrer": "enter", "blesser": "wound", "tuer": "kill"},
    **{"interpeller": "detain", "inculper": "charge"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    ["stop", "pending", "hedges", "negation", "denial", "accusing", "articles", "joining"],
)
def test_words_of_a_text_are_folded_and_stand_alone(language: str, name: str) -> None:
    words = load(language, "compared")[name]
    assert len(set(words)) == len(words)
    # What a contraction denies by is read as a word of its own.
    assert [word for word in words if word != fold(word) or not word.isalnum()] in ([], ["n't"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COURSES)
def test_no_lemma_stands_on_two_sides(language: str, name: str) -> None:
    for course, sides in load(language, "compared")[name].items():
        assert len(sides) >= 2, course
        lemmas = [lemma for side in sides for lemma in side]
        assert [lemma for lemma in lemmas if lemma != lemma.lower()] == [], course
        assert sorted(set(lemmas)) == sorted(lemmas), course


@pytest.mark.parametrize("language", LANGUAGES)
def test_lemmas_of_two_words_are_found_as_one(language: str) -> None:
    courses = chain.from_iterable(load(language, "compared")[name].values() for name in COURSES)
    named = {lemma for sides in courses for side in sides for lemma in side if " " in lemma}
    assert named <= set(load(language, "statements")["phrasal"])


def test_opposites_are_named_by_a_word_of_each_side() -> None:
    for name, (first, second) in load("en", "compared")["opposites"].items():
        one, other = name.split(" or ")
        assert one in first, name
        assert other in second, name


@pytest.mark.parametrize("name", COURSES)
def test_courses_that_languages_share_run_the_same_way(name: str) -> None:
    english, french = load("en", "compared")[name], load("fr", "compared")[name]
    for course in english.keys() & french.keys():
        ours, theirs = french[course], english[course]
        assert len(ours) == len(theirs), course
        met = {
            (here, there)
            for here, there in product(range(len(ours)), repeat=2)
            if {ENGLISH[lemma] for lemma in ours[here] if lemma in ENGLISH} & {*theirs[there]}
        }
        assert met == {(place, place) for place in range(len(ours))}, course


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_says_of_itself_is_folded(language: str) -> None:
    phrases = load(language, "compared")["furniture"]
    assert len(set(phrases)) == len(phrases)
    assert [each for each in phrases if each != fold(each)] == []
