from app.domain.annotation import Cluster, Mention
from app.resolve.across import Candidate, assign, keys


def cluster(*names: str, type_: str = "PERSON", knowledge_id: str | None = None) -> Cluster:
    mentions = tuple(Mention(i * 40, i * 40 + len(n), n, type_) for i, n in enumerate(names))
    return Cluster(names[0], type_, mentions, knowledge_id, ())


def candidate(entity: int, of: Cluster) -> Candidate:
    return Candidate(entity, of.name, of.type, of.knowledge_id, frozenset(keys(of)))


def test_same_name_is_the_same_entity_with_its_reason() -> None:
    (result,) = assign([cluster("José Silva")], [candidate(7, cluster("Jose Silva"))])
    assert result.entity == 7
    assert [reason.rule for reason in result.reasons] == ["same name"]


def test_known_name_joins_what_shares_no_word() -> None:
    old = cluster("Islamic State", type_="ORG", knowledge_id="org/islamic-state")
    new = cluster("Daesh", type_="ORG", knowledge_id="org/islamic-state")
    (result,) = assign([new], [candidate(3, old)])
    assert result.entity == 3
    assert result.reasons[0].score == 1.0


def test_different_knowledge_is_never_joined() -> None:
    state = cluster("Georgia", type_="GPE", knowledge_id="place/georgia")
    other = cluster("Georgia", type_="GPE", knowledge_id="place/georgia-us")
    assert assign([other], [candidate(1, state)])[0].entity is None


def test_surname_alone_finds_its_only_owner() -> None:
    owner = candidate(5, cluster("Maria Silva", "Silva"))
    (result,) = assign([cluster("Silva")], [owner])
    assert result.entity == 5


def test_surname_with_two_owners_is_left_alone() -> None:
    owners = [candidate(5, cluster("Maria Silva")), candidate(6, cluster("Pedro Silva"))]
    (result,) = assign([cluster("Silva")], owners)
    assert result.entity is None


def test_first_name_is_not_a_surname() -> None:
    (result,) = assign([cluster("Khaled")], [candidate(2, cluster("Khaled al-Asaad"))])
    assert result.entity is None


def test_person_and_company_of_one_name_stay_two() -> None:
    (result,) = assign([cluster("Ford", type_="ORG")], [candidate(2, cluster("Ford"))])
    assert result.entity is None


def test_new_clusters_of_one_name_share_a_group() -> None:
    first, second, third = assign(
        [cluster("Maria Silva"), cluster("MARIA SILVA"), cluster("Pedro Costa")], []
    )
    assert first.entity is second.entity is None
    assert first.group == second.group != third.group
