"""What depends on the database, and nothing of the subject: connections, sessions, schema, bulk
writes, full text, column types, packing, paging, backup. The one place that PostgreSQL will extend.
"""
