"""How each section of a comparison is made, one file a section: its `METHOD`."""
