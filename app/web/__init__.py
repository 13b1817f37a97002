"""HTTP: routes, wire schemas, problem+json."""
