import pytest

from app.domain.annotation import Cluster, Mention
from app.resolve.across import Assignment, Candidate, assign, assign_all, keys


def cluster(*names: str, type_: str = "PERSON", knowledge_id: str | None = None) -> Cluster:
    mentions = tuple(Mention(i * 40, i * 40 + len(n), n, type_) for i, n in enumerate(names))
    return Cluster(names[0], type_, mentions, knowledge_id, ())


def candidate(entity: int, of: Cluster) -> Candidate:
    return Candidate(entity, of.name, of.type, of.knowledge_id, frozenset(keys(of)))


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
    (result,) = assign([new], [candidate(7, old)])
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
    assert assign([new], [candidate(1, old)])[0].entity is None


def test_surname_with_two_owners_is_left_alone() -> None:
    owners = [candidate(5, cluster("Maria Silva")), candidate(6, cluster("Pedro Silva"))]
    assert assign([cluster("Silva")], owners)[0].entity is None


def test_surname_goes_to_the_one_who_was_called_by_it() -> None:
    owners = [
        candidate(5, cluster("Maria Silva")),
        candidate(6, cluster("Pedro Silva", "Silva")),
    ]
    assert assign([cluster("Silva")], owners)[0].entity == 6


def test_short_form_of_two_people_is_left_alone() -> None:
    owners = [candidate(5, cluster("John A. Smith")), candidate(6, cluster("John B. Smith"))]
    assert assign([cluster("John Smith")], owners)[0].entity is None


def test_of_equal_names_the_oldest_is_taken() -> None:
    twins = [candidate(9, cluster("Maria Silva")), candidate(4, cluster("Maria Silva"))]
    assert assign([cluster("Maria Silva")], twins)[0].entity == 4


def test_surname_is_not_given_to_whom_its_article_keeps_apart() -> None:
    wife, husband = cluster("Laura Petrov"), cluster("Petrov")
    first, second = assign([wife, husband], [candidate(3, cluster("Laura Petrov"))])
    assert first.entity == 3
    assert second.entity is None


def test_new_clusters_of_one_name_share_a_group() -> None:
    first, second, third = assign(
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
    together = assign_all(articles, [])
    entities: list[list[int]] = []
    known: dict[int, Candidate] = {}
    for clusters in articles:
        numbers = []
        for each, to in zip(clusters, assign(clusters, known.values()), strict=True):
            number = len(known) + 1 if to.entity is None else to.entity
            before = known[number].keys if number in known else frozenset()
            known[number] = Candidate(
                number, each.name, each.type, each.knowledge_id, before | frozenset(keys(each))
            )
            numbers.append(number)
        entities.append(numbers)
    assert [[to.group for to in article] for article in together] == [[0, 1], [0, 1], [4], [0]]
    assert entities == [[1, 2], [1, 2], [3], [1]]


def test_rule_can_be_left_out() -> None:
    owner = candidate(5, cluster("Maria Silva"))
    without = ("surname in another article",)
    assert assign([cluster("Silva")], [owner], without=without)[0].entity is None
