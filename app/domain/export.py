"""What a collection can be written out as."""

# The tables of `app.store.queries.export`, named here for those who only need to know which there
# are.
TABLES = ("articles", "mentions", "entities", "quotes")
