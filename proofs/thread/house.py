"""The house of the walk: the demo in a folder of its own, served with its worker; asked for its rows; served again later in its time."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from proofs.ground import ROOT, end, free_port

AHEAD = Path(__file__).resolve().parent / "ahead"
PATIENCE = 90.0  # seconds for the worker, the network's index and the listener together
Answer = TypeVar("Answer")


class Short(Exception):
    """The walk fell short, in one sentence."""


def hold(is_so: object, otherwise: str) -> None:
    """Raises Short unless it is so."""
    if not is_so:
        raise Short(otherwise)


def wait_for(question: Callable[[], Answer], what: str, seconds: float = PATIENCE) -> Answer:
    """Asks until the answer is true. Raises Short."""
    end = time.monotonic() + seconds
    while True:
        if answer := question():
            return answer
        if time.monotonic() > end:
            raise Short(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.5)


@dataclass
class House:
    """`url` is where it is served from `folder`, with its worker."""

    folder: Path
    url: str
    environ: dict[str, str]
    server: subprocess.Popen[bytes] | None = None
    commands: list[str] = field(default_factory=lambda: [sys.executable, str(ROOT / "manage.py")])

    def fill(self) -> None:
        for command in (["migrate", "-v", "0"], ["demo"]):
            subprocess.run(
                [*self.commands, *command], cwd=ROOT, env=self.environ, check=True, stdout=subprocess.DEVNULL
            )

    def serve(self) -> None:
        port = self.url.rpartition(":")[2]
        with (self.folder / "log").open("ab") as log:
            command = [*self.commands, "serve", "--port", port]
            self.server = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        wait_for(lambda: answers(self.url), "the first page")

    def serve_later(self, by: timedelta) -> None:
        """Ends it and serves it again, with every clock of the house ahead of ours by so much."""
        self.stop()
        self.environ |= {"THREAD_AHEAD": str(by.total_seconds()), "PYTHONPATH": f"{AHEAD}{os.pathsep}{ROOT}"}
        self.serve()

    def stop(self) -> None:
        if self.server is None:
            return
        end(self.server)
        self.server = None

    def check(self) -> str:
        """What `manage.py stoa_check` says. Raises Short when something does not fit."""
        command = [*self.commands, "stoa_check"]
        done = subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)
        said = " ".join((done.stdout + done.stderr).split())
        hold(done.returncode == 0, f"stoa_check: {said[-300:]}")
        return said.rpartition(".")[0].rpartition(". ")[2]

    def rows(self, *asked: str) -> Any:
        """What `proofs.thread.rows` counts in the house's own rows."""
        command = [sys.executable, "-m", "proofs.thread.rows", *asked]
        done = subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)
        hold(done.returncode == 0, f"the rows could not be counted: {done.stderr[-300:]}")
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def house(folder: Path, peers: str, database: str) -> Iterator[House]:
    """The demo in this folder. `peers` are the hosts of the networks on loopback."""
    url = f"http://localhost:{free_port()}"
    environ = {**os.environ, "STOA_DATA": str(folder), "STOA_URL": url, "STOA_TRUSTED_PEERS": peers}
    environ |= {"STOA_DATABASE": database} if database else {}
    made = House(folder, url, environ)
    made.fill()
    made.serve()
    try:
        yield made
    finally:
        made.stop()


def answers(url: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{url}/topics/", timeout=5).status == 200)
    except (urllib.error.URLError, OSError):
        return False
