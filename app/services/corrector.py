"""Who corrects, and why; and the texts that people give with a correction."""

from dataclasses import dataclass

from app.domain.limits import MAX_CORRECTION_NAME, MAX_CORRECTION_REASON
from app.domain.text import check_characters
from app.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Corrector:
    """Who corrects, and why."""

    author: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        for field, value, longest in (
            ("author", self.author, MAX_CORRECTION_NAME),
            ("reason", self.reason, MAX_CORRECTION_REASON),
        ):
            if value is not None:
                checked_text(value, field, longest)


def checked_text(value: str, field: str, longest: int) -> str:
    """The text without blanks around it. Raises InvalidInput at the field."""
    kept = check_characters(value).strip()
    if not kept:
        raise InvalidInput(f"{field} is blank").at(f"#/{field}")
    if len(kept) > longest:
        raise InvalidInput(f"{field} has {len(kept):,} characters; the limit is {longest:,}").at(
            f"#/{field}"
        )
    return kept
