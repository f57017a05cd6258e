"""Proves the set-up: a fresh clone with an empty HOME comes to its first page; seconds with downloads apart and by step, packages, second
start, and stopping while live streams are open. The machine's load is told beside the seconds, which mean little on a busy one.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from proofs.ground import ROOT, free_port

COLD, AGAIN, STOP = 90.0, 5.0, 5.0  # seconds allowed: first page without downloads, second start, stopping
PATIENCE = 600.0
STREAMS = 3
STEPS = {
    "Installing": "environment",
    "Making": "tables",
    "Collecting": "static files",
    "Filling": "demo",
    "Stoa is at": "server",
}
PASSED_ON = (
    "PATH",
    "LANG",
    "PIP_",
    "UV_INDEX",
    "UV_DEFAULT",
    "SSL_",
    "HTTP",
    "http",
    "no_proxy",
    "NO_PROXY",
    "REQUESTS_",
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="stoa-setup-") as folder:
        clone, home = Path(folder) / "stoa", Path(folder) / "home"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        home.mkdir()
        cold = start_and_stop(clone, home, "data")  # fetches everything once
        shutil.rmtree(clone / ".venv")
        shutil.rmtree(clone / ".tools")
        warm = start_and_stop(clone, home, "fresh")  # the same again, with what was fetched: downloads apart
        again = start_and_stop(clone, home, "fresh")
        packages = len(list((clone / ".venv").glob("lib/python*/site-packages/*.dist-info")))
    found = {
        "first_page_seconds": cold["ready"],
        "first_page_seconds_downloads_apart": warm["ready"],
        "second_start_seconds": again["ready"],
        "stop_seconds": max(cold["stop"], warm["stop"], again["stop"]),
        "packages": packages,
        "page_status": again["status"],
        "steps_begin_at": warm["steps"],
        "load": round(os.getloadavg()[1], 1),
        "cores": os.cpu_count(),
    }
    good = (
        warm["ready"] <= COLD and again["ready"] <= AGAIN and found["stop_seconds"] <= STOP and again["status"] == 200
    )
    print(json.dumps({"proof": "setup", "good": good, **found}))
    return 0 if good else 1


def start_and_stop(clone: Path, home: Path, data: str) -> dict[str, Any]:
    """Runs bin/run until its first page is there, opens live streams, then stops it by SIGTERM."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)} | {"HOME": str(home)}
    began = time.monotonic()
    command = [sys.executable, "bin/run", "--port", str(port), "--data", str(clone.parent / data)]
    with (clone.parent / "log").open("wb") as log:
        run = subprocess.Popen(command, cwd=clone, env=environ, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        steps: dict[str, float] = {}
        status = first_page(port, run, clone.parent / "log", steps, began)
        ready = time.monotonic() - began
        topic = a_topic(port)
        streams = [open_stream(port, topic) for _each in range(STREAMS)]
        told = time.monotonic()
        run.send_signal(signal.SIGTERM)
        run.wait(PATIENCE)
        stopped = time.monotonic() - told
        for stream in streams:
            stream.close()
    finally:
        run.kill()
        run.wait()
    measured = {"ready": round(ready, 1), "stop": round(stopped, 1), "status": status, "steps": steps}
    print(f"{data}: {measured}", flush=True)
    return measured


def first_page(port: int, run: "subprocess.Popen[bytes]", log: Path, steps: dict[str, float], began: float) -> int:
    """Waits for the first page; gives its status, and notes when each step began."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and run.poll() is None:
        note_steps(log, steps, time.monotonic() - began)
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as page:
                return int(page.status)
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            time.sleep(0.1)
    raise SystemExit(
        f"bin/run did not come to its first page:\n{re.sub(r'^', '  ', log.read_text()[-2000:], flags=re.M)}"
    )


def note_steps(log: Path, steps: dict[str, float], now: float) -> None:
    told = log.read_text(errors="replace")
    for words, step in STEPS.items():
        if words in told:
            steps.setdefault(step, round(now, 1))


def a_topic(port: int) -> str:
    """The id of a topic that everybody reads."""
    with urllib.request.urlopen(f"http://localhost:{port}/topics/", timeout=30) as page:
        found = re.search(r"/topics/(\w{13})-", page.read().decode())
    if not found:
        raise SystemExit("There is no topic to listen to.")
    return found.group(1)


def open_stream(port: int, topic: str) -> socket.socket:
    """A live stream as a reader's browser holds it: asked for, begun, and left open."""
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(
        f"GET /live?on=talk.topic:{topic} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
    )
    if b" 200 " not in line.recv(200):
        raise SystemExit("A live stream could not be opened.")
    return line


if __name__ == "__main__":
    raise SystemExit(main())
