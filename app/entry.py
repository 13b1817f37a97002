"""Where the command `parallax` starts."""

import os
import sys

import typer

from app.errors import ParallaxError

_FAILED = 1


def run() -> None:
    """Do what the arguments ask for: expected errors become one sentence on standard error and exit
    code 1."""
    try:
        _program()
    except ParallaxError as error:
        _complain(error)
        raise SystemExit(_FAILED) from None
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say, and nowhere to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(_FAILED) from None


def _program() -> None:
    if sys.argv[1:2] == ["serve"]:
        # By itself, because all other commands together take a second to import.
        from app.serving import serve

        service = typer.Typer(
            add_completion=False,
            pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        service.command()(serve)
        service(sys.argv[2:], prog_name="parallax serve")
    else:
        from app.cli import parallax

        parallax()


def _complain(error: ParallaxError) -> None:
    typer.echo(f"parallax: {error.detail}", err=True)
    for field in error.errors:
        if field.detail != error.detail:
            typer.echo(f"  {field.pointer}: {field.detail}", err=True)
