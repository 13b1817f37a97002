"""Templates, and what all of them may use."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.pages import wording

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
ASSETS_ADDRESS = "/assets"
_VERSION = 12  # hexadecimal digits of a file's hash in its address


@cache
def environment() -> Environment:
    """The one environment: everything is escaped that is not marked as HTML, and a name that is not
    given is an error."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": wording.day,
        "short_day": wording.short_day,
        "many": wording.many,
        "percent": wording.percent,
        "thousands": wording.thousands,
        "type": wording.entity_type,
        "listed": wording.listed,
        "sentence": wording.sentence,
        "shortened": wording.shortened,
    }
    return made


def rendered(template: str, given: Mapping[str, object]) -> str:
    """The HTML that this template makes of what is given."""
    return environment().get_template(template).render(given)


@cache
def versioned(name: str) -> str:
    """The address of an asset below the service's root, which changes when the file does: it may be
    kept for ever."""
    digest = sha256((ASSETS / name).read_bytes()).hexdigest()
    return f"{ASSETS_ADDRESS}/{name}?v={digest[:_VERSION]}"
