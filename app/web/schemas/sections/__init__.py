"""The wire shape of each section of a comparison, one file a section: its `SECTION`."""
