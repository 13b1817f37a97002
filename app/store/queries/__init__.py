"""What lists, details, comparisons and exports read: one file a noun."""
