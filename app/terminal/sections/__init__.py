"""Each section of a comparison for people, one file a section: its `view`."""
