"""Each section has one file in each place, and they agree."""

from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

import app
from app.compare.method import Method, method_of, needs_of
from app.domain.answer import SECTIONS, Comparison, Section
from app.domain.comparison import ArticleFindings
from app.web.schemas.base import Answer
from app.web.schemas.comparison import Comparison as Wire

FOLDERS = ("domain", "compare", "web/schemas", "terminal")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_sections_has_one_file_for_each(folder: str) -> None:
    files = Path(app.__path__[0], folder, "sections").glob("*.py")
    assert {file.stem for file in files} == {*SECTIONS, "__init__"}


def test_the_answer_has_a_field_for_each_section_in_their_order() -> None:
    frame = ("sides", "articles", "filters", "left_out", "versions")
    assert tuple(field.name for field in fields(Comparison)) == (*frame, *SECTIONS)
    assert tuple(Wire.model_fields) == (*frame, *SECTIONS)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_method_bears_the_name_of_its_file_and_reads_fields_that_findings_have(
    name: Section,
) -> None:
    method = method_of(name)
    assert isinstance(method, Method)
    assert method.name == name
    assert method.needs
    assert method.needs <= {field.name for field in fields(ArticleFindings)}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_has_a_wire_shape_and_a_view(name: Section) -> None:
    wire = import_module(f"app.web.schemas.sections.{name}").SECTION
    assert issubclass(wire, Answer)
    assert callable(import_module(f"app.terminal.sections.{name}").view)


def test_a_brief_needs_what_the_sections_need_that_it_is_written_from() -> None:
    assert "terms" not in needs_of(["brief"])
    assert needs_of(["statements", "entities"]) < needs_of(["brief"])
