"""What each operation takes in its query, one file for each kind of thing."""
