"""Facts that several sides report, and what one of them alone does."""

METHOD = "6"
# Pairs of sentences that are weighed at most.
PAIRS = 4_000_000
