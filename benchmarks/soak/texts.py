"""Made-up reports: any number of outlets on any number of events, no two texts alike."""

import random
from datetime import date, timedelta

OUTLETS = ("Meridian Dispatch", "The Daily Lantern", "Coastal Courier", "Northern Herald")
_FIRST = (
    "Anna", "Omar", "Maria", "Peter", "Leila", "Jonas", "Ines", "Viktor", "Grace", "Tomas",
    "Nadia", "Samuel",
)  # fmt: skip
_LAST = (
    "Lind", "Haddad", "Costa", "Novak", "Farouk", "Berg", "Duarte", "Hale", "Okafor", "Reyes",
    "Petrov", "Boyd",
)  # fmt: skip
_PLACES = (
    "Lisbon", "Geneva", "Palmyra", "Berlin", "Oslo", "Marseille", "Nairobi", "Quito", "Hanoi",
    "Porto", "Tunis", "Bergen",
)  # fmt: skip
_BODIES = (
    "Harbour Board", "Transport Union", "Red Cross", "Ministry of Health", "Coast Guard",
    "United Nations", "Northern Rail", "City Council",
)  # fmt: skip
_THINGS = ("ferry", "bridge", "strike", "flood", "fire", "election", "power cut", "landslide")
_SENTENCES = (
    "{who} said on Monday that the {thing} in {place} had cost {n} jobs.",
    '"We were told nothing for {n} hours," {who} told reporters in {place}.',
    "The {body} sent {n} people to {place} after the {thing}.",
    "According to {who} of the {body}, at least {n} residents left {place} within a day.",
    "The {body} denied that it had ignored warnings about the {thing}.",
    "{who} and {other} met in {place} to speak about the {thing} and its {n} victims.",
    "Repairs will take {n} weeks and cost ${n} million, the {body} said.",
    "In {place}, {other} accused the {body} of hiding the report on the {thing}.",
    "The {thing} closed {n} roads around {place} on Tuesday evening.",
    "{other} has led the {body} since 2015; {who} had asked for an inquiry in May.",
    "Nobody at the {body} would say why {n} calls went unanswered.",
    "A second {thing} in {place} within {n} days worried {who}.",
)
_A_DAY = 4
# So many reports of one event, of all outlets together: stories end, as they do in news.
REPORTS = 12


def report(number: int) -> dict[str, object]:
    """One row as `POST /v1/articles` takes it: a report with words and numbers of its own, of the
    outlet and on the event that `number` says."""
    story = number // REPORTS
    event = random.Random(story)
    names = {
        "who": f"{event.choice(_FIRST)} {event.choice(_LAST)}",
        "other": f"{event.choice(_FIRST)} {event.choice(_LAST)}",
        "place": event.choice(_PLACES),
        "body": event.choice(_BODIES),
        "thing": event.choice(_THINGS),
    }
    own = random.Random(number)
    told = [each.format(n=own.randint(2, 900), **names) for each in own.sample(_SENTENCES, 10)]
    paragraphs = ["\n".join(told[at : at + 3]) for at in range(0, len(told), 3)]
    day = date(2025, 1, 1) + timedelta(days=story // _A_DAY)
    return {
        "title": f"{names['place']} after the {names['thing']}: report {number}",
        "text": "\n\n".join(paragraphs),
        "source": OUTLETS[number % len(OUTLETS)],
        "external_id": str(number),
        "published_at": day.isoformat(),
    }
