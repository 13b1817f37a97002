"""Cells of CSV that a spreadsheet shows and does not run."""

from collections.abc import Mapping

# What opens a formula, or is skipped before one (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


def safe(row: Mapping[str, object]) -> dict[str, object]:
    """The row with an apostrophe before each text that a spreadsheet would take for a formula;
    numbers stay numbers. Breaks of lines are line feeds."""
    return {name: _safe(value) for name, value in row.items()}


def _safe(value: object) -> object:
    if not isinstance(value, str):
        return value
    # The csv module leaves a return bare, where a reader takes it for the end of the row.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA) else text
