"""Expressions of time: what is found, what it means on a day, and what is none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annotate.dates import dates
from app.annotate.pipeline import Pipelines
from app.domain.annotation import Annotation, Tokens
from app.domain.timex import NO_SUCH_DAY, UNDATED, resolve
from tests.annotate.found import dates_in

# A Thursday.
PUBLISHED = date(2016, 3, 24)

# A sentence with one expression, the expression, its value, its granularity.
MEANT = [
    ("They took the town last May.", "last May", "2015-05", "month"),
    ("It began back in September.", "September", "2015-09", "month"),
    ("He spoke on Wednesday.", "Wednesday", "2016-03-23", "day"),
    ("The army said on Thursday that it held the hill.", "Thursday", "2016-03-24", "day"),
    ("Last Thursday the bridge was shut.", "Last Thursday", "2016-03-17", "day"),
    ("On Friday the talks will resume.", "Friday", "2016-03-25", "day"),
    ("The talks resume next Monday.", "next Monday", "2016-03-28", "day"),
    ("He left on Wednesday evening.", "Wednesday evening", "2016-03-23", "day"),
    ("Dozens died over the past week.", "over the past week", "2016-03-17/2016-03-24", "range"),
    (
        "Over the last six months it lost ground.",
        "Over the last six months",
        "2015-09-24/2016-03-24",
        "range",
    ),
    ("Rain fell for the past 10 days.", "for the past 10 days", "2016-03-14/2016-03-24", "range"),
    (
        "It must pay within the next two weeks.",
        "within the next two weeks",
        "2016-03-24/2016-04-07",
        "range",
    ),
    ("The group grew in early 2015.", "early 2015", "2015", "year"),
    ("Prices fell in mid-2014.", "mid-2014", "2014", "year"),
    ("He was jailed in the 1990s.", "the 1990s", "1990/1999", "decade"),
    ("Sales fell in the first quarter of 2015.", "the first quarter of 2015", "2015-Q1", "quarter"),
    ("Sales rose in Q3 2014.", "Q3 2014", "2014-Q3", "quarter"),
    ("Sales rose in the first half of 2015.", "the first half of 2015", "2015-H1", "half"),
    ("Profit fell in the fourth quarter.", "the fourth quarter", "2015-Q4", "quarter"),
    (
        "The siege ran from May to June 2015.",
        "from May to June 2015",
        "2015-05/2015-06",
        "range",
    ),
    ("The drought of 2011-2013 was bad.", "2011-2013", "2011/2013", "range"),
    ("He ruled from 1971 to 2000.", "from 1971 to 2000", "1971/2000", "range"),
    (
        "They met between 3 and 5 March.",
        "between 3 and 5 March",
        "2016-03-03/2016-03-05",
        "range",
    ),
    (
        "They met from 3 to 5 March 2014.",
        "from 3 to 5 March 2014",
        "2014-03-03/2014-03-05",
        "range",
    ),
    ("The truce began on February 27.", "February 27", "2016-02-27", "day"),
    ("The truce began on 27 February.", "27 February", "2016-02-27", "day"),
    ("The truce began on the 27th of February.", "27th of February", "2016-02-27", "day"),
    ("The truce began on February 27, 2015.", "February 27, 2015", "2015-02-27", "day"),
    ("It began on Friday, 27 February 2015.", "Friday, 27 February 2015", "2015-02-27", "day"),
    ("The bomb went off on 16 October.", "16 October", "2015-10-16", "day"),
    ("The vote will be held on 16 October.", "16 October", "2016-10-16", "day"),
    ("The vote is due on April 3.", "April 3", "2016-04-03", "day"),
    ("The vote was on Jan. 7.", "Jan. 7", "2016-01-07", "day"),
    ("He came yesterday.", "yesterday", "2016-03-23", "day"),
    ("He comes today.", "today", "2016-03-24", "day"),
    ("The council meets tonight.", "tonight", "2016-03-24", "day"),
    ("Shells fell last night.", "last night", "2016-03-23", "day"),
    ("The bill comes tomorrow.", "tomorrow", "2016-03-25", "day"),
    ("He said so this week.", "this week", "2016-W12", "week"),
    ("He said so last week.", "last week", "2016-W11", "week"),
    ("He resigned earlier this month.", "earlier this month", "2016-03", "month"),
    ("It opens next month.", "next month", "2016-04", "month"),
    ("It opened last year.", "last year", "2015", "year"),
    ("The law changed this year.", "this year", "2016", "year"),
    ("He died two days ago.", "two days ago", "2016-03-22", "day"),
    ("It burned down 10 years ago.", "10 years ago", "2006", "year"),
    ("A week ago it rained.", "A week ago", "2016-W11", "week"),
    ("The war began in 2011.", "2011", "2011", "year"),
    ("It has been closed since 2014.", "2014", "2014", "year"),
    ("The log of 2016-03-20 is lost.", "2016-03-20", "2016-03-20", "day"),
    ("It fell last summer.", "last summer", "2015-SU", "season"),
    ("It fell in the summer of 2014.", "the summer of 2014", "2014-SU", "season"),
    ("It closes by the end of June.", "the end of June", "2016-06", "month"),
    ("It closed at the end of June.", "the end of June", "2015-06", "month"),
    # What is to come, by the verb, the words that put it there, or a timetable.
    ("The clinic may open in July.", "July", "2016-07", "month"),
    ("The clinic could shut on Saturday.", "Saturday", "2016-03-26", "day"),
    ("He may have left on Saturday.", "Saturday", "2016-03-19", "day"),
    ("The bridge is due to open in June.", "June", "2016-06", "month"),
    ("A verdict is due in June.", "June", "2016-06", "month"),
    ("The race was postponed until August.", "August", "2016-08", "month"),
    ("The firm plans to move in October.", "October", "2016-10", "month"),
    ("The judges are to rule on Saturday.", "Saturday", "2016-03-26", "day"),
    ("Ferries resume on Saturday.", "Saturday", "2016-03-26", "day"),
    ("The court will sit on Thursday.", "Thursday", "2016-03-24", "day"),
    ("The law was passed in April.", "April", "2015-04", "month"),
    ("Traders wait for May's figures.", "May", "2015-05", "month"),
    ("It was sold on Monday last week.", "Monday last week", "2016-03-14", "day"),
    ("The trial begins a week on Monday.", "a week on Monday", "2016-04-04", "day"),
    ("It was built two years ago today.", "two years ago today", "2014-03-24", "day"),
    ("The card says Tue Mar 15, 2016.", "Mar 15, 2016", "2016-03-15", "day"),
    ("The form is of Fri 04/03/2016.", "Fri 04/03/2016", "2016-03-04", "day"),
    ("Output rose in Q2.", "Q2", "2015-Q2", "quarter"),
    ("Output rose in fiscal 2014.", "fiscal 2014", "2014", "year"),
    ("She played in the 2013-14 season.", "2013-14", "2013/2014", "range"),
    ("He lost the 2012 election.", "2012", "2012", "year"),
    ("They fled in the '94 floods.", "'94", "1994", "year"),
    ("He wrote of the 9/11 attacks.", "9/11", "2001-09-11", "day"),
    ("She saw the Sept. 11 attacks.", "Sept. 11 attacks", "2001-09-11", "day"),
    ("It was signed in August 2015.", "in August 2015", "2015-08", "month"),
    ("Since May, 2015 it has held the city.", "Since May, 2015", "2015-05", "month"),
    ("The order came on 31/01/2016.", "31/01/2016", "2016-01-31", "day"),
    # until when, and what was denied
    ("The curfew was extended through April.", "April", "2016-04", "month"),
    ("The exhibition ran until April.", "April", "2015-04", "month"),
    ("The mayor could not be found on Tuesday.", "Tuesday", "2016-03-22", "day"),
    ("The firm would not comment on Tuesday.", "Tuesday", "2016-03-22", "day"),
    ("The shop would not open on Tuesday.", "Tuesday", "2016-03-29", "day"),
    # weekends, feasts and days that move
    ("Two skiers died at the weekend.", "at the weekend", "2016-W11-WE", "weekend"),
    ("They will play at the weekend.", "at the weekend", "2016-W12-WE", "weekend"),
    ("He leaves next weekend.", "next weekend", "2016-W13-WE", "weekend"),
    ("It snowed on Christmas Day.", "Christmas Day", "2015-12-25", "day"),
    ("He fled on New Year's Eve 2013.", "New Year's Eve 2013", "2013-12-31", "day"),
    ("They will march on Easter Monday.", "Easter Monday", "2016-03-28", "day"),
    ("By Thanksgiving, he was gone.", "Thanksgiving", "2015-11-26", "day"),
    (
        "Polls opened on the second Sunday of May 2014.",
        "the second Sunday of May 2014",
        "2014-05-11",
        "day",
    ),
    ("It will close on the last Friday in June.", "the last Friday in June", "2016-06-24", "day"),
    ("She arrived on the 15th.", "on the 15th", "2016-03-15", "day"),
    # decades, centuries, seasons, ends
    ("It was cheap in the '70s.", "the '70s", "1970/1979", "decade"),
    ("It was dear in the eighties.", "the eighties", "1980/1989", "decade"),
    ("The wall is of the 18th century.", "the 18th century", "1701/1800", "range"),
    ("Prices fell in the autumn.", "in the autumn", "2015-FA", "season"),
    ("Rates will rise by the end of the year.", "by the end of the year", "2016", "year"),
    ("Earlier in the week he resigned.", "Earlier in the week", "2016-W12", "week"),
    ("The bridge will open in three weeks.", "in three weeks", "2016-W15", "week"),
    ("The bill is of 10/13/89.", "10/13/89", "1989-10-13", "day"),
    ("February sales rose.", "February", "2016-02", "month"),
    ("The January 30 attack left six dead.", "The January 30 attack", "2016-01-30", "day"),
    ("He fled after the June 4 crackdown.", "the June 4 crackdown", "1989-06-04", "day"),
    ("Tesla Q3 results were weak.", "Q3", "2015-Q3", "quarter"),
]

# Expressions whose value is uncertain, and why.
UNCERTAIN = [
    ("A year earlier he had left.", "A year earlier", "relative"),
    ("The next day he was dead.", "The next day", "relative"),
    ("They met the following week.", "the following week", "relative"),
    ("It was signed on 3/4/2016.", "3/4/2016", "either"),
    ("It happened years ago.", "years ago", "not told"),
    ("In recent months it lost ground.", "In recent months", "not told"),
    ("In the coming weeks it will close.", "In the coming weeks", "not told"),
    ("Every Monday she swims there.", "Every Monday", "again and again"),
    ("Cities today are greener.", "today", "these days"),
    ("He is a man of yesterday.", "of yesterday", "long gone"),
    ("They spoke of the July 20 massacre.", "the July 20 massacre", "whose year"),
    (
        "It sits on the first Friday of every month.",
        "the first Friday of every month",
        "again and again",
    ),
    ("Today's students read less than their parents.", "Today", "these days"),
    ("Later that night he was seen.", "Later that night", "relative"),
]

# Nothing here says when.
NONE = [
    "The mayor may resign and march on.",
    "Theresa May met April Jones.",
    "He ruled for two years and is 40 years old.",
    "The five-year war killed 2000 people.",
    "About 1900 houses burned.",
    "She reads the Sunday Times.",
    "The flight was BA2011.",
    "It cost $2015.",
    "He won 3-1 in the second half.",
    "The fall of the regime springs to mind.",
    "Thieves drove off in a Grimaldi Q5.",
    "She bought Easter eggs on the 5th floor.",
    "It is the lowest level in six years.",
    "20th Century Fox made it.",
]


@pytest.mark.parametrize(("text", "surface", "value", "granularity"), MEANT)
def test_what_an_expression_means(
    pipelines: Pipelines, text: str, surface: str, value: str, granularity: str
) -> None:
    (expression,) = dates_in(pipelines, text)
    dated = resolve(expression, PUBLISHED)
    assert surface in dated.text
    assert (dated.value, dated.granularity, dated.reason) == (value, granularity, None)


@pytest.mark.parametrize(("text", "surface", "why"), UNCERTAIN)
def test_what_is_uncertain_says_why(
    pipelines: Pipelines, text: str, surface: str, why: str
) -> None:
    (expression,) = dates_in(pipelines, text)
    dated = resolve(expression, PUBLISHED)
    assert dated.text == surface
    assert dated.value is None
    assert why in (dated.reason or "")


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_time(pipelines: Pipelines, text: str) -> None:
    assert [each.text for each in dates_in(pipelines, text)] == []


def test_two_years_joined_by_and_are_two_unless_they_are_the_ends_of_a_time(
    pipelines: Pipelines,
) -> None:
    found = dates_in(pipelines, "It flooded in 2011 and 2014.")
    assert [resolve(each, PUBLISHED).value for each in found] == ["2011", "2014"]
    (both,) = dates_in(pipelines, "It flooded between 2011 and 2014.")
    assert resolve(both, PUBLISHED).value == "2011/2014"


def test_without_a_day_of_publication_relative_times_have_no_value(pipelines: Pipelines) -> None:
    (relative,) = dates_in(pipelines, "He left last week.")
    assert resolve(relative, None).value is None
    assert resolve(relative, None).reason == UNDATED


def test_without_a_day_of_publication_whole_dates_have_theirs(pipelines: Pipelines) -> None:
    (explicit,) = dates_in(pipelines, "He left on 3 May 2015.")
    assert resolve(explicit, None).value == "2015-05-03"


def test_a_day_that_no_month_has_says_so(pipelines: Pipelines) -> None:
    (expression,) = dates_in(pipelines, "He left on 31 April 2015.")
    dated = resolve(expression, PUBLISHED)
    assert (dated.text, dated.value, dated.reason) == ("31 April 2015", None, NO_SUCH_DAY)


def test_29_february_of_a_year_without_it_says_so(pipelines: Pipelines) -> None:
    (expression,) = dates_in(pipelines, "He left on 29 February.")
    dated = resolve(expression, date(2015, 3, 24))
    assert (dated.value, dated.reason) == (None, NO_SUCH_DAY)


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["last", "May", "2015", "3", "of", "the", "week", "ago", "two", "Monday", "İ", "\n\n",
             "to", "1990s", "-", "Q3", "quarter", "first", "31", "Feb.", ",", "past", "years"]
        ),
        max_size=14,
    ).map(" ".join)
)  # fmt: skip
def test_expressions_stand_where_they_say_and_never_overlap(text: str) -> None:
    annotation = Annotation("test", "en", Tokens((), (), (), (), (), (), ()), (), ())
    expressions = dates(text, annotation)
    end = 0
    for each in expressions:
        assert each.start >= end
        assert text[each.start : each.end] == each.text
        resolve(each, PUBLISHED)
        end = each.end
