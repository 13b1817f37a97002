"""What the names of a text do, and what is done to them."""

import pytest

from app.annotate.portrayal import Portrait
from app.domain.annotation import Annotation, Mention, Tokens
from tests.annotate.portrayed import Portray

ACTIVE = [
    ("Israel bombed Gaza.", {("Israel", "agent", "bomb"), ("Gaza", "patient", "bomb")}),
    (
        "Boeing fired Dave Calhoun.",
        {("Boeing", "agent", "fire"), ("Dave Calhoun", "patient", "fire")},
    ),
    (
        "The Taliban took over Kabul.",
        {("Taliban", "agent", "take over"), ("Kabul", "patient", "take over")},
    ),
    ("In London, Tesla opened a factory.", {("Tesla", "agent", "open")}),
    ("NATO expanded.", {("NATO", "agent", "expand")}),
    ("Troops entered the ancient city of Palmyra.", {("Palmyra", "patient", "enter")}),
    # Nothing is done here, or not by a name.
    ("Assad is a dictator.", set()),
    ("Germany has an army.", set()),
    ("Residents of Homs fled.", set()),
    ("The attack on Israel failed.", set()),
    ("Palmyra retaken", set()),
]

PASSIVE = [
    (
        "Khaled al-Asaad was killed by Hamas.",
        {("Khaled al-Asaad", "patient", "kill"), ("Hamas", "agent", "kill")},
    ),
    (
        "Turkey was attacked by Iran and Russia.",
        {
            ("Turkey", "patient", "attack"),
            ("Iran", "agent", "attack"),
            ("Russia", "agent", "attack"),
        },
    ),
    ("Anna Weiss was arrested.", {("Anna Weiss", "patient", "arrest")}),
    (
        "Anna Weiss was arrested and charged.",
        {("Anna Weiss", "patient", "arrest"), ("Anna Weiss", "patient", "charge")},
    ),
    ("Forces backed by Turkey fled.", {("Turkey", "agent", "back")}),
    ("Damascus is located in Syria.", set()),
    ("The book by Anna Weiss sold well.", set()),
]

SHARED = [
    (
        "Israel bombed Gaza and killed a commander.",
        {("Israel", "agent", "bomb"), ("Gaza", "patient", "bomb"), ("Israel", "agent", "kill")},
    ),
    (
        "Russia and Iran backed Syria.",
        {("Russia", "agent", "back"), ("Iran", "agent", "back"), ("Syria", "patient", "back")},
    ),
    (
        "Hamas tried to attack Israel.",
        {("Hamas", "agent", "attack"), ("Israel", "patient", "attack")},
    ),
    ("NATO wants to expand.", {("NATO", "agent", "expand")}),
    (
        "Israel, which bombed Beirut, denied it.",
        {("Israel", "agent", "bomb"), ("Beirut", "patient", "bomb"), ("Israel", "agent", "deny")},
    ),
    (
        "Maria Ressa, who was jailed by Manila, won.",
        {
            ("Maria Ressa", "patient", "jail"),
            ("Manila", "agent", "jail"),
            ("Maria Ressa", "agent", "win"),
        },
    ),
    (
        "Israel attacked Gaza, killing a commander.",
        {
            ("Israel", "agent", "attack"),
            ("Gaza", "patient", "attack"),
            ("Israel", "agent", "kill"),
        },
    ),
    # What is told, failed or denied is not done.
    (
        "France told Germany to leave.",
        {("France", "agent", "tell"), ("Germany", "patient", "tell")},
    ),
    ("Hamas failed to attack Israel.", {("Hamas", "agent", "fail")}),
    ("Embattled Assad refused to leave Damascus.", {("Assad", "agent", "refuse")}),
    ("Israel denied bombing Gaza.", {("Israel", "agent", "deny")}),
]

THROUGH = [
    ("ISIS fighters left Palmyra.", {("ISIS", "agent", "leave"), ("Palmyra", "patient", "leave")}),
    ("Germany's army left Mali.", {("Germany", "agent", "leave"), ("Mali", "patient", "leave")}),
    (
        "Syrian regime soldiers entered Palmyra.",
        {("Syrian", "agent", "enter"), ("Palmyra", "patient", "enter")},
    ),
    (
        "The UK government was criticised by Amnesty International.",
        {("UK", "patient", "criticise"), ("Amnesty International", "agent", "criticise")},
    ),
    # No people of theirs.
    ("Assad's fate worried many.", set()),
    ("Russian airstrikes continued.", set()),
    ("Palmyra residents fled.", set()),
]

NEGATED = [
    (
        "France never invaded Spain.",
        {("France", "agent", "not invade"), ("Spain", "patient", "not invade")},
    ),
    (
        "Syrian troops did not enter Palmyra.",
        {("Syrian", "agent", "not enter"), ("Palmyra", "patient", "not enter")},
    ),
    (
        "France did not try to invade Spain.",
        {("France", "agent", "not invade"), ("Spain", "patient", "not invade")},
    ),
    ("Anna Weiss was not arrested.", {("Anna Weiss", "patient", "not arrest")}),
    ('"Why not?" Anna Weiss asked.', {("Anna Weiss", "agent", "ask")}),
]


@pytest.mark.parametrize(("sentence", "expected"), [*ACTIVE, *PASSIVE, *SHARED, *THROUGH, *NEGATED])
def test_roles(portray: Portray, sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert portray(sentence).done() == expected


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        # The second verb is the speaker's.
        (
            "Anna Weiss said Peter Novak had missed the boat, and hailed Mark Doyle as a sage.",
            ("Peter Novak", "agent", "hail"),
        ),
        # Whoever is called on is to do it.
        (
            "Anna Weiss called on Peter Novak to condemn the raid.",
            ("Anna Weiss", "agent", "condemn"),
        ),
        # 'Has', not 'is'.
        (
            "Mark Doyle is a plumber. He's attacked the levy.",
            ("Mark Doyle", "patient", "attack"),
        ),
        # A post ends with its signature.
        (
            "Anna Weiss (@aweiss) June 3, 2024 The old bridge will collapse soon.",
            ("Anna Weiss", "agent", "collapse"),
        ),
    ],
)
def test_what_another_does_is_no_role(
    portray: Portray, sentence: str, role: tuple[str, str, str]
) -> None:
    assert role not in portray(sentence).done()


def test_a_passive_with_an_object_left_stays_one(portray: Portray) -> None:
    assert ("Anna Weiss", "patient", "tell") in portray("Anna Weiss was told a story.").done()


@pytest.mark.parametrize(
    ("sentence", "verb", "reporting"),
    [
        ("Anna Weiss said that the ferry was late.", "say", True),
        ('"We will win," said Anna Weiss.', "say", True),
        ("Israel denied that it bombed Gaza.", "deny", True),
        ("Israel bombed Gaza.", "bomb", False),
        ("Anna Weiss put the book on the table.", "put", False),
    ],
)
def test_verbs_of_speech_are_marked(
    portray: Portray, sentence: str, verb: str, reporting: bool
) -> None:
    marks = {role.reporting for role in portray(sentence).roles if role.verb == verb}
    assert reporting in marks


def test_who_acts_through_others_is_marked(portray: Portray) -> None:
    found = portray("ISIS fighters left before Hamas attacked.").roles
    assert [(role.verb, role.through) for role in found] == [("leave", True), ("attack", False)]


def test_a_language_without_data_has_names_alone() -> None:
    tokens = Tokens((0, 6), (5, 10), ("PROPN", "VERB"), ("", ""), ("", ""), (1, 1), ("nsubj", ""))
    mention = Mention(0, 5, "Hamas", "ORG")
    annotation = Annotation("none", "xx", tokens, ((0, 10),), (mention,))
    portrait = Portrait("Hamas went", annotation, [mention])
    called, done = portrait.labels, portrait.roles()
    assert [label.kind for label in called] == ["name"]
    assert done == ()


PREPOSITIONAL = [
    ("The unions called on Anna Berg to resign.", ("Anna Berg", "patient", "call on")),
    ("The paper railed against Anna Berg.", ("Anna Berg", "patient", "rail against")),
    ("Mark Doyle urged to step down by party elders", ("Mark Doyle", "patient", "urge")),
    ("Mark Doyle told to resign by his party", ("Mark Doyle", "patient", "tell")),
    ("Ana Lind accused of fraud by auditors", ("Ana Lind", "patient", "accuse")),
    (
        "The opposition leader, Mr. Peter Novak, criticised Anna Berg.",
        ("Peter Novak", "agent", "criticise"),
    ),
    ("Ana Lind left. She's denied the charge twice.", ("Ana Lind", "agent", "deny")),
    ("Ana Lind left. She's denied entry by the guards.", ("Ana Lind", "patient", "deny")),
]


@pytest.mark.parametrize(("text", "role"), PREPOSITIONAL)
def test_objects_behind_prepositions_passives_of_headlines_and_titles_between(
    portray: Portray, text: str, role: tuple[str, str, str]
) -> None:
    name, part, verb = role
    done = portray(text).done()
    assert role in done
    assert (name, "agent" if part == "patient" else "patient", verb) not in done
