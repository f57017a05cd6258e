"""What proofs stand on: a free port, a PostgreSQL of their own, a process ended by its id, Debian packages where they may be installed."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Database:
    """`address` is what STOA_DATABASE takes; `processes` are those whose work it is, beside the server's own ("" and none: SQLite)."""

    address: str = ""
    processes: tuple[int, ...] = ()


@contextmanager
def postgres_database() -> Iterator[Database]:
    """An empty database on a PostgreSQL of its own."""
    import psycopg

    from tests.pgrun import Postgres

    server = Postgres()
    try:
        server.start()
        with psycopg.connect(host=str(server.data), user="postgres", dbname="postgres", autocommit=True) as line:
            line.execute("CREATE DATABASE stoa")
        process = (server.process.pid,) if server.process else ()
        yield Database(f"postgresql://postgres@/stoa?host={server.data}", process)
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(process: "subprocess.Popen[Any]", seconds: float = 10) -> None:
    """Asks it to end, and ends it when it does not."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def need_program(name: str, package: str) -> None:
    """Installs the Debian package when the program is missing and we may. Raises SystemExit with the mend otherwise."""
    if not shutil.which(name) and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *command], env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if not shutil.which(name):
        raise SystemExit(f"This proof needs {name}: install the Debian package {package}.")
