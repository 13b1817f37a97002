"""Parallax: what outlets share, what only one of them says, and in which words."""

__version__ = "0.1.0"
