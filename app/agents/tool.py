"""A tool: what a model reads of it, what it takes, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.agents.parts import Allowed, Parts
from app.errors import InvalidInput

# Bounds of what is sent: whoever is over them is told, and models need not read them before.
_BOUNDS = (
    *("additionalProperties", "maximum", "maxItems", "maxLength"),
    *("minimum", "minItems", "minLength"),
)
# Arguments of which tools have the same ones, after those of their own.
_LAST = ("since", "until", "limit", "cursor", "start", "max_bytes")

type Needs = Literal["reading", "analysing", "writing"]


class Arguments(BaseModel):
    """What a tool takes; what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Tool[A: Arguments]:
    """A tool with the text that says when to use it. `run` answers with JSON."""

    name: str
    description: str
    arguments: type[A]
    run: Callable[[Parts, A], str]
    needs: Needs = "reading"

    def allowed(self, caller: Allowed) -> bool:
        """Whether this caller is offered the tool."""
        match self.needs:
            case "reading":
                return True
            case "analysing":
                return caller.analysing
            case "writing":
                return caller.writing

    def schema(self) -> dict[str, Any]:
        """The JSON schema of its arguments, without what tells a model nothing."""
        schema = _bare(self.arguments.model_json_schema())
        schema.pop("description", None)
        properties = schema["properties"]
        for name in _LAST:
            if name in properties:
                properties[name] = properties.pop(name)
        return {**schema, "properties": properties}

    def call(self, parts: Parts, given: Mapping[str, Any]) -> str:
        """The answer to these arguments. Raises InvalidInput, which names each argument at fault,
        and what the services raise."""
        try:
            arguments = self.arguments.model_validate(given)
        except ValidationError as error:
            raise InvalidInput(self._complaint(error)) from None
        return self.run(parts, arguments)

    def _complaint(self, error: ValidationError) -> str:
        known = ", ".join(self.arguments.model_fields)
        said = []
        for each in error.errors():
            name = ".".join(str(part) for part in each["loc"] if not _is_branch(part))
            if each["type"] == "extra_forbidden" and len(each["loc"]) == 1:
                said.append(f"{self.name} has no argument {name!r}: it has {known}.")
            elif each["type"] == "missing":
                said.append(f"{name} is missing.")
            else:
                message = each["msg"].removeprefix("Value error, ")
                said.append(f"{name or self.name}: {message.rstrip('.')}.")
        return " ".join(dict.fromkeys(said))


def _is_branch(part: object) -> bool:
    """Whether this part of a place is pydantic's name for one type of several."""
    return part in ("int", "str")


def _bare(schema: Any) -> Any:
    """A schema without titles, without defaults that are nothing, and without null: an argument
    that is not given is left out."""
    if isinstance(schema, list):
        return [_bare(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    bare = {
        name: {key: _bare(each) for key, each in value.items()}
        if name == "properties"
        else _bare(value)
        for name, value in schema.items()
        if name not in ("title", *_BOUNDS) and not (name == "default" and value in (None, [], 0))
    }
    if "anyOf" in bare:
        kinds = [kind for kind in bare.pop("anyOf") if kind != {"type": "null"}]
        bare |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return bare
