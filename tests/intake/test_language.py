"""The language is told from 200 characters on, and where it is sure."""

import random
import subprocess
import sys

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.intake.language import PackedMoves, detect

TEXTS = {
    "en": "The council voted on Tuesday to close the old bridge, which carries two thousand cars a "
    "day. Engineers had found cracks in three of the eleven piers, and warned of more to come.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zu schließen, über die jeden "
    "Tag zweitausend Autos fahren. Ingenieure hatten Risse in drei der elf Pfeiler gefunden.",
    "fr": "Le conseil a décidé mardi de fermer le vieux pont, que deux mille voitures empruntent "
    "chaque jour. Des ingénieurs avaient trouvé des fissures dans trois des onze piles.",
    "es": "El consejo decidió el martes cerrar el viejo puente, por el que pasan cada día dos mil "
    "coches. Los ingenieros habían encontrado grietas en tres de los once pilares.",
    "ru": "Во вторник совет решил закрыть старый мост, по которому каждый день проезжают две "
    "тысячи машин. Инженеры нашли трещины в трёх из одиннадцати опор и предупредили о новых.",
    "uk": "У вівторок рада вирішила закрити старий міст, яким щодня проїжджають дві тисячі машин. "
    "Інженери знайшли тріщини в трьох з одинадцяти опор і попередили про нові.",
    "ar": "قرر المجلس يوم الثلاثاء إغلاق الجسر القديم الذي تعبره ألفا سيارة كل يوم. وكان المهندسون "
    "قد وجدوا شقوقا في ثلاثة من الأعمدة الأحد عشر وحذروا من المزيد في المستقبل.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_of_some_length_shows_its_language(language: str) -> None:
    assert detect(f"{TEXTS[language]}\n\n{TEXTS[language]}") == language


@pytest.mark.parametrize(
    "text", ["", "Palmyra", TEXTS["en"][:150], "\n" * 1_000, " ".join("ab" * 40)]
)
def test_a_short_text_does_not(text: str) -> None:
    assert detect(text) is None


def test_a_text_that_is_no_language_does_not() -> None:
    assert detect("0 1 2 3 4 5 6 7 8 9 " * 50) is None


def test_the_model_waits_until_it_is_asked() -> None:
    code = (
        "import sys, app.intake.clean\n"
        "heavy = {'py3langid', 'trafilatura', 'lxml', 'numpy'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_many_threads_load_the_model_once() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from threading import Barrier\n"
        "from app.intake import language\n"
        "together = Barrier(8)\n"
        "def ask(text):\n"
        "    together.wait()\n"
        "    return language.detect(text)\n"
        f"text = {TEXTS['en'] * 2!r}\n"
        "with ThreadPoolExecutor(8) as threads:\n"
        "    print(*set(threads.map(ask, [text] * 8)), language._identifier.cache_info().misses)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["en", "1"]


def test_packed_moves_are_those_of_the_whole_table() -> None:
    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    packed = PackedMoves(whole.tk_nextmove, whole.tk_row[0])
    rng = random.Random(1)
    places = [rng.randrange(len(whole.tk_nextmove)) for _ in range(50_000)]
    assert [packed[each] for each in places] == [whole.tk_nextmove[each] for each in places]
