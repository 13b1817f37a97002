"""Tables, queries and text search: the only home of SQL."""
