"""Tables, queries and text search: the only home of SQL. From the top down, each on those below:

    queries, rebuild    what is read; what makes all names or all stories anew
    analyses            what analyses found
    articles            articles on their way in
    corrections         what people corrected
    stories             which articles are in which story
    entity_counts       the counts that lists sort and filter by
    existence           whether what a caller names is there
    records             what the store takes and gives beside the domain's records
    tables, engine      the schema; what depends on the database

`knowledge_file` stands apart: a file of its own, beside the collection.
"""
