"""Commands whose help reads plainly: `--limit N` rather than `--limit <int range>`, and nothing
behind a flag."""

from collections.abc import Callable
from typing import Any, get_args

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

# What stands for the value of an option, by its name.
_VALUES = {
    **dict.fromkeys(("source", "without", "others"), "OUTLET"),
    **dict.fromkeys(("entity", "article", "story", "mention", "into"), "ID"),
    **dict.fromkeys(("since", "until"), "DATE"),
    **dict.fromkeys(("author", "name"), "NAME"),
    "language": "CODE",
    "host": "ADDRESS",
}


class _PlainArgument(TyperArgument):
    """An argument that is described by its name alone, not by a Python type too."""

    def display_type_rich(self, ctx: Any) -> None:
        return None


class PlainCommand(TyperCommand):
    """A command with plain names for what its parameters take."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, with that of help."""
        return list(map(_plain, super().get_params(ctx)))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The usage: `ID` where an argument is needed, `[ID]` where it may be left out."""
        pieces = [self.options_metavar] if self.options_metavar else []
        for each in self.get_params(ctx):
            if isinstance(each, TyperArgument):
                name = str(each.metavar).removesuffix("...")
                shown = name if each.required else f"[{name}]"
                pieces.append(shown + ("..." if each.nargs != 1 else ""))
        return pieces


class _PlainGroup(TyperGroup):
    def get_params(self, ctx: Any) -> list[Any]:
        return list(map(_plain, super().get_params(ctx)))


class Plain(typer.Typer):
    """A group of such commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=_PlainGroup, **settings)

    def command(self, *args: Any, **settings: Any) -> Callable[[Any], Any]:
        """The decorator of a command."""
        settings.setdefault("cls", PlainCommand)
        return super().command(*args, **settings)


def _plain(parameter: Any) -> Any:
    if isinstance(parameter, TyperArgument):
        # Typer makes the arguments itself, and lets nobody say of which class.
        parameter.__class__ = _PlainArgument
        parameter.metavar = parameter.metavar or str(parameter.name).upper()
    elif isinstance(parameter, TyperOption) and parameter.metavar is None:
        parameter.metavar = _value(parameter)
    return parameter


def _value(option: TyperOption) -> str:
    kind = option.type_descriptor
    if option.is_flag:
        return ""
    if kind.is_choice:
        return "|".join(each.value for each in kind.choices or ())
    if option.name in _VALUES:
        return _VALUES[option.name]
    of = get_args(kind.annotation)[0] if kind.is_list else kind.annotation
    return "N" if of in (int, float) else "FILE" if kind.is_path else "TEXT"
