"""ffmpeg, where the machine has it: nothing here needs it, some things are nicer with it. It reads files that others made, so it may
open nothing but files, and is ended when it takes too long."""

import os
import shutil
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from time import monotonic

QUIET = ("-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe")
MOST = 60_000_000  # bytes of an output that is read
LOOK = 0.5  # seconds between two looks whether it shall end


@cache
def program() -> str:
    """Where it is; empty when it is not there."""
    return shutil.which("ffmpeg") or ""


def is_there() -> bool:
    return bool(program())


def output(arguments: Sequence[str], *, seconds: float) -> bytes:
    """What it writes to its output; nothing when it is not there, fails, or is not ready in time."""
    if not is_there():
        return b""
    try:
        done = subprocess.run(  # noqa: S603 (our own arguments, no shell)
            (program(), *QUIET, *arguments), stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False,
            env={"PATH": os.defpath},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 and len(done.stdout) <= MOST else b""


def writes(arguments: Sequence[str], *, seconds: float, over: threading.Event | None = None) -> bool:
    """Whether it wrote the file that these arguments name. It is ended when its time is, and as soon as `over` is set."""
    if not is_there():
        return False
    try:
        process = subprocess.Popen(  # noqa: S603 (our own arguments, no shell)
            (program(), *QUIET, *arguments), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath},
        )  # fmt: skip
    except OSError:
        return False
    with process:
        until = monotonic() + seconds
        while monotonic() < until and not (over and over.is_set()):
            with suppress(subprocess.TimeoutExpired):
                return process.wait(min(LOOK, seconds)) == 0
        process.kill()
    return False
