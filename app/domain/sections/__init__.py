"""What each section of a comparison answers, one file a section."""
