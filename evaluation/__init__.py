"""Is it right? Quality measured on public data and on the two real articles, with floors."""

import os

# As a worker has it; set before numpy is imported, for threads that wait count as work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
