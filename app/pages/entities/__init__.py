"""Entities as pages: who names them, when."""
