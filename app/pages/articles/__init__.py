"""An article as a page: its text with what is found in it, and what became of it."""
