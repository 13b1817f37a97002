"""The entity graph as GraphML (Brandes et al. 2002), for Gephi, yEd, igraph or networkx."""

from collections.abc import Iterable
from typing import BinaryIO

from lxml import etree

from app.domain.entity import Edge, Node

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = {"name": "string", "type": "string", "mentions": "long", "articles": "long"}


def write_graph(nodes: Iterable[Node], edges: Iterable[Edge], file: BinaryIO) -> None:
    """Writes nodes, then edges, as they come: an undirected graph whose edges weigh how many
    articles name both."""
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _SPACE}):
            for name, kind in _NODE.items():
                xml.write(_key(name, "node", kind), with_tail=False)
            xml.write(_key("weight", "edge", "long"), with_tail=False)
            with xml.element("graph", edgedefault="undirected"):
                for node in nodes:
                    with xml.element("node", id=f"n{node.id}"):
                        for name in _NODE:
                            _data(xml, name, str(getattr(node, name)))
                for edge in edges:
                    with xml.element("edge", source=f"n{edge.one}", target=f"n{edge.other}"):
                        _data(xml, "weight", str(edge.articles))


def _key(name: str, of: str, kind: str) -> etree._Element:
    return etree.Element("key", {"id": name, "for": of, "attr.name": name, "attr.type": kind})


def _data(xml: etree.xmlfile, key: str, value: str) -> None:
    with xml.element("data", key=key):
        # XML 1.0 has no control characters, whatever a name in a text holds.
        xml.write("".join(c for c in value if c >= " " or c in "\t\n\r"))
