"""The three servers that are compared, each with the processor time and the memory of its processes."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from proofs.ground import ROOT, end, free_port

THREADS = "4"  # as many as the house's own (STOA_THREADS)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Running:
    """A server at an address; `roots` are the processes whose trees are counted (a database beside it too)."""

    name: str
    url: str
    roots: list[int] = field(default_factory=list)

    def cpu(self) -> float:
        """Seconds of processor time that all its processes have used, with the children that have ended."""
        return sum(cpu_of(number) for number in tree(self.roots))

    def memory(self) -> float:
        """Proportional set size of all its processes, in MB."""
        return sum(pss_of(number) for number in tree(self.roots))


@contextmanager
def house(environ: Mapping[str, str], database: list[int]) -> Iterator[Running]:
    port = free_port()
    url = f"http://localhost:{port}"
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    with started("house", command, url, {**environ, "STOA_URL": url}) as running:
        running.roots += database
        yield running


@contextmanager
def ceiling(environ: Mapping[str, str], database: list[int]) -> Iterator[Running]:
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", THREADS, "--no-ws", "--log-level", "warning", "proofs.speed.ceiling:application",
    ]  # fmt: skip
    with started("ceiling", command, f"http://localhost:{port}", environ) as running:
        running.roots += database
        yield running


@contextmanager
def bare(environ: Mapping[str, str]) -> Iterator[Running]:
    port = free_port()
    command = [
        sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(port), "--http", "httptools", "--loop", "uvloop",
        "--no-access-log", "--log-level", "warning", "--lifespan", "off", "proofs.speed.bare:application",
    ]  # fmt: skip
    with started("bare", command, f"http://localhost:{port}", environ) as running:
        yield running


@contextmanager
def started(name: str, command: list[str], url: str, environ: Mapping[str, str]) -> Iterator[Running]:
    log = Path(environ["STOA_DATA"], f"{name}.log")
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=dict(environ), stdout=file, stderr=file)
    try:
        wait_until_there(url, process, log)
        yield Running(name, url.replace("localhost", "127.0.0.1") if name != "house" else url, [process.pid])
    finally:
        end(process, 15)


def wait_until_there(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 180  # on a busy machine
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"It did not start:\n{log.read_text()[-2000:]}")


def tree(roots: list[int]) -> set[int]:
    """These processes and all below them."""
    parents = {int(each.name): parent_of(each) for each in Path("/proc").iterdir() if each.name.isdigit()}
    found = set(roots)
    while more := {number for number, parent in parents.items() if parent in found and number not in found}:
        found |= more
    return found


def parent_of(folder: Path) -> int:
    try:
        return int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def cpu_of(number: int) -> float:
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(each) for each in fields[11:15]) / TICKS


def pss_of(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
