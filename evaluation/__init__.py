"""Is it right? Quality measured on public data and on the two real articles, with floors."""
