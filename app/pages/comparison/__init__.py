"""A comparison as a page: what each section's picture needs to know, computed here and drawn by the
templates of the same name."""
