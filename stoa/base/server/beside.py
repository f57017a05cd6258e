"""The worker beside the server: started again when it ends, told to stop when we stop, never left behind.

It holds the reading end of a pipe of ours: when we are gone, however that came, the pipe ends and so does the worker. The first one is
forked from us where that can be, so that both share what is imported; one that has to be started again begins anew.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import structlog

from stoa.base.server.forking import Forked, fork, may_fork
from stoa.settings import ROOT

log = structlog.get_logger()
PATIENCE = 65.0  # seconds that a worker has to finish what it is doing: the whole of a call to a network, and writing what became of it
SOON = 1.0  # a worker that does nothing has ended by then
STEADY = 60.0  # seconds of life after which the next start is a first one again
LONGEST_PAUSE = 30.0


class Beside:
    """Keeps one worker process alive, on a thread. `work` is what the first one does, given its lifeline, where it can be forked."""

    def __init__(self, command: list[str] | None = None, *, work: Callable[[int], object] | None = None) -> None:
        self.command = command or [sys.executable, str(ROOT / "manage.py"), "worker"]
        self.work = work
        self.process: subprocess.Popen[bytes] | Forked | None = None
        self.starts = 0
        self._begun: Forked | None = None
        self._stop = threading.Event()
        self._reading, self._writing = os.pipe()
        self._thread = threading.Thread(target=self._keep, name="beside", daemon=True)

    def start(self) -> None:
        if self.work and may_fork():
            self.process = self._begun = fork(self.work, self._reading)
        self._thread.start()

    def tell_to_stop(self) -> None:
        """Asks the worker to end; does not wait. May be called from a signal."""
        self._stop.set()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Asks the worker to end, and ends it when its time is over, or when we are told again."""
        self.tell_to_stop()
        with suppress(KeyboardInterrupt):
            self._thread.join(SOON)
            if self._thread.is_alive():
                log.warning("worker.finishing", seconds_at_most=PATIENCE, at_once="Ctrl-C")
                self._thread.join(PATIENCE - SOON)
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._thread.join(1)
        os.close(self._writing)
        os.close(self._reading)

    def _keep(self) -> None:
        pause = 0.2
        while not self._stop.is_set():
            began = time.monotonic()
            self._run_once()
            pause = 0.2 if time.monotonic() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
            if not self._stop.is_set():
                log.warning("worker.ended", code=self.process and self.process.returncode, again_in=pause)
                self._stop.wait(pause)

    def _run_once(self) -> None:
        self.starts += 1
        self.process, self._begun = self._begun or self._anew(), None
        if self._stop.is_set():
            self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def _anew(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603
            [*self.command, "--lifeline", str(self._reading)],
            pass_fds=[self._reading],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
