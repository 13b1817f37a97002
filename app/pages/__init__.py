"""Pages for people: the services' answers as HTML, beside the API's JSON (see docs/design.md)."""
