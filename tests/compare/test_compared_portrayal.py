"""Labels and roles by side: what is shared, what one side alone says, and that it stands there."""

from dataclasses import replace
from io import StringIO
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from app.compare.sections.labels import label_section
from app.compare.sections.roles import role_section
from app.domain.comparison import SideSummary, Spot
from app.domain.names import fold
from app.domain.portrayal import LABEL_KINDS
from app.terminal.evidence import Evidence
from app.terminal.sections.labels import view as label_view
from app.terminal.sections.roles import view as role_view
from app.web.schemas.sections.labels import LabelledEntity
from app.web.schemas.sections.roles import EntityRoles
from tests.compare.portrayed_sides import Called, Done, Portrayals

calls = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(LABEL_KINDS),
        st.sampled_from(["regime", "Regime", "government", "extremist  group", "Café", "cafe"]),
    ),
    max_size=12,
)
deeds = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["agent", "patient"]),
        st.sampled_from(["kill", "say", "take over"]),
        st.booleans(),
    ),
    max_size=12,
)
sides_drawn = st.lists(st.lists(st.tuples(calls, deeds), max_size=3), min_size=2, max_size=4)
type Article = tuple[list[Called], list[Done]]
type Drawn = list[list[Article]]
CHECK = settings(deadline=None, max_examples=80)

# Neither section shows the words around its evidence.
NONE = Evidence({}, lambda *_: "")


def test_a_label_of_one_side_is_marked() -> None:
    made = Portrayals()
    sides = [
        made.side("a", ([(1, "head", "Syrian regime"), (1, "name", "Syria")], [])),
        made.side("b", ([(1, "head", "Assad government"), (1, "name", "Syria")], [])),
    ]
    (item,) = label_section(sides, made, evidence=5, top=50).items
    marks = {
        (key, label.text, label.only) for key, labels in item.sides.items() for label in labels
    }
    assert marks == {
        ("a", "Syrian regime", True),
        ("a", "Syria", False),
        ("b", "Assad government", True),
        ("b", "Syria", False),
    }


def test_spellings_of_a_label_are_one() -> None:
    made = Portrayals()
    called: list[Called] = [
        (1, "head", "Assad Regime"),
        (1, "head", "Assad regime"),
        (1, "head", "Assad regime"),
    ]
    sides = [made.side("a", (called, [])), made.side("b", ([], []))]
    (item,) = label_section(sides, made, evidence=2, top=50).items
    (label,) = item.sides["a"]
    assert (label.text, label.count) == ("Assad regime", 3)
    assert [spot.text for spot in label.evidence] == ["Assad Regime", "Assad regime"]
    assert "b" not in item.sides


def test_entities_with_more_than_names_come_first_and_the_rest_is_counted() -> None:
    made = Portrayals()
    names: list[Called] = [(1, "name", "Homs"), (1, "name", "Emesa"), (1, "name", "Homs")]
    sides = [made.side("a", ([*names, (2, "title", "President")], [])), made.side("b", ([], []))]
    section = label_section(sides, made, evidence=5, top=1)
    assert [item.entity for item in section.items] == [2]
    assert section.more == 1


def test_what_all_call_by_one_name_alone_is_left_out() -> None:
    made = Portrayals()
    sides = [
        made.side("a", ([(1, "name", "Homs"), (2, "name", "IS")], [])),
        made.side("b", ([(1, "name", "HOMS"), (2, "name", "ISIS")], [])),
    ]
    section = label_section(sides, made, evidence=5, top=50)
    assert [item.entity for item in section.items] == [2]
    assert section.more == 0


def test_a_label_of_a_mention_without_an_entity_is_left_out() -> None:
    made = Portrayals()
    side = made.side("a", ([(1, "title", "President")], [(1, "agent", "kill", False)]))
    (article,) = side.articles
    side = replace(side, articles=(replace(article, owners={}),))
    assert label_section([side, made.side("b")], made, evidence=5, top=50).items == ()
    assert role_section([side, made.side("b")], made, evidence=5, top=50).items == ()


def test_roles_count_negations_and_reports() -> None:
    made = Portrayals()
    done: list[Done] = [
        (1, "agent", "kill", True),
        (1, "agent", "kill", False),
        (1, "agent", "say", False),
    ]
    sides = [
        made.side("a", ([], done)),
        made.side("b", ([], [(1, "patient", "kill", False)])),
    ]
    (item,) = role_section(sides, made, evidence=1, top=50).items
    found = [(v.verb, v.count, v.negated, v.reporting, v.only) for v in item.sides["a"].agent]
    assert found == [("kill", 2, 1, 0, True), ("say", 1, 0, 1, True)]
    assert item.sides["b"].agent == ()
    assert item.sides["b"].patient[0].evidence == (Spot(1, 1, 0, 4, "kill"),)


@CHECK
@given(sides_drawn, st.randoms())
def test_swapping_sides_swaps_the_answer(drawn: Drawn, random: Random) -> None:
    made = Portrayals()
    sides = [made.side(f"s{number}", *articles) for number, articles in enumerate(drawn)]
    turned = random.sample(sides, len(sides))
    assert label_section(sides, made, evidence=3, top=3) == label_section(
        turned, made, evidence=3, top=3
    )
    assert role_section(sides, made, evidence=3, top=3) == role_section(
        turned, made, evidence=3, top=3
    )


@CHECK
@given(sides_drawn)
def test_evidence_stands_in_the_texts_and_nothing_is_lost(drawn: Drawn) -> None:
    made = Portrayals()
    sides = [made.side(f"s{number}", *articles) for number, articles in enumerate(drawn)]
    labels = label_section(sides, made, evidence=50, top=50)
    roles = role_section(sides, made, evidence=50, top=50)
    assert labels.more == roles.more == 0
    spots: list[Spot] = []
    for called in labels.items:
        for each in called.sides.values():
            assert all(len(label.evidence) == label.count for label in each)
            spots += [spot for label in each for spot in label.evidence]
    told = {called.entity for called in labels.items}
    every = [each for side in drawn for called, _ in side for each in called]
    assert len(spots) == sum(entity in told for entity, _, _ in every)
    for entity in {entity for entity, _, _ in every} - told:
        names = {(kind, fold(text)) for each, kind, text in every if each == entity}
        assert [kind for kind, _ in names] == ["name"]
    for done in roles.items:
        for parts in done.sides.values():
            spots += [spot for verb in (*parts.agent, *parts.patient) for spot in verb.evidence]
    assert len(spots) == sum(entity in told for entity, _, _ in every) + sum(
        len(done) for side in drawn for _, done in side
    )
    assert all(made.read[spot.article][spot.start : spot.end] == spot.text for spot in spots)


@CHECK
@given(st.lists(st.tuples(calls, deeds), max_size=3))
def test_of_identical_sides_none_is_alone_with_anything(articles: list[Article]) -> None:
    made = Portrayals()
    sides = [made.side("a", *articles), made.side("b", *articles)]
    for called in label_section(sides, made, evidence=0, top=50).items:
        assert called.sides["a"] == called.sides["b"]
        assert not any(label.only for label in called.sides["a"])
    for done in role_section(sides, made, evidence=0, top=50).items:
        assert done.sides["a"] == done.sides["b"]
        assert not any(verb.only for verb in done.sides["a"].agent + done.sides["a"].patient)


def test_the_wire_and_the_terminal_show_both_sections() -> None:
    made = Portrayals()
    sides = [
        made.side("a", ([(1, "head", "[red] regime")], [(1, "agent", "kill", True)])),
        made.side("b", ([(1, "name", "Syria")], [])),
    ]
    labels = label_section(sides, made, evidence=5, top=50)
    roles = role_section(sides, made, evidence=5, top=50)
    wire = LabelledEntity.model_validate(labels.items[0]).model_dump()
    assert wire["sides"]["a"][0]["evidence"][0]["text"] == "[red] regime"
    parts_wire = EntityRoles.model_validate(roles.items[0]).model_dump()
    assert parts_wire["sides"]["a"]["agent"][0]["negated"] == 1
    heads = [SideSummary(side.key, side.name, 1, 1) for side in sides]
    console = Console(width=100, file=StringIO(), record=True)
    for part in (*label_view(labels, heads, NONE), *role_view(roles, heads, NONE)):
        console.print(part)
    text = console.export_text()
    assert "[red] regime" in text
    assert "not kill" in text
