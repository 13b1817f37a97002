"""Completion of commands and options by the shell."""

from enum import StrEnum
from typing import Annotated

import typer
from typer.completion import get_completion_inspect_parameters, shell_complete

# Makes the shells known: they ask by calling the command with a variable set.
get_completion_inspect_parameters()
_ASKED_BY = "_PARALLAX_COMPLETE"


class Shell(StrEnum):
    """Shells that can complete our commands."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


def completion(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(help="bash, zsh or fish.")],
) -> None:
    """Print what lets a shell complete commands and options.

    bash: eval "$(parallax completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc, behind
    compinit; fish: parallax completion fish > ~/.config/fish/completions/parallax.fish
    """
    shell_complete(context.find_root().command, {}, "parallax", _ASKED_BY, f"source_{shell}")
