"""Where the command `parallax` starts."""

import os
import sys

import typer

from app.cli import parallax
from app.errors import ParallaxError
from app.linear_algebra import ONE_THREAD

_FAILED = 1


def run() -> None:
    """Do what the arguments ask for: expected errors become one sentence on standard error and exit
    code 1."""
    # Read by numpy when it is imported, which a command does when it needs it.
    os.environ.update(ONE_THREAD)
    try:
        parallax()
    except ParallaxError as error:
        _complain(error)
        raise SystemExit(_FAILED) from None
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say, and nowhere to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(_FAILED) from None


def _complain(error: ParallaxError) -> None:
    typer.echo(f"parallax: {error.detail}", err=True)
    for field in error.errors:
        if field.detail != error.detail:
            # `?since` and `#/title` are how the API names a field.
            typer.echo(f"  {field.pointer.lstrip('?#/')}: {field.detail}", err=True)
