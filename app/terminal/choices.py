"""Arguments and options that take one of a few words."""

from collections.abc import Callable, Sequence

import typer


def among(words: Sequence[str]) -> Callable[[list[str] | str | None], list[str] | str | None]:
    """A callback that lets only these words pass. It raises BadParameter, with the words, for
    another."""

    def check(given: list[str] | str | None) -> list[str] | str | None:
        for each in [given] if isinstance(given, str) else given or ():
            if each not in words:
                raise typer.BadParameter(f"{each!r} is none of {', '.join(words)}")
        return given

    return check
