"""Articles on their way in: writing, revisions, metadata, the queue of analysis, imports, feeds."""
