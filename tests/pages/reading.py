"""HTML as tests look at it."""

import re

from lxml import html


def parsed(page: str) -> html.HtmlElement:
    """The tree of a page."""
    tree: html.HtmlElement = html.document_fromstring(page)
    return tree


def words(element: html.HtmlElement) -> str:
    """What is read there, white space as single blanks."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def one(tree: html.HtmlElement, selector: str) -> html.HtmlElement:
    """The first element that matches."""
    found = tree.cssselect(selector)
    assert found, f"nothing matches {selector}"
    element: html.HtmlElement = found[0]
    return element
