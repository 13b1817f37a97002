"""What is mended in the schemas that the framework writes, before they are published."""

from collections.abc import Mapping
from typing import Any

type Schema = Mapping[str, Any]


def finish_schema(schema: dict[str, Any], schemas: Mapping[str, Schema]) -> None:
    """Takes `default: null` away, which says no more than that a field is optional, gives a field
    the description of the shape that it has where it says nothing else, and brings the example
    into the order of the fields. `schemas` are all of the document, by name."""
    for field in schema.get("properties", {}).values():
        if "default" in field and field["default"] is None:
            del field["default"]
        if "$ref" in field and (said := _named(field, schemas).get("description")):
            field.setdefault("description", said)
    if "example" in schema:
        schema["example"] = in_order(schema["example"], schema, schemas)


def in_order(example: Any, schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    """The example with its fields, and those of what it holds, in the order of the schema."""
    if "$ref" in schema:
        schema = _named(schema, schemas)
    for choice in schema.get("anyOf", ()):
        example = in_order(example, choice, schemas)
    if isinstance(example, list) and "items" in schema:
        return [in_order(each, schema["items"], schemas) for each in example]
    if not isinstance(example, dict):
        return example
    fields = schema.get("properties", {})
    others = schema.get("additionalProperties")
    of_others = others if isinstance(others, dict) else {}
    names = [
        *(name for name in fields if name in example),
        *(n for n in example if n not in fields),
    ]
    return {name: in_order(example[name], fields.get(name, of_others), schemas) for name in names}


def _named(reference: Schema, schemas: Mapping[str, Schema]) -> Schema:
    return schemas[reference["$ref"].rpartition("/")[2]]
