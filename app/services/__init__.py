"""Joins the steps: ingest, analyse, query, compare."""
