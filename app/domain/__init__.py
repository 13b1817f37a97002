"""Frozen records that the steps hand to one another: no framework, no I/O."""
