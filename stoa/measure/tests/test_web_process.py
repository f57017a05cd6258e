"""What the process that serves pages loads."""

import subprocess
import sys

LOAD = """
import django, sys
django.setup()
import stoa.urls, stoa.measure.metrics, stoa.measure.readers.waits
from django.urls import get_resolver
get_resolver().url_patterns
print([name for name in ("numpy", "scipy", "pandas") if name in sys.modules])
"""


def test_numpy_is_never_loaded_by_the_process_that_serves_pages() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
