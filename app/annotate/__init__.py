"""From text to what the language model says of it: the only home of spaCy."""
