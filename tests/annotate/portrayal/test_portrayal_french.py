"""What French texts call a name, what they have it do and what is done to it."""

import pytest

from app.services.pipeline import Analyser
from tests.annotate.portrayed import Portray, portray_with

# A text, and all labels in it that are more than a name: name, kind, label.
CALLED = [
    ("Le premier ministre britannique David Cameron a condamné les frappes.",
     {("David Cameron", "title", "premier ministre"),
      ("David Cameron", "modifier", "britannique")}),
    ("Le secrétaire général de l'ONU Ban Ki-moon a salué la victoire.",
     {("Ban Ki-moon", "title", "secrétaire général de l'ONU")}),
    ("Le ministre russe des Affaires étrangères Sergueï Lavrov est arrivé.",
     {("Sergueï Lavrov", "title", "ministre russe des Affaires étrangères")}),
    ("La ville est sûre, selon le porte-parole du Kremlin, Dmitri Peskov.",
     {("Dmitri Peskov", "apposition", "porte-parole du Kremlin")}),
    ("Claire Dumas, la maire de Lyon, n'a pas critiqué Marc Petit.",
     {("Claire Dumas", "apposition", "maire de Lyon")}),
    ("L'État islamique, un groupe terroriste, a décapité un archéologue.",
     {("État islamique", "apposition", "groupe terroriste")}),
    ("La ville antique de Palmyre a été reprise.",
     {("Palmyre", "apposition", "ville antique")}),
    ("Les frappes ont été menées par le régime de Bachar al-Assad.",
     {("Bachar al-Assad", "head", "régime de Bachar al-Assad")}),
    ("Les forces gouvernementales syriennes ont repris la ville.",
     {("syriennes", "head", "forces gouvernementales syriennes")}),
    ("L'Iran chiite et le puissant Hezbollah libanais ont soutenu l'armée.",
     {("Iran", "modifier", "chiite"), ("Hezbollah", "modifier", "puissant"),
      ("Hezbollah", "modifier", "libanais")}),
    ("Vladimir Poutine est un allié de la Syrie.",
     {("Vladimir Poutine", "description", "allié de la Syrie")}),
    ("Vladimir Poutine n'est pas un allié de la Syrie.", set()),
    ("Bachar al-Assad est considéré comme un tyran.",
     {("Bachar al-Assad", "description", "tyran")}),
    ("Le groupe djihadiste État islamique a pris Palmyre. L'organisation terroriste a fui.",
     {("État islamique", "apposition", "groupe djihadiste"),
      ("État islamique", "description", "organisation terroriste")}),
    ("Il a vu Paul Morin à Lyon.", set()),
]  # fmt: skip

# A text, and what all names in it do and suffer: name, part, verb.
DONE = [
    ("David Cameron a condamné les frappes menées par le régime de Bachar al-Assad.",
     {("David Cameron", "agent", "condamner"), ("Bachar al-Assad", "agent", "mener")}),
    ("Palmyre a été reprise par la Russie.",
     {("Palmyre", "patient", "reprendre"), ("Russie", "agent", "reprendre")}),
    ("La ville antique de Palmyre a été reprise.", {("Palmyre", "patient", "reprendre")}),
    ("L'archéologue syrien Khaled al-Assaad a été tué.",
     {("Khaled al-Assaad", "patient", "tuer")}),
    ("Le groupe djihadiste État islamique a pris Palmyre.",
     {("État islamique", "agent", "prendre"), ("Palmyre", "patient", "prendre")}),
    ("Les combattants de l'EI ont refusé de quitter Raqqa.", {("EI", "agent", "refuser")}),
    ("Barack Obama n'a jamais rencontré Hassan Rohani.",
     {("Barack Obama", "agent", "not rencontrer"), ("Hassan Rohani", "patient", "not rencontrer")}),
    ("Vladimir Poutine, qui a soutenu Bachar al-Assad, doit rencontrer John Kerry.",
     {("Vladimir Poutine", "agent", "soutenir"), ("Bachar al-Assad", "patient", "soutenir"),
      ("Vladimir Poutine", "agent", "rencontrer"), ("John Kerry", "patient", "rencontrer")}),
    ("Sergueï Lavrov a tenté de convaincre Laurent Fabius.",
     {("Sergueï Lavrov", "agent", "convaincre"), ("Laurent Fabius", "patient", "convaincre")}),
    ("Nadia Karam a défendu Jean Morel.",
     {("Nadia Karam", "agent", "défendre"), ("Jean Morel", "patient", "défendre")}),
]  # fmt: skip


@pytest.fixture(scope="module")
def french() -> Portray:
    return portray_with(Analyser({"fr": "fr_core_news_md"}, "fr"), "fr")


@pytest.mark.parametrize(("text", "labels"), CALLED)
def test_what_names_are_called(
    french: Portray, text: str, labels: set[tuple[str, str, str]]
) -> None:
    portrayed = french(text)
    assert portrayed.called() == labels
    assert all(text[label.start : label.end] == label.text for label in portrayed.labels)


@pytest.mark.parametrize(("text", "roles"), DONE)
def test_what_names_do_and_suffer(
    french: Portray, text: str, roles: set[tuple[str, str, str]]
) -> None:
    portrayed = french(text)
    assert portrayed.done() == roles


def test_people_act_for_the_name_of_theirs(french: Portray) -> None:
    (role,) = french("Les combattants de l'EI ont fui.").roles
    assert (role.verb, role.part, role.through) == ("fuir", "agent", True)


def test_a_courtesy_is_no_label(french: Portray) -> None:
    assert french("M. Paul Martin a quitté Lyon. Mme Claire Dumas est restée.").called() == set()
