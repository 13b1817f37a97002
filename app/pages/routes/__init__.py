"""What each address of a page answers, one file a subject."""
