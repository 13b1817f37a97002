"""Outlets as pages: when they published, whom they name and quote, where they are not found."""
