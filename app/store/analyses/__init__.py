"""What analyses found: writing it, what the model said, findings, vectors, entity candidates."""
