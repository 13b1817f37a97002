"""Wire shapes: what the API takes and answers, made from the frozen records."""
