from collections.abc import Collection, Iterable, Sequence
from datetime import date

import pytest

from app.domain.annotation import Cluster, Mention
from app.domain.entity import EntityCandidate
from app.domain.story import NAME_MARK, NO_PROFILE, UNIT, Profile
from app.resolve.across import ArticleNames, Assignment, CorpusResolver, assign
from app.resolve.context import Context
from app.resolve.pairs import keys


def cluster(*names: str, type_: str = "PERSON", knowledge_id: str | None = None) -> Cluster:
    mentions = tuple(Mention(i * 40, i * 40 + len(n), n, type_) for i, n in enumerate(names))
    return Cluster(names[0], type_, mentions, knowledge_id, ())


def candidate(entity: int, of: Cluster) -> EntityCandidate:
    return EntityCandidate(entity, of.name, of.type, of.knowledge_id, frozenset(keys(of)))


def about(*words: str) -> Profile:
    """An article about these words and ten that no other has."""
    keys = [*words, *(f"{'-'.join(words)} {n}" for n in range(20 - len(words)))]
    return Profile(tuple(keys), (round(UNIT / len(keys) ** 0.5),) * len(keys))


def names(*clusters: Cluster, profile: Profile = NO_PROFILE, article: int = 0) -> ArticleNames:
    return ArticleNames.of(clusters, Context(article, None, profile))


def assigned(
    clusters: Sequence[Cluster], candidates: Iterable[EntityCandidate], without: Sequence[str] = ()
) -> list[Assignment]:
    """The clusters of an article that nobody says anything else of."""
    return assign([names(*clusters)], candidates, without=without)[0]


def rules(assignment: Assignment) -> list[str]:
    return [reason.rule for reason in assignment.reasons]


@pytest.mark.parametrize(
    ("new", "old", "rule"),
    [
        (cluster("José Silva"), cluster("Jose Silva"), "same name"),
        (cluster("Ada M. Stone"), cluster("Ada Stone"), "same name but for its form"),
        (cluster("Stone"), cluster("Ada Stone"), "surname in another article"),
        (cluster("Ada Stone"), cluster("Stone"), "surname in another article"),
        (cluster("Acme Corp.", type_="ORG"), cluster("Acme", type_="ORG"), None),
        (cluster("Ada Stone", type_="ORG"), cluster("Ada Stone"), "same name, other type"),
        (
            cluster("Daesh", type_="ORG", knowledge_id="org/islamic-state"),
            cluster("Islamic State", type_="ORG", knowledge_id="org/islamic-state"),
            "same entry",
        ),
    ],
)
def test_one_entity_and_the_rule_that_says_so(new: Cluster, old: Cluster, rule: str | None) -> None:
    (result,) = assigned([new], [candidate(7, old)])
    assert result.entity == 7
    assert rule is None or rules(result) == [rule]
    assert all(0 < reason.score <= 1 for reason in result.reasons)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (cluster("Khaled"), cluster("Khaled al-Asaad")),
        (cluster("Ford", type_="ORG"), cluster("Ford")),
        (cluster("John A. Smith"), cluster("John B. Smith")),
        (cluster("John Smith Jr."), cluster("John Smith Sr.")),
        (cluster("Ada Stone"), cluster("Eve Stone")),
        (
            cluster("Georgia", type_="GPE", knowledge_id="place/georgia"),
            cluster("Georgia", type_="GPE", knowledge_id="geonames/4197000"),
        ),
    ],
)
def test_two_things_that_share_words_stay_two(new: Cluster, old: Cluster) -> None:
    assert assigned([new], [candidate(1, old)])[0].entity is None


def test_surname_with_two_owners_is_left_alone() -> None:
    owners = [candidate(5, cluster("Maria Silva")), candidate(6, cluster("Pedro Silva"))]
    assert assigned([cluster("Silva")], owners)[0].entity is None


def test_surname_goes_to_the_one_who_was_called_by_it() -> None:
    owners = [
        candidate(5, cluster("Maria Silva")),
        candidate(6, cluster("Pedro Silva", "Silva")),
    ]
    assert assigned([cluster("Silva")], owners)[0].entity == 6


def test_short_form_of_two_people_is_left_alone() -> None:
    owners = [candidate(5, cluster("John A. Smith")), candidate(6, cluster("John B. Smith"))]
    assert assigned([cluster("John Smith")], owners)[0].entity is None


def test_of_equal_names_the_oldest_is_taken() -> None:
    twins = [candidate(9, cluster("Maria Silva")), candidate(4, cluster("Maria Silva"))]
    assert assigned([cluster("Maria Silva")], twins)[0].entity == 4


def test_surname_is_not_given_to_whom_its_article_keeps_apart() -> None:
    wife, husband = cluster("Laura Petrov"), cluster("Petrov")
    first, second = assigned([wife, husband], [candidate(3, cluster("Laura Petrov"))])
    assert first.entity == 3
    assert second.entity is None


def test_new_clusters_of_one_name_share_a_group() -> None:
    first, second, third = assigned(
        [cluster("Maria Silva"), cluster("MARIA SILVA"), cluster("Pedro Costa")], []
    )
    assert first.entity is second.entity is None
    assert first.group == second.group != third.group


def test_batch_of_articles_is_resolved_as_one_after_another() -> None:
    articles = [
        [cluster("Maria Silva"), cluster("Acme", type_="ORG")],
        [cluster("Silva"), cluster("Acme Inc.", type_="ORG")],
        [cluster("Pedro Silva")],
        [cluster("Silva")],
    ]
    together = assign([names(*clusters) for clusters in articles], [])
    entities: list[list[int]] = []
    known: dict[int, EntityCandidate] = {}
    for clusters in articles:
        numbers = []
        for each, to in zip(clusters, assigned(clusters, known.values()), strict=True):
            number = len(known) + 1 if to.entity is None else to.entity
            before = known[number].keys if number in known else frozenset()
            known[number] = EntityCandidate(
                number, each.name, each.type, each.knowledge_id, before | frozenset(keys(each))
            )
            numbers.append(number)
        entities.append(numbers)
    assert [[to.group for to in article] for article in together] == [[0, 1], [0, 1], [4], [0]]
    assert entities == [[1, 2], [1, 2], [3], [1]]


def test_rule_can_be_left_out() -> None:
    owner = candidate(5, cluster("Maria Silva"))
    without = ("surname in another article",)
    assert assigned([cluster("Silva")], [owner], without=without)[0].entity is None


CHESS, CHESS_TOO = about("rook", "pawn", "gambit", "tournament"), about("rook", "pawn", "endgame")
MINE = about("shaft", "miner", "gas", "explosion")
PARLIAMENT = about("bill", "vote", "coalition")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (cluster("Khaled"), cluster("Khaled")),
        (cluster("Petrov"), cluster("Ivan Petrov")),
        (cluster("MDC", type_="ORG"), cluster("MDC", type_="ORG")),
    ],
)
def test_less_than_a_name_joins_where_the_articles_have_something_in_common(
    one: Cluster, other: Cluster
) -> None:
    resolver = CorpusResolver()
    first, second, third = (
        resolver.take(names(each, profile=profile, article=number))[0]
        for number, (each, profile) in enumerate([(one, CHESS), (other, CHESS_TOO), (one, MINE)])
    )
    assert first[0] == second[0]
    assert [reason.rule for reason in second[1]][1:] == ["context"]
    assert "rook" in second[1][1].detail
    assert third == (2, ())


@pytest.mark.parametrize(("profile", "owner"), [(CHESS_TOO, 0), (MINE, 1), (NO_PROFILE, 1)])
def test_word_of_another_type_joins_where_the_articles_have_something_in_common(
    profile: Profile, owner: int
) -> None:
    resolver = CorpusResolver()
    resolver.take(names(cluster("Corvane", type_="ORG"), profile=CHESS))
    other = names(cluster("Corvane", type_="GPE"), profile=profile, article=1)
    ((number, reasons),) = resolver.take(other)
    assert number == owner
    assert [each.rule for each in reasons] == (
        [] if owner else ["same word, other type", "context"]
    )


def test_one_article_keeps_a_word_of_two_types_apart() -> None:
    resolver = CorpusResolver()
    both = names(cluster("Ford", type_="ORG"), cluster("Ford"), profile=CHESS)
    assert len({number for number, _ in resolver.take(both)}) == 2


def test_full_names_need_nothing_in_common() -> None:
    resolver = CorpusResolver()
    numbers = [
        resolver.take(names(cluster("Maria Silva"), profile=each, article=n))[0][0]
        for n, each in enumerate([CHESS, MINE])
    ]
    assert numbers == [0, 0]


@pytest.mark.parametrize(("profile", "owner"), [(CHESS_TOO, 0), (MINE, 1), (PARLIAMENT, 2)])
def test_surname_of_two_people_goes_to_the_one_of_the_same_event(
    profile: Profile, owner: int
) -> None:
    resolver = CorpusResolver()
    resolver.take(names(cluster("Ivan Petrov"), profile=CHESS, article=0))
    resolver.take(names(cluster("Oleg Petrov"), profile=MINE, article=1))
    assert resolver.take(names(cluster("Petrov"), profile=profile, article=2))[0][0] == owner


def test_what_both_articles_call_the_person_is_nothing_in_common() -> None:
    same = about("petrov", NAME_MARK + "petrov", NAME_MARK + "ivan petrov")
    resolver = CorpusResolver()
    resolver.take(names(cluster("Ivan Petrov"), profile=same, article=0))
    other = Profile((*same.keys[:3], *CHESS.keys[3:]), CHESS.weights)
    assert resolver.take(names(cluster("Petrov"), profile=other, article=1))[0] == (1, ())


def test_of_people_of_one_name_the_nearest_is_taken() -> None:
    twins = [candidate(4, cluster("Maria Silva")), candidate(9, cluster("Maria Silva"))]
    seen = {4: [Context(1, None, CHESS)], 9: [Context(2, None, MINE)]}

    def recall(entities: Collection[int]) -> dict[int, list[Context]]:
        return {each: seen[each] for each in entities}

    new = names(cluster("Maria Silva"), profile=about("miner", "shaft"), article=3)
    ((found,),) = assign([new], twins, recall)
    assert found.entity == 9
    assert rules(found) == ["same name", "context"]
    ((found,),) = assign([new], twins, recall, without=["context"])
    assert found.entity == 4


def test_years_between_articles_weaken_what_they_have_in_common() -> None:
    def second(day: date) -> int:
        resolver = CorpusResolver()
        resolver.take(ArticleNames.of([cluster("Khaled")], Context(0, date(2016, 3, 1), CHESS)))
        later = ArticleNames.of([cluster("Khaled")], Context(1, day, CHESS_TOO))
        return resolver.take(later)[0][0]

    assert second(date(2016, 4, 1)) == 0
    assert second(date(2026, 4, 1)) == 1


def test_only_the_last_articles_stand_for_an_entity() -> None:
    resolver = CorpusResolver()
    ada = cluster("Ada Petrov")
    for number, profile in enumerate([CHESS, MINE, MINE, MINE, MINE]):
        resolver.take(names(ada, profile=profile, article=number))
    late = [names(cluster("Petrov"), profile=each, article=9) for each in (CHESS_TOO, MINE)]
    assert [resolver.take(each)[0][0] for each in late] == [5, 0]
