"""The forms in which answers are written."""

from enum import StrEnum


class ComparisonFormat(StrEnum):
    """The forms in which a comparison is printed."""

    table = "table"
    json = "json"
    markdown = "markdown"
    csv = "csv"
    brief = "brief"
    html = "html"


class BriefFormat(StrEnum):
    """The forms in which a brief is printed."""

    text = "text"
    markdown = "markdown"
    json = "json"
    html = "html"
