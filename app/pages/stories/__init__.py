"""Stories as pages: their articles on an axis of time."""
