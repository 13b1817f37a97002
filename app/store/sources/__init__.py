"""Outlets: the names that lead to them, their domains, articles that move between them."""
