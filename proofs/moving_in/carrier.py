"""The worker that carries an archive in. It is stopped (SIGSTOP) for a moment again and again, so that pages are timed with it and
without it in turns, whatever else the machine does; it is killed in the middle; and another one goes on."""

import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from proofs.ground import ROOT, end
from proofs.moving_in.house import House
from proofs.moving_in.reader import Turn

BUSY, QUIET = 8.0, 4.0  # seconds of a turn with the worker, and of one without it
LOOK = 0.25  # seconds between two looks
SETTLED = 0.3  # seconds after which a turn has begun: pages that were asked for before are there
PATIENCE = 150.0  # seconds without any way made


@dataclass
class Carried:
    """What was seen while it was carried in. `way`: seconds of work, and the place in the line that was reached by then."""

    busy: list[Turn] = field(default_factory=list)
    quiet: list[Turn] = field(default_factory=list)
    way: list[tuple[float, int]] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    worked: float = 0.0
    peak_mb: float = 0.0
    killed_at: int = 0
    lease_seconds: float = 0.0

    def rate(self, since: float, until: float) -> float:
        """Messages a second between two parts (0 to 1) of the line."""
        last = self.way[-1][1]
        part = [(spent, place) for spent, place in self.way if since * last <= place <= until * last]
        return (part[-1][1] - part[0][1]) / max(part[-1][0] - part[0][0], 0.001)


def carry(house: House) -> Carried:
    """To its end, killed once at about half of the messages."""
    seen = Carried()
    half = house.found() // 2
    killed = time.monotonic()
    if worked(house, seen, half):
        killed = time.monotonic()
        seen.killed_at = house.progress()[2]
        print(f"killed at message {seen.killed_at}", flush=True)
        worked(house, seen, None, waiting_since=killed)
    return seen


def worked(house: House, seen: Carried, half: int | None, waiting_since: float = 0.0) -> bool:
    """One worker's life. True when it was killed at half of the messages, False when all is here."""
    with Path(house.data, "worker.log").open("ab") as log:
        process = subprocess.Popen(house.command("worker"), cwd=ROOT, env=dict(house.environ), stdout=log, stderr=log)
    try:
        return _turns(house, seen, process, half, waiting_since)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            end(process)


def _turns(
    house: House, seen: Carried, process: "subprocess.Popen[bytes]", half: int | None, waiting_since: float
) -> bool:
    moved, before = time.monotonic(), house.progress()
    while True:
        begun = time.monotonic()
        while time.monotonic() < begun + BUSY:
            time.sleep(LOOK)
            state, step, place = now = house.progress()
            if now != before:
                if waiting_since:
                    seen.lease_seconds, waiting_since = time.monotonic() - waiting_since, 0.0
                    begun = time.monotonic()
                moved, before = time.monotonic(), now
            if step == "messages":
                seen.way.append((seen.worked + time.monotonic() - begun, place))
            if not house.database and not waiting_since:
                seen.writes.append(house.wait_for_write())
            if state == "done":
                seen.worked += time.monotonic() - begun
                return False
            if half is not None and step == "messages" and place > half:
                seen.worked += time.monotonic() - begun
                process.send_signal(signal.SIGKILL)
                process.wait()
                return True
        if process.poll() is not None or time.monotonic() > moved + PATIENCE:
            raise SystemExit(f"The worker makes no way: {before}. {Path(house.data, 'worker.log').read_text()[-2000:]}")
        seen.peak_mb = max(seen.peak_mb, peak_of(process.pid))
        if waiting_since:
            continue
        seen.worked += time.monotonic() - begun
        seen.busy.append((begun + SETTLED, time.monotonic()))
        seen.quiet.append(_stopped(process))


def _stopped(process: "subprocess.Popen[bytes]") -> Turn:
    """A moment without it."""
    process.send_signal(signal.SIGSTOP)
    begun = time.monotonic()
    time.sleep(QUIET)
    ended = time.monotonic()
    process.send_signal(signal.SIGCONT)
    return begun + SETTLED, ended


def peak_of(number: int) -> float:
    """The most memory that a process has held, in MB."""
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
