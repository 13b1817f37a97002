"""Quantities in French: what is found, what it says, and what is none."""

import pytest

from app.annotate.pipeline import Pipelines
from tests.annotate.found import figures_in

# A text, the figure's surface, kind, value, and what else it says.
MEANT: list[tuple[str, str, str, float, dict[str, object]]] = [
    ("L'armée a visé 146 positions.", "146 positions", "count", 146, {"noun": "position"}),
    ("Au moins 400 combattants sont morts.", "Au moins 400 combattants", "count", 400,
     {"quantifier": "at least", "noun": "combattant"}),
    ("Jusqu’à 25 sorties par jour ont été menées.", "Jusqu’à 25 sorties par jour", "count", 25,
     {"quantifier": "at most", "per": "day", "noun": "sortie"}),
    ("Quelque 3 000 civils ont fui.", "Quelque 3 000 civils", "count", 3000,
     {"quantifier": "about", "noun": "civil"}),
    ("Moins de 3\N{NO-BREAK SPACE}000 civils ont fui.", "Moins de 3\N{NO-BREAK SPACE}000 civils",
     "count", 3000, {"quantifier": "less than", "noun": "civil"}),
    ("Ils ont vu 3\N{NARROW NO-BREAK SPACE}000 civils.", "3\N{NARROW NO-BREAK SPACE}000 civils",
     "count", 3000, {"noun": "civil"}),
    ("L'usine emploie 1.200 salariés.", "1.200 salariés", "count", 1200, {"noun": "salarié"}),
    ("Près d'un million de personnes ont défilé.", "Près d'un million de personnes", "count", 1e6,
     {"quantifier": "nearly", "noun": "personne"}),
    ("Plus de quatre cents soldats ont péri.", "Plus de quatre cents soldats", "count", 400,
     {"quantifier": "more than"}),
    ("Vingt et un enfants ont disparu.", "Vingt et un enfants", "count", 21, {"noun": "enfant"}),
    ("Une centaine de civils ont fui.", "Une centaine de civils", "count", 100,
     {"upper": None, "quantifier": "about", "noun": "civil"}),
    ("Plus d'une quarantaine d'otages ont été libérés.", "Plus d'une quarantaine d'otages",
     "count", 40, {"quantifier": "more than", "noun": "otage"}),
    ("Des centaines de roquettes sont tombées.", "Des centaines de roquettes", "count", 200,
     {"upper": 999, "quantifier": "about", "noun": "roquette"}),
    ("Entre 20 et 30 chars ont été détruits.", "Entre 20 et 30 chars", "count", 20, {"upper": 30}),
    ("Le musée a perdu de 20 à 30 statues.", "20 à 30 statues", "count", 20, {"upper": 30}),
    ("Le chantier a coûté 3,5 millions d'euros.", "3,5 millions d'euros", "money", 3.5e6,
     {"unit": "EUR"}),
    ("Le pont a coûté un million et demi d'euros.", "un million et demi d'euros", "money", 1.5e6,
     {"unit": "EUR", "upper": None}),
    ("Le billet coûte 500 €.", "500 €", "money", 500, {"unit": "EUR"}),
    ("L'usine perd deux millions de dollars par an.", "deux millions de dollars par an", "money",
     2e6, {"unit": "USD", "per": "year"}),
    ("Les prix ont bondi de 12 %.", "12 %", "percent", 12, {"unit": "%"}),
    ("Les prix ont bondi de 3,5 pour cent.", "3,5 pour cent", "percent", 3.5, {"unit": "%"}),
    ("La ville est située à 15 km.", "15 km", "measure", 15, {"unit": "km"}),
    ("Le siège a duré quatre mois.", "quatre mois", "duration", 4, {"unit": "month"}),
    ("Il a été condamné à une peine de 10 ans.", "10 ans", "duration", 10, {"unit": "year"}),
    ("Un homme âgé de 34 ans a été arrêté.", "34 ans", "age", 34, {"unit": "year"}),
    ("Une femme de 27 ans a été arrêtée.", "27 ans", "age", 27, {"unit": "year"}),
    ("Marc Roche, 34 ans, a été arrêté.", "34 ans", "age", 34, {}),
    ("Des dizaines d'obus et roquettes par jour tombent.",
     "Des dizaines d'obus et roquettes par jour", "count", 20, {"per": "day"}),
]  # fmt: skip

NONE = [
    "Un habitant est resté.",
    "C'est l'un des pires.",
    "Un jour, tout sera fini.",
    "La ville est tombée en 2015.",
    "Ils sont partis à 14 heures.",
    "Ils sont partis à 16 h 30.",
    "Ils sont partis vers 15h30.",
    "Ils ont gagné 3-1.",
    "Il a été mis en cause le 23 mars.",
]


@pytest.mark.parametrize(("text", "surface", "kind", "value", "fields"), MEANT)
def test_what_a_figure_says(
    french: Pipelines,
    text: str,
    surface: str,
    kind: str,
    value: float,
    fields: dict[str, object],
) -> None:
    (figure,) = figures_in(french, text, "fr")
    assert (figure.text, figure.kind, figure.value) == (surface, kind, value)
    assert text[figure.start : figure.end] == surface
    assert {name: getattr(figure, name) for name in fields} == fields


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_figure(french: Pipelines, text: str) -> None:
    assert [each.text for each in figures_in(french, text, "fr")] == []


def test_who_is_quoted_with_it_is_given_for_it(french: Pipelines) -> None:
    (figure,) = figures_in(
        french, "Le ministère a affirmé que 40 personnes avaient été tuées.", "fr"
    )
    assert figure.attribution == "Le ministère"
