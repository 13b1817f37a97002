"""Amounts as the world writes them: scales, currencies, units, fractions, signs and ranges."""

import pytest

from app.annotate.figures import figures
from app.annotate.pipeline import Pipelines
from app.domain.annotation import Annotation, Tokens
from tests.annotate.found import figures_in

# An amount that says what it measures, its value and its unit: no model is needed for these.
WRITTEN: list[tuple[str, float, str]] = [
    # scales of a letter, and those of India
    ("£17m", 17e6, "GBP"),
    ("€640k", 640e3, "EUR"),
    ("$3.4B", 3.4e9, "USD"),
    ("$2tn", 2e12, "USD"),
    ("£6 m", 6e6, "GBP"),
    ("20m euros", 20e6, "EUR"),
    ("3 lakh rupees", 3e5, "INR"),
    ("Rs 70 crore", 70e7, "INR"),
    ("Rs. 2 lakh crore", 2e12, "INR"),
    ("12,50,000 rupees", 12.5e5, "INR"),
    # currencies by sign, prefix, code and name
    ("A$40", 40, "AUD"),
    ("C$2.1 billion", 2.1e9, "CAD"),
    ("HK$300", 300, "HKD"),
    ("R$18", 18, "BRL"),
    ("S$9", 9, "SGD"),
    ("NZ$ 5", 5, "NZD"),
    ("US$ 7m", 7e6, "USD"),
    ("SFr 80", 80, "CHF"),
    ("EUR 12 million", 12e6, "EUR"),
    ("12 million EUR", 12e6, "EUR"),
    ("30 MUSD", 30e6, "USD"),
    ("KSh 450", 450, "KES"),
    ("R250", 250, "ZAR"),
    ("5 €", 5, "EUR"),
    ("₩900", 900, "KRW"),
    ("60 kr", 60, "SEK"),
    ("9 Kuwaiti dinars", 9, "KWD"),
    ("40 Omani rials", 40, "OMR"),
    ("80 Swiss francs", 80, "CHF"),
    ("7 zlotys", 7, "PLN"),
    ("16 Hong Kong dollars", 16, "HKD"),
    ("$6 million Canadian dollars", 6e6, "CAD"),
    ("250 forints", 250, "HUF"),
    ("3 bitcoins", 3, "BTC"),
    ("40 sgd", 40, "SGD"),
    ("35 NZ dollars", 35, "NZD"),
    ("35 dollars Canadian", 35, "CAD"),
    ("AUD $35", 35, "AUD"),
    ("€14,20", 14.2, "EUR"),
    ("$.75", 0.75, "USD"),
    ("$1.4 trln", 1.4e12, "USD"),
    ("60 euro cents", 60, "cent"),
    ("45¢", 45, "cent"),
    ("30 kobo", 30, "kobo"),
    ("80 stotinki", 80, "stotinka"),
    ("9 levs 60 stotinki", 9.6, "BGN"),
    ("6 Bosnia-Herzegovina convertible marks", 6, "BAM"),
    ("7 Brazilian cruzeiros", 7, "BRE"),
    # marks between thousands
    ("418 000 tonnes", 418000, "t"),
    ("12'800 km", 12800, "km"),
    ("€7.300.000", 7.3e6, "EUR"),
    # fractions
    ("half a million euros", 5e5, "EUR"),
    ("a quarter of a mile", 0.25, "mile"),
    ("half an hour", 0.5, "hour"),
    ("one and a half miles", 1.5, "mile"),
    ("7½ acres", 7.5, "acre"),
    ("2 1/2 miles", 2.5, "mile"),
    ("six-and-a-half-hour", 6.5, "hour"),
    ("3/4 of a mile", 0.75, "mile"),
    ("two million and a half euros", 2.5e6, "EUR"),
    ("half a percentage point", 0.5, "points"),
    ("two-fifths of the", 40, "%"),
    ("four out of five", 80, "%"),
    ("one in eight", 12.5, "%"),
    ("three dozen tons", 36, "ton"),
    ("six point two miles", 6.2, "mile"),
    # what is below nothing
    ("-8%", -8, "%"),
    ("−£40", -40, "GBP"),
    ("£-40", -40, "GBP"),
    ("minus six degrees", -6, "degree"),
    ("-$2 million", -2e6, "USD"),
    ("12 degrees below zero", -12, "degree"),
    # units, glued and apart
    ("25cm", 25, "cm"),
    ("7.5 mm", 7.5, "mm"),
    ("18C", 18, "°C"),
    ("75°F", 75, "°F"),
    ("40 degrees Celsius", 40, "°C"),
    ("32 deg f", 32, "°F"),
    ("80 square metres", 80, "m2"),
    ("3,000-square-foot", 3000, "ft2"),
    ("12 cubic metres", 12, "m3"),
    ("70 km/h", 70, "km/h"),
    ("15 metres per second", 15, "m/s"),
    ("64GB", 64, "GB"),
    ("300 Mbps", 300, "Mbit/s"),
    ("9 stone", 9, "stone"),
    ("16 ounces", 16, "oz"),
    ("3 terabytes", 3, "TB"),
    ("4pc", 4, "%"),
    ("60 basis points", 60, "basis points"),
    ("25 bps", 25, "basis points"),
    ("7 m^3", 7, "m3"),
    ("12 sq. miles", 12, "mile2"),
    ("45 m.p.h.", 45, "mph"),
    ("8 centimetres per second", 8, "cm/s"),
    ("6 newton metres", 6, "Nm"),
    ("5 parsecs", 5, "parsec"),
    ("3 gibibytes", 3, "GiB"),
    ("48 megapixels", 48, "megapixel"),
    ("35 miles per gallon", 35, "mpg"),
    ("4 per mille", 4, "‰"),
    ("half of 1 percent", 0.5, "%"),
    ("5'8\"", 5 + 8 / 12, "ft"),
    ("six-foot-3", 6.25, "ft"),
    ("7 pounds 8 ounces", 7.5, "lb"),
    ("9 stone 7 pounds", 9.5, "stone"),
    ("pressure of 30 pounds per square inch", 30, "psi"),
    ("magnitude 5.9", 5.9, "magnitude"),
    # parts added up
    ("7 dollars 50 cents", 7.5, "USD"),
    ("six pounds and ten pence", 6.1, "GBP"),
    ("5ft 6in", 5.5, "ft"),
    ("two hours and 15 minutes", 2.25, "hour"),
    ("8 lb 4 oz", 8.25, "lb"),
]
RANGES: list[tuple[str, float, float, str]] = [
    ("$3-4 million", 3e6, 4e6, "USD"),
    ("$3 to $4", 3, 4, "USD"),
    ("between 4% and 6%", 4, 6, "%"),
    ("four- to six-day", 4, 6, "day"),
    ("five-to-six-week", 5, 6, "week"),
    ("5 km to 8 km", 5, 8, "km"),
    ("between 4 and 6 kg", 4, 6, "kg"),
    ("20-25 C", 20, 25, "°C"),
]
# A sentence, the figure that it holds, and its fields.
COUNTED: list[tuple[str, str, dict[str, object]]] = [
    ("Half a million sheep died.", "Half a million sheep", {"value": 5e5, "noun": "sheep"}),
    ("Three dozen boats sank.", "Three dozen boats", {"value": 36, "noun": "boat"}),
    (
        "Twenty to thirty thousand fans came.",
        "Twenty to thirty thousand fans",
        {"value": 2e4, "upper": 3e4},
    ),
    ("The site has 4.1m readers.", "4.1m readers", {"value": 4.1e6, "noun": "reader"}),
    ("It sent 70 ambassadors.", "70 ambassadors", {"value": 70}),
    ("They killed one sailor.", "one sailor", {"value": 1, "noun": "sailor"}),
    ("Nobody handed over 60 coins.", "60 coins", {"quantifier": None}),
    ("It takes not more than six days.", "not more than six days", {"quantifier": "at most"}),
    ("She wants 300-plus nurses.", "300-plus nurses", {"quantifier": "at least", "value": 300}),
    ("Only 40 or so tents were left.", "Only 40 or so tents", {"value": 40}),
    ("The calf weighs 90 pounds.", "90 pounds", {"unit": "lb"}),
    ("A 500-pound bomb fell.", "500-pound", {"unit": "lb"}),
    ("A 500-pound fine followed.", "500-pound", {"unit": "GBP"}),
    ("A 5.4 quake woke the town.", "5.4", {"unit": "magnitude", "noun": None}),
    ("A woman of 38 was hurt.", "38", {"kind": "age"}),
    ("Ines and her sister, 14, were found.", "14", {"kind": "age"}),
    ("Six of the crew swam ashore.", "Six", {"noun": "crew"}),
    (
        "They fire dozens of shells and rockets a day.",
        "dozens of shells and rockets a day",
        {"per": "day", "noun": "shell"},
    ),
    ("The fire left 14 dead.", "14 dead", {"noun": "dead"}),
    ("At least 35 wounded lay there.", "At least 35 wounded", {"noun": "wounded"}),
    ("About 17k walkers came.", "About 17k walkers", {"value": 17000, "noun": "walker"}),
    ("Nearly 13k runners finished.", "Nearly 13k runners", {"value": 13000}),
    ("The bank took over 31 branches.", "31 branches", {"quantifier": None}),
    ("The walk took over 31 minutes.", "over 31 minutes", {"quantifier": "more than"}),
    ("The calf tipped the scales at 88 pounds.", "88 pounds", {"unit": "lb"}),
    ("The heaviest bull was sold for 880 pounds.", "880 pounds", {"unit": "GBP"}),
    (
        "There were never more than eight guards.",
        "never more than eight guards",
        {"quantifier": "at most"},
    ),
    (
        "The jail did not have more than eight guards.",
        "more than eight guards",
        {"quantifier": "at most"},
    ),
    ("It had not snowed for more than 30 days.", "more than 30 days", {"quantifier": "more than"}),
    ("'60 miners are trapped,' the union said.", "60 miners", {"noun": "miner"}),
]
NONE = [
    "Call 01632 960 555 or 555-0146.",
    "The desk is open 24/7.",
    "They met after the 9/11 attacks.",
    "It bought Boeing 737 jets.",
    "A Falcon 9 rocket rose.",
    "Flight 612 turned back.",
    "It was a 6-3 ruling.",
    "No one ship was lost.",
    "He sat in seat 31B.",
    "A fire broke out in flat 9C.",
    "Ring (305) 555-0199 for help.",
    "The class of '68 met again.",
]


def _alone(text: str) -> Annotation:
    size = len(text)
    return Annotation(
        "test",
        "en",
        Tokens((0,), (size,), ("NOUN",), ("NN",), (text,), (0,), ("ROOT",)),
        ((0, size),),
        (),
    )


@pytest.mark.parametrize(("text", "value", "unit"), WRITTEN)
def test_an_amount_in_writing(text: str, value: float, unit: str) -> None:
    (figure,) = figures(text, _alone(text), (), (), ())
    assert figure.value == pytest.approx(value)
    assert (figure.upper, figure.unit) == (None, unit)


@pytest.mark.parametrize(("text", "value", "upper", "unit"), RANGES)
def test_a_range(text: str, value: float, upper: float, unit: str) -> None:
    (figure,) = figures(text, _alone(text), (), (), ())
    assert (figure.value, figure.upper, figure.unit) == (value, upper, unit)


@pytest.mark.parametrize(("text", "surface", "fields"), COUNTED)
def test_what_is_counted(
    pipelines: Pipelines, text: str, surface: str, fields: dict[str, object]
) -> None:
    (figure,) = figures_in(pipelines, text)
    assert figure.text == surface
    assert {name: getattr(figure, name) for name in fields} == fields


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_are_names_or_codes_are_no_figures(pipelines: Pipelines, text: str) -> None:
    assert [each.text for each in figures_in(pipelines, text)] == []


def test_two_amounts_that_share_a_unit_are_two_figures(pipelines: Pipelines) -> None:
    found = figures_in(pipelines, "The shops used 7 and 9 kg of salt.")
    assert [(each.value, each.upper, each.unit) for each in found] == [
        (7, None, "kg"),
        (9, None, "kg"),
    ]


def test_a_number_without_its_noun_counts_what_it_is_said_to_be_or_what_was_counted_before(
    pipelines: Pipelines,
) -> None:
    found = figures_in(pipelines, "The gale sank 6 yachts in Kern and 17 in Otterby.")
    assert [(each.value, each.noun) for each in found] == [(6, "yacht"), (17, "yacht")]
    found = figures_in(pipelines, "Of the hurt, 16 were nurses.")
    assert [(each.value, each.noun) for each in found] == [(16, "nurse")]


def test_several_ages_behind_persons_are_one_each(pipelines: Pipelines) -> None:
    found = figures_in(pipelines, "Her sons, 3, 6 and 11, were asleep.")
    assert [(each.value, each.kind) for each in found] == [(3, "age"), (6, "age"), (11, "age")]
    found = figures_in(pipelines, "It runs on Windows XP, 7, and 8.1.")
    assert "age" not in [each.kind for each in found if each.value != 7]


def test_both_sides_of_a_vote_are_counted_and_those_of_a_score_are_not(
    pipelines: Pipelines,
) -> None:
    found = figures_in(pipelines, "The senate rejected the plan, 61 to 38.")
    assert [(each.value, each.noun) for each in found] == [(61, "vote"), (38, "vote")]
    assert figures_in(pipelines, "Savria lost to Kern, 61 to 38.") == ()
