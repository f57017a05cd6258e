"""A process that ends with whoever started it, however that one ended."""

import ctypes
import signal
import sys

WHEN_PARENT_DIES = 1  # PR_SET_PDEATHSIG


def ends_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(WHEN_PARENT_DIES, signal.SIGKILL)
