"""One clock for all processes of a run. It runs `rate` times as fast as ours, and is set ahead while nothing is due."""

import json
import os
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stoa.base import clock

LOOK = 0.02  # seconds until a process has seen that the clock was set


@dataclass
class Clockwork:
    """`set_at`: when (by our clock) it was set, and how far ahead it was from then on. All in seconds since 1970."""

    file: Path
    since: float
    rate: float
    set_at: list[tuple[float, float]] = field(default_factory=list)

    @classmethod
    def begin(cls, file: Path, rate: float, at: datetime | None = None) -> "Clockwork":
        now = time.time()
        made = cls(file, now, rate, [(now, at.timestamp() - now if at else 0.0)])
        made.write()
        return made

    def write(self) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps({"since": self.since, "rate": self.rate, "ahead": self.set_at[-1][1]}))
        fresh.replace(self.file)
        self.take()

    def take(self) -> None:
        """This process goes by it."""
        clock.share(datetime.fromtimestamp(self.since, UTC), timedelta(seconds=self.set_at[-1][1]), self.rate)

    def skip(self, seconds: float) -> None:
        """Sets it ahead."""
        self.set_at.append((time.time(), self.set_at[-1][1] + seconds))
        self.write()
        time.sleep(2 * LOOK)

    def shown(self, real: float) -> float:
        """What it showed at an instant of ours. In the moment of being set the later of both: some had seen it, others not yet."""
        ahead = next((ahead for at, ahead in reversed(self.set_at) if at <= real), self.set_at[0][1])
        return self.since + (real - self.since) * self.rate + ahead


def follow(file: Path) -> None:
    """This process goes by the clock in that file from now on, and sees when it is set."""
    seen = _take(file, 0)

    def look() -> None:
        nonlocal seen
        while True:
            time.sleep(LOOK)
            seen = _take(file, seen)

    threading.Thread(target=look, name="clockwork", daemon=True).start()


def _take(file: Path, seen: int) -> int:
    stamp = os.stat(file).st_ino
    if stamp != seen:
        told = json.loads(file.read_text())
        clock.share(datetime.fromtimestamp(told["since"], UTC), timedelta(seconds=told["ahead"]), told["rate"])
    return stamp
