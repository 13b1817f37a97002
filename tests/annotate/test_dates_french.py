"""Expressions of time in French: what is found, what it means on a day, and what is none."""

from datetime import date

import pytest

from app.annotate.pipeline import Pipelines
from app.domain.timex import resolve
from tests.annotate.found import dates_in

# A Thursday.
PUBLISHED = date(2016, 3, 24)

# A sentence with one expression, the expression, its value, its granularity.
MEANT = [
    ("La ville est tombée le 27 mars 2015.", "27 mars 2015", "2015-03-27", "day"),
    ("La trêve a commencé le 27 février.", "27 février", "2016-02-27", "day"),
    ("La trêve a commencé le 27\N{NO-BREAK SPACE}février.", "27\N{NO-BREAK SPACE}février",
     "2016-02-27", "day"),
    ("Le défilé a eu lieu le 1er juin.", "1er juin", "2015-06-01", "day"),
    ("Le vote aura lieu le 16 octobre.", "16 octobre", "2016-10-16", "day"),
    ("Ils voteront le 16 octobre.", "16 octobre", "2016-10-16", "day"),
    ("Elle est morte le vendredi 13 novembre 2015.", "vendredi 13 novembre 2015", "2015-11-13",
     "day"),
    ("Il est né le 12/02/1970.", "12/02/1970", "1970-02-12", "day"),
    ("Il est arrivé le 3 février dernier.", "3 février dernier", "2016-02-03", "day"),
    ("Ils se sont réunis du 3 au 5 mars.", "du 3 au 5 mars", "2016-03-03/2016-03-05", "range"),
    ("Ils ont négocié entre le 3 et le 5 mars 2014.", "entre le 3 et le 5 mars 2014",
     "2014-03-03/2014-03-05", "range"),
    ("Le musée a fermé en mai 2015.", "en mai 2015", "2015-05", "month"),
    ("Deux alpinistes sont morts ce week-end.", "ce week-end", "2016-W11-WE", "weekend"),
    ("Elle jouera le week-end prochain.", "le week-end prochain", "2016-W13-WE", "weekend"),
    ("C'était la mode des années 70.", "des années 70", "1970/1979", "decade"),
    ("Le mur est du 18e siècle.", "du 18e siècle", "1701/1800", "range"),
    ("Le vote aura lieu le deuxième dimanche de juin.", "le deuxième dimanche de juin",
     "2016-06-12", "day"),
    ("Ils défileront le lundi de Pâques.", "le lundi de Pâques", "2016-03-28", "day"),
    ("La loi passera d'ici la fin de l'année.", "d'ici la fin de l'année", "2016", "year"),
    ("Palmyre a été prise en mai dernier.", "en mai dernier", "2015-05", "month"),
    ("La ville est assiégée depuis septembre.", "septembre", "2015-09", "month"),
    ("Le siège s’est achevé fin d’avril 2015.", "fin d’avril 2015", "2015-04", "month"),
    ("Le siège a duré de mai à juin 2015.", "de mai à juin 2015", "2015-05/2015-06", "range"),
    ("Il a parlé mercredi.", "mercredi", "2016-03-23", "day"),
    ("Il a parlé jeudi devant la presse.", "jeudi", "2016-03-24", "day"),
    ("Le pont a fermé jeudi dernier.", "jeudi dernier", "2016-03-17", "day"),
    ("Il est parti mercredi soir.", "mercredi soir", "2016-03-23", "day"),
    ("Les pourparlers reprendront vendredi.", "vendredi", "2016-03-25", "day"),
    ("Le ministre va rencontrer les élus lundi.", "lundi", "2016-03-28", "day"),
    ("Le port restera fermé jusqu'à vendredi.", "vendredi", "2016-03-25", "day"),
    ("Elle montra la lettre lundi.", "lundi", "2016-03-21", "day"),
    ("Le conseil se réunit lundi prochain.", "lundi prochain", "2016-03-28", "day"),
    ("Il est parti hier.", "hier", "2016-03-23", "day"),
    ("Il est parti avant-hier.", "avant-hier", "2016-03-22", "day"),
    ("Il arrive aujourd’hui.", "aujourd’hui", "2016-03-24", "day"),
    ("Le conseil se réunit ce soir.", "ce soir", "2016-03-24", "day"),
    ("La loi sera votée demain.", "demain", "2016-03-25", "day"),
    ("Elle a gagné la semaine dernière.", "la semaine dernière", "2016-W11", "week"),
    ("Elle a gagné cette semaine.", "cette semaine", "2016-W12", "week"),
    ("Il a démissionné l'an dernier.", "l'an dernier", "2015", "year"),
    ("Le stade ouvrira le mois prochain.", "le mois prochain", "2016-04", "month"),
    ("Il est mort il y a trois jours.", "il y a trois jours", "2016-03-21", "day"),
    ("L'usine a brûlé il y a 10 ans.", "il y a 10 ans", "2006", "year"),
    ("Il revient dans deux jours.", "dans deux jours", "2016-03-26", "day"),
    ("Le groupe a reculé au cours des six derniers mois.", "au cours des six derniers mois",
     "2015-09-24/2016-03-24", "range"),
    ("La route est coupée depuis six mois.", "depuis six mois", "2015-09-24/2016-03-24", "range"),
    ("Il doit payer d'ici deux semaines.", "d'ici deux semaines", "2016-03-24/2016-04-07", "range"),
    ("Le groupe est né début 2015.", "début 2015", "2015", "year"),
    ("La guerre a éclaté en 2011.", "2011", "2011", "year"),
    ("Il a régné de 1971 à 2000.", "de 1971 à 2000", "1971/2000", "range"),
    ("Elle a vécu ici dans les années 1990.", "les années 1990", "1990/1999", "decade"),
    ("Les ventes ont reculé au troisième trimestre 2015.", "au troisième trimestre 2015",
     "2015-Q3", "quarter"),
    ("Les ventes ont bondi au premier semestre 2015.", "au premier semestre 2015", "2015-H1",
     "half"),
    ("Ils ont avancé à l'été 2014.", "l'été 2014", "2014-SU", "season"),
    ("Ils ont reculé au printemps dernier.", "au printemps dernier", "2015-SP", "season"),
]  # fmt: skip

# Expressions whose value is uncertain, and why.
UNCERTAIN = [
    ("Un an plus tôt, il avait tout quitté.", "Un an plus tôt", "relative"),
    ("La semaine suivante, il était mort.", "La semaine suivante", "relative"),
    ("Le lendemain, il était mort.", "Le lendemain", "relative"),
    ("C'est arrivé il y a quelques années.", "il y a quelques années", "not told"),
    ("Il a beaucoup perdu ces derniers mois.", "ces derniers mois", "not told"),
]

# Nothing here says when.
NONE = [
    "La ville a été reprise par l'armée.",
    "La sonde se posera sur Mars.",
    "Il a régné deux ans et il est âgé de 40 ans.",
    "Plus de 2000 villages ont été détruits.",
    "La marche de 2000 habitants a été interdite.",
    "Il en reste plus de 2000.",
    "Il court tous les lundis.",
    "Il court chaque lundi.",
    "Il a été nommé premier ministre.",
]


@pytest.mark.parametrize(("text", "surface", "value", "granularity"), MEANT)
def test_what_an_expression_means(
    french: Pipelines, text: str, surface: str, value: str, granularity: str
) -> None:
    (expression,) = dates_in(french, text, "fr")
    dated = resolve(expression, PUBLISHED)
    assert surface in dated.text
    assert text[dated.start : dated.end] == dated.text
    assert (dated.value, dated.granularity, dated.reason) == (value, granularity, None)


@pytest.mark.parametrize(("text", "surface", "why"), UNCERTAIN)
def test_what_is_uncertain_says_why(french: Pipelines, text: str, surface: str, why: str) -> None:
    (expression,) = dates_in(french, text, "fr")
    dated = resolve(expression, PUBLISHED)
    assert (dated.text, dated.value) == (surface, None)
    assert why in (dated.reason or "")


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_time(french: Pipelines, text: str) -> None:
    assert [each.text for each in dates_in(french, text, "fr")] == []
