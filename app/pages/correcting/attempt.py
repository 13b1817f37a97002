"""A form of a correction as it was sent; who corrects, and is remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from app.domain.text import check_characters
from app.errors import InvalidInput, ParallaxError
from app.services.corrector import Corrector
from app.web.numbers import LARGEST_ID
from app.web.sessions import Visit, cookie_of

_AUTHOR = "parallax_author"
_YEAR = 365 * 24 * 3600
_DIGITS = 19  # of an id: what fits into 63 bits

type Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A form by its name, with what was typed into it and what is wrong with that; by default there
    was none."""

    form: str = ""
    fields: Fields = field(default_factory=dict)
    error: ParallaxError | None = None

    def of(self, form: str) -> "Attempt":
        """What was sent in this form."""
        return self if self.form == form else Attempt()

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed into a field; `otherwise` in a form that was not sent."""
        return first(self.fields, name) if self.error else otherwise

    def chosen(self, name: str, value: object) -> bool:
        """Whether a box was ticked."""
        return str(value) in self.fields.get(name, ())

    def wrong(self, *names: str) -> str | None:
        """What is wrong with a field, which the service may call by any of these names."""
        pointers = tuple(f"#/{name}" for name in names)
        found = self.error.errors if self.error else ()
        return next((each.detail for each in found if each.pointer in pointers), None)


def first(fields: Fields, name: str) -> str:
    """What a field holds; nothing where the form has none such."""
    return next(iter(fields.get(name, ())), "")


def number(value: str, field: str, missing: str) -> int:
    """An id out of a form. Raises InvalidInput at the field, `missing` where nothing was chosen."""
    if not value:
        raise InvalidInput(missing).at(f"#/{field}")
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
        raise InvalidInput(f"{value[:40]!r} is no id.").at(f"#/{field}")
    return min(int(value), LARGEST_ID)


def corrector(fields: Fields, caller: str | None) -> Corrector:
    """Who corrects, and why: `caller` where the form does not say who. Raises InvalidInput."""
    author, reason = first(fields, "author").strip(), first(fields, "reason").strip()
    return Corrector(author or caller, reason or None)


def author_of(request: Request) -> str:
    """Who corrected last in this browser."""
    try:
        return check_characters(unquote(cookie_of(request.scope, _AUTHOR) or "", errors="strict"))
    except (InvalidInput, UnicodeDecodeError):
        return ""


def remember_author(request: Request, answer: Response, fields: Fields) -> None:
    """Has the browser keep who corrected, or forget it where nobody is named."""
    visit: Visit = request.state.visit
    author = quote(first(fields, "author").strip())
    visit.remember(answer, _AUTHOR, author, _YEAR if author else 0)
