"""What people corrected: the logs, what a correction reaches, replay, carry-over to revisions."""
