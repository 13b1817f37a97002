"""JSON-LD of a web page: the nodes that are articles, also where the JSON is slightly off."""

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE_TYPE = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|Report|\w*BlogPosting)\Z")
_MOST_NODES = 2_000
# What content systems leave around or within the JSON: comments, and a comma too many.
_OPENING = re.compile(
    r"\s*(?:<!--(?:[^{\[<]*-->)?|/\*[^*]*\*/|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[|[;,])"
)
_COMMA = re.compile(r",(\s*[}\]])")
# One that nothing closes goes on to the end.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)


def article_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD nodes of a parsed page (lxml) that are articles."""
    budget = _MOST_NODES
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower().split(";")[0] != "application/ld+json":
            continue
        waiting = list(_values(script.text or ""))
        while waiting and budget:
            budget -= 1
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                for kind in kinds if isinstance(kinds, list) else [kinds]:
                    if isinstance(kind, str) and _ARTICLE_TYPE.match(kind):
                        yield node
                        break
                waiting += [
                    node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node
                ]


def names(value: object, *, of: str, untyped: bool = True) -> Iterator[str]:
    """The names in a value that is a name, a node with one, or a list of such: those of nodes whose
    type ends like `of` ("NewsMediaOrganization"), and those that tell no type (or not: `untyped`).
    """
    if isinstance(value, str) and untyped:
        yield value
    elif isinstance(value, list):
        for each in value[:_MOST_NODES]:
            if not isinstance(each, list):
                yield from names(each, of=of, untyped=untyped)
    elif isinstance(value, dict):
        kinds = value.get("@type") or (of if untyped else "")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.endswith(of) for kind in kinds):
            name = value.get("name")
            yield from names(name if isinstance(name, str | list) else None, of=of)


def _values(text: str) -> Iterator[object]:
    """The JSON values of a script, one after another; none of what cannot be read."""
    decoder = json.JSONDecoder(strict=False)
    mended = False
    at = 0
    while at < len(text):
        opening = _OPENING.match(text, at)
        if opening:
            at = opening.end()
            continue
        at = _blank_end(text, at)
        if at >= len(text) or text[at] not in "[{":
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            if mended:
                return
            text, mended = _without_commas(text), True
            continue
        yield value


def _blank_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _without_commas(text: str) -> str:
    """The text without commas before a closing bracket, strings left as they are."""
    parts: list[str] = []
    at = 0
    for string in _STRING.finditer(text):
        parts += [_COMMA.sub(r"\1", text[at : string.start()]), string.group()]
        at = string.end()
    return "".join((*parts, _COMMA.sub(r"\1", text[at:])))
