"""Is it fast? Ratios against the bare parts, measured in one run."""
