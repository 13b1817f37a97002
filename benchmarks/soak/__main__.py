"""`make soak`: readers, writers and people who correct, all at once, against a served process.

    python -m benchmarks.soak [--minutes 10] [--readers 3] [--megabytes 250] [--p99 1.0]

Prints requests, errors and times by kind, and memory by minute. Ends with 1 where anything failed,
where the 99th percentile of a kind was over its bound, or where the process that serves passed so
many megabytes or grew by more than a tenth after its first minute.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.soak.run import Limits, soak


def main() -> None:
    """Soaks, prints, and says by the exit code whether all was well."""
    parser = argparse.ArgumentParser(description=__doc__)
    usual = Limits()
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--megabytes", type=float, default=usual.megabytes)
    parser.add_argument("--p99", type=float, default=usual.seconds, help="seconds")
    asked = parser.parse_args()
    limits = Limits(asked.p99, asked.megabytes)
    with tempfile.TemporaryDirectory() as folder:
        report = soak(Path(folder), asked.minutes * 60, asked.readers)
    print("\n".join(report.lines()))
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    breaches = report.breaches(limits)
    print("\n".join(f"FAILED: {each}" for each in breaches) or "All was well.")
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
