"""Language tags (BCP 47), as articles, pages, feeds and requests give them."""

import re

# The primary subtag, and any others. Pages write `_` for `-`.
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")

NO_TAG = "is not a language tag such as en or pt-BR"


def primary_language(tag: str) -> str | None:
    """The primary subtag of a language tag in lower case ("en-GB", "EN_us" -> "en"), or None where
    it is no such tag."""
    match = _TAG.fullmatch(tag.strip())
    return match.group(1).lower() if match else None
