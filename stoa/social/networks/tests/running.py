"""Real servers for tests: built once per machine in a cache folder, started on free ports of this machine alone, ended by pid.

A connector's own `tests/realnet.py` says what to build and how to start it; what all of them do is here.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
STARTING = 120.0


def until(question: Any, *, seconds: float, what: str) -> Any:
    """Asks until the answer is true, and returns it: most networks answer a little later than they accept."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.1)
    raise TimeoutError(f"Waited {seconds:.0f} s in vain for {what}.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def child(command: list[str], log: Path, *, end_by: signal.Signals, **how: Any) -> Iterator[subprocess.Popen[bytes]]:
    """One process with what it says in `log`; ended whatever happens."""
    with log.open("wb") as file:
        started = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, **how)
        try:
            yield started
        finally:
            started.send_signal(end_by)
            try:
                started.wait(timeout=8)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()
            if started.stdin:
                started.stdin.close()


def built(name: str, locks: list[Path], make: Callable[[Path], None]) -> Path:
    """The folder of a finished build of these locks, made now if it is not there. A half-made build is thrown away; two
    builders wait for one another. `STOA_CACHE` moves the cache."""
    folder = cached(name, locks)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            make(folder)
            (folder / "ready").touch()
    return folder


def cached(name: str, locks: list[Path]) -> Path:
    """Where the build of these locks stands or would stand."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in locks))
    cache = Path(os.environ.get("STOA_CACHE") or Path.home() / ".cache" / "stoa")
    return cache / f"{name}-{digest.hexdigest()[:16]}"


def run(command: list[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr)[-2000:]
        raise RuntimeError(f"{' '.join(command[:4])} … ended with {done.returncode}:\n{said}")
