"""From the articles of two or more sides to a comparison. Pure: no I/O, no store."""
