"""Corrections from pages: the forms as they were sent, and the log in words."""
