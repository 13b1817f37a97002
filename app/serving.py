"""`parallax serve`. It imports little before its workers start: they load their models while the
rest is imported, which takes seconds on both sides."""

from typing import Annotated

import typer
from pydantic import ValidationError

from app import logs
from app.errors import FieldError, InvalidInput
from app.jobs.pool import analyser_pool
from app.settings import Settings


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Serve the API and its documentation (/docs).

    Brings the database up to date by itself, and analyses what is pending.
    """
    settings = read_settings(serving=True)
    with analyser_pool(settings) as pool:
        import uvicorn

        from app.main import create_app

        uvicorn.run(
            create_app(settings, pool), host=host, port=port, log_config=None, access_log=False
        )


def read_settings(*, serving: bool = False) -> Settings:
    """The settings of the environment; a command that shows its own progress logs less.

    Raises InvalidInput with the names of those that make no sense.
    """
    try:
        settings = Settings()
    except ValidationError as problems:
        errors = [
            FieldError(
                f"PARALLAX_{'_'.join(map(str, each['loc'][:1])).upper()}",
                each["msg"].removeprefix("Value error, "),
            )
            for each in problems.errors()
        ]
        names = ", ".join(error.pointer for error in errors)
        raise InvalidInput(f"These settings make no sense: {names}.", errors=errors) from None
    if "log_level" not in settings.model_fields_set:
        level = "info" if serving else "warning"
        settings = settings.model_copy(update={"log_level": level})
    logs.configure(settings)
    return settings
