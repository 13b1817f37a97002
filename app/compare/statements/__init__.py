"""Facts that several sides report, and what one of them alone does."""

from app.compare.statements.section import METHOD, PAIRS, statement_section

__all__ = ["METHOD", "PAIRS", "statement_section"]
