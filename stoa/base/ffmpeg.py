"""ffmpeg, where the machine has it: nothing here needs it, some things are nicer with it. It reads files that others made, so it may
open nothing but files, takes no larger pictures, no more threads and no more memory than these, and is ended when it takes too long."""

import os
import resource
import shutil
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from time import monotonic

THREADS = ("-threads", "2")
MOST_PIXELS = 8192 * 4320  # of one picture, as the stream itself says: headers that we read may say less
QUIET = ("-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", *THREADS, "-max_pixels", str(MOST_PIXELS))
MOST = 60_000_000  # bytes of an output that is read
MOST_MEMORY = 4 << 30  # bytes
LOOK = 0.5  # seconds between two looks whether it shall end


@cache
def program() -> str:
    """Where it is; empty when it is not there."""
    return shutil.which("ffmpeg") or ""


def is_there() -> bool:
    return bool(program())


def reading(path: str, media_type: str) -> tuple[str, ...]:
    """A file to be read as what we found it to be: never as what ffmpeg guesses."""
    return "-f", "matroska" if media_type == "video/webm" else "mov", "-i", path


def output(arguments: Sequence[str], *, seconds: float) -> bytes:
    """What it writes to its output; nothing when it is not there, fails, or is not ready in time."""
    code, said = run(arguments, seconds=seconds, output=subprocess.PIPE)
    return said if code == 0 and len(said) <= MOST else b""


def writes(arguments: Sequence[str], *, seconds: float, over: threading.Event | None = None) -> bool:
    """Whether it wrote the file that these arguments name. It is ended when its time is, and as soon as `over` is set."""
    return run(arguments, seconds=seconds, output=subprocess.DEVNULL, over=over)[0] == 0


def run(
    arguments: Sequence[str], *, seconds: float, output: int, over: threading.Event | None = None
) -> tuple[int, bytes]:
    """(how it ended, what it said); -1 when it is not there, is not ready in time, or is over."""
    if not is_there():
        return -1, b""
    try:
        process = subprocess.Popen(  # noqa: S603 (our own arguments, no shell)
            (program(), *QUIET, *arguments), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath},
        )  # fmt: skip
    except OSError:
        return -1, b""
    with process:
        try:
            bound(process.pid)
            return waited_for(process, monotonic() + seconds, over)
        finally:
            process.kill()


def waited_for(process: "subprocess.Popen[bytes]", until: float, over: threading.Event | None) -> tuple[int, bytes]:
    while (left := until - monotonic()) > 0 and not (over and over.is_set()):
        with suppress(subprocess.TimeoutExpired):
            said, _nothing = process.communicate(timeout=min(LOOK, left))
            return process.returncode, said or b""
    return -1, b""


def bound(pid: int) -> None:
    """No more memory than that, where the system can say so."""
    if hasattr(resource, "prlimit"):
        try:
            resource.prlimit(pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        except (OSError, ValueError):  # it has ended already, or may have less anyway
            return
