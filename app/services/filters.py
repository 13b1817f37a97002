"""What every filter of a list is checked for."""

from collections.abc import Collection

from app.domain.text import check_characters
from app.errors import InvalidInput


def check_filters(**values: str | Collection[str] | None) -> None:
    """Returns where each value holds what a text may hold; raises InvalidInput at `?NAME`."""
    for name, value in values.items():
        for each in (value,) if isinstance(value, str) else value or ():
            try:
                check_characters(each)
            except InvalidInput as error:
                raise error.at(f"?{name}") from None
