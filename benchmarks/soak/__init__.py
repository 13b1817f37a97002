"""A service under the hands of many at once, for minutes."""
