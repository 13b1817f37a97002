"""One thread of linear algebra in the process of a command."""

import subprocess
import sys

PROGRAM = """
import os, sys
import app.entry
assert "numpy" not in sys.modules
sys.argv = ["parallax", "--version"]
try:
    app.entry.run()
except SystemExit:
    pass
print(os.environ["OPENBLAS_NUM_THREADS"])
"""


def test_it_is_asked_for_before_numpy_is_there() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "1"
