"""Stories as they are kept: placement of articles, and the counts of each story."""
