"""Databases of earlier schemas, with the rows that a version of that time wrote.

`NNNN.json.gz` has the rows of a small collection as version NNNN stored them, and what that version
read in it. Earlier versions without a file had the same rows in fewer columns. A migration that
gives what is stored another shape comes with the file of its own version:

    python -m tests.store.upgrades.dump DATABASE.db tests/store/upgrades/NNNN.json.gz
"""
