"""Text of others in a page of Markdown, where it stands as text and means nothing."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&!])")


def escaped(text: str) -> str:
    """The text in one line of Markdown, so that no sign in it makes a link, a heading or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
