"""Articles to stories: which of them report the same event."""
