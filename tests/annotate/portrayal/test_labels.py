"""What a text calls the names in it."""

import pytest

from tests.annotate.portrayed import Portray

TITLES = [
    ("President Assad said his army would retake Palmyra.", {("Assad", "President")}),
    ("Prime Minister Boris Johnson met voters.", {("Boris Johnson", "Prime Minister")}),
    ("Mr Smith denied the claim.", set()),
    ("Activist Ana Maric was arrested.", {("Ana Maric", "Activist")}),
    (
        "Human rights activist Maria Kovac accused the Syrian government of torture.",
        {("Maria Kovac", "Human rights activist")},
    ),
    ("Britain praised veteran diplomat Kofi Annan.", {("Kofi Annan", "diplomat")}),
    (
        "Ukraine's president Volodymyr Zelensky visited London.",
        {("Volodymyr Zelensky", "president")},
    ),
    ("Finance director Tobias Brandt resigned.", {("Tobias Brandt", "Finance director")}),
    (
        "Republican presidential candidate Donald Trump spoke.",
        {("Donald Trump", "presidential candidate")},
    ),
    ("Journalist Maria Ressa won the prize.", {("Maria Ressa", "Journalist")}),
    # Negative: no title.
    ("Anna Weiss left the party.", set()),
    ("On Monday Anna Weiss left.", set()),
    ("Company car Tesla sold well.", set()),
    ("The home of Boris Johnson burned.", set()),
]

MODIFIERS = [
    ("Iran-backed Hezbollah attacked Israel.", {("Hezbollah", "Iran-backed")}),
    ("Embattled Assad refused to leave Damascus.", {("Assad", "Embattled")}),
    ("The embattled Viktor Orban lost the vote.", {("Viktor Orban", "embattled")}),
    ("They met German Chancellor Angela Merkel.", {("Angela Merkel", "German")}),
    ("Britain praised veteran diplomat Kofi Annan.", {("Kofi Annan", "veteran")}),
    ("A defiant Assad spoke in Damascus.", {("Assad", "defiant")}),
    ("Rockets fell on densely populated Gaza.", {("Gaza", "densely populated")}),
    # Negative: it says where or when, or belongs to something else.
    ("Troops entered northern Syria.", set()),
    ("He is a moderate Republican.", set()),
    ("The embattled Syrian soldiers fled.", set()),
    ("Last week Israel bombed Gaza.", set()),
    ("A delegate supporting Clinton left.", set()),
    ("They crossed upstate New York.", set()),
]

APPOSITIONS = [
    (
        "Khaled al-Asaad, the former antiquities chief, was killed by IS fighters.",
        {("Khaled al-Asaad", "former antiquities chief")},
    ),
    (
        "The extremist group Islamic State seized and burned Homs.",
        {("Islamic State", "extremist group")},
    ),
    (
        "They beheaded the Palmyra Antiquities Director, Khaled al-Asaad.",
        {("Khaled al-Asaad", "Palmyra Antiquities Director")},
    ),
    (
        "Iran-backed Hezbollah and Iran, a key regime ally, sent troops.",
        {("Iran", "key regime ally")},
    ),
    ("Apple, the technology giant, sued Samsung.", {("Apple", "technology giant")}),
    ("The Taliban, an Islamist movement, took Kabul.", {("Taliban", "Islamist movement")}),
    ("The mayor, Anna Weiss, spoke to Reuters.", {("Anna Weiss", "mayor")}),
    ("They entered the ancient city of Palmyra.", {("Palmyra", "ancient city")}),
    (
        "Chris Kozak, an analyst at the Institute for the Study of War, agreed.",
        {("Chris Kozak", "analyst at the Institute for the Study of War")},
    ),
    (
        "His lawyer, Judith Crane, said no.",
        {("Judith Crane", "lawyer")},
    ),
    (
        "John Brown, an engineer from Leeds, and Mary Green, a teacher, won.",
        {("John Brown", "engineer from Leeds"), ("Mary Green", "teacher")},
    ),
    # Negative: lists, places of something, words that stand for no name.
    ("They went to Homs, Hama, and Damascus.", set()),
    ("Damascus, the capital of Syria, fell.", {("Damascus", "capital of Syria")}),
    ("The capital of Britain is large.", set()),
    ("Assad left Damascus, a move that surprised Moscow.", set()),
    ("The fall of Homs surprised nobody.", set()),
    ("The cities of Homs and Hama fell.", set()),
]

HEADS = [
    ("Forces loyal to the Syrian regime fled.", {("Syrian", "Syrian regime")}),
    ("A boost for the Assad government came.", {("Assad", "Assad government")}),
    ("ISIS fighters left Palmyra.", {("ISIS", "ISIS fighters")}),
    ("Assad's army collapsed.", {("Assad", "Assad's army")}),
    ("Germany's army left Mali.", {("Germany", "Germany's army")}),
    ("Islamic State (IS) militants fled.", {("IS", "Islamic State (IS) militants")}),
    # Negative: the noun says nothing of what the name names, or stands with something else.
    ("Assad's fate is unclear.", set()),
    ("Russia's attention turned to Palmyra.", set()),
    ("The IS takeover horrified observers.", set()),
    ("Murphy's opposition to the bill was known.", set()),
    ("The Palmyra countryside was quiet.", set()),
    ("They fled to the Yida camp.", set()),
]

DESCRIPTIONS = [
    ("Assad is a dictator.", {("Assad", "dictator")}),
    (
        "Vladimir Putin, who is a close ally of Assad, sent troops to Syria.",
        {("Vladimir Putin", "close ally of Assad")},
    ),
    (
        "Angela Merkel was described as a leader of Europe.",
        {("Angela Merkel", "leader of Europe")},
    ),
    ("He called Putin a thug.", {("Putin", "thug")}),
    ("London is the capital of Britain.", {("London", "capital of Britain")}),
    (
        "Forces attacked ISIS in Homs. ISIS fighters fled. The extremist group lost the city.",
        {("ISIS", "extremist group")},
    ),
    # Negative: denied, possible, about something else, meaning one of two.
    ("Assad is not a dictator.", set()),
    ("Assad is no dictator.", set()),
    ("Assad could be a dictator.", set()),
    ("Assad is in Damascus.", set()),
    ("Voters may allow Hillary Clinton to become president.", set()),
    ("Assad is part of the problem.", set()),
    ("Victory over Assad is a dream.", set()),
    ("The extremist group lost the city.", set()),
    ("Hezbollah fighters and Hamas fighters met. The armed group won.", set()),
]


def texts(portray: Portray, sentence: str, kind: str) -> set[tuple[str, str]]:
    return {(name, text) for name, of, text in portray(sentence).called() if of == kind}


@pytest.mark.parametrize(("sentence", "expected"), TITLES)
def test_titles(portray: Portray, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert texts(portray, sentence, "title") == expected


@pytest.mark.parametrize(("sentence", "expected"), MODIFIERS)
def test_modifiers(portray: Portray, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert texts(portray, sentence, "modifier") == expected


@pytest.mark.parametrize(("sentence", "expected"), APPOSITIONS)
def test_appositions(portray: Portray, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert texts(portray, sentence, "apposition") == expected


@pytest.mark.parametrize(("sentence", "expected"), HEADS)
def test_heads(portray: Portray, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert texts(portray, sentence, "head") == expected


@pytest.mark.parametrize(("sentence", "expected"), DESCRIPTIONS)
def test_descriptions(portray: Portray, sentence: str, expected: set[tuple[str, str]]) -> None:
    assert texts(portray, sentence, "description") == expected


def test_every_mention_is_a_label_of_its_own(portray: Portray) -> None:
    found = portray("Assad left Damascus before Assad's army did.")
    names = [label.text for label in found.labels if label.kind == "name"]
    assert names == ["Assad", "Damascus", "Assad"]


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        (
            "Mark Doyle, director of the Arts and Sports Council, left.",
            ("Mark Doyle", "apposition", "director of the Arts and Sports Council"),
        ),
        (
            "Anna Weiss, a local legend and a fierce critic of the levy, spoke.",
            ("Anna Weiss", "apposition", "fierce critic of the levy"),
        ),
        ("House Minority Whip Mark Doyle left.", ("Mark Doyle", "title", "Minority Whip")),
        ("Anna Weiss branded Mark Doyle a cheat.", ("Mark Doyle", "description", "cheat")),
        ("Mark Doyle was praised as a hero.", ("Mark Doyle", "description", "hero")),
    ],
)
def test_labels_of_two_parts_of_bodies_and_of_callers(
    portray: Portray, sentence: str, label: tuple[str, str, str]
) -> None:
    assert label in portray(sentence).called()


def test_a_part_of_a_people_is_no_label_of_its_country(portray: Portray) -> None:
    assert portray("The song is at the heart of black America.").called() == set()


def test_a_courtesy_is_no_label(portray: Portray) -> None:
    assert portray("Mr. Doyle met Mrs Anna Berg.").called() == set()


def test_a_courtesy_does_not_part_an_apposition_from_its_name(portray: Portray) -> None:
    called = portray("The opposition leader, Mr. Peter Novak, left.").called()
    assert called == {("Peter Novak", "apposition", "opposition leader")}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "Anna Berg, director of the Centre for Trade and Development, left on Friday.",
            "director of the Centre for Trade and Development",
        ),
        (
            "Anna Berg, chair of the Water and Power Board, left.",
            "chair of the Water and Power Board",
        ),
        ("Anna Berg was praised as a hero by her crew.", "hero"),
    ],
)
def test_a_label_ends_where_its_phrase_does(portray: Portray, text: str, label: str) -> None:
    assert label in {found for name, _, found in portray(text).called() if name == "Anna Berg"}


def test_who_is_called_to_come_is_called_no_name(portray: Portray) -> None:
    assert portray("Anna Berg called Peter Novak a taxi and left.").called() == set()
