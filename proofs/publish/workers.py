"""Real workers, forked from one nursery that has read everything already: a new one is there at once when another was killed.

`python -m proofs.publish.workers FOLDER` keeps as many alive as FOLDER/shape.json says, and their ids in FOLDER/workers.json.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from proofs.publish.parent import ends_with_parent

SWEEP = 0.25  # seconds of ours between two looks for work


class Nursery:
    """Its children by their ids, each in a place of its own; `shape` is what the run asks for."""

    def __init__(self, folder: Path, shape: dict[str, Any]) -> None:
        self.folder, self.shape = folder, shape
        self.children: dict[int, int] = {}
        self.ends = False
        self.died = 0

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.end)
        while not self.ends:
            for place in range(self.shape["workers"]):
                if place not in self.children.values() and not self.ends:
                    self.bear(place)
            self.bury(wait=True)
        for number in self.children:
            os.kill(number, signal.SIGKILL)
        while self.children:
            self.bury(wait=True)

    def bear(self, place: int) -> None:
        number = os.fork()
        if number == 0:
            try:
                live(self.folder, self.shape, place)
            finally:
                os._exit(1)
        self.children[number] = place
        self.tell()

    def bury(self, *, wait: bool) -> None:
        try:
            number, _status = os.waitpid(-1, 0 if wait else os.WNOHANG)
        except (ChildProcessError, InterruptedError):
            return
        if self.children.pop(number, None) is not None:
            self.died += 1
            self.tell()

    def tell(self) -> None:
        fresh = self.folder / "workers.new"
        fresh.write_text(json.dumps({"alive": list(self.children), "died": self.died}))
        fresh.replace(self.folder / "workers.json")

    def end(self, number: int, frame: FrameType | None) -> None:
        self.ends = True
        for child in self.children:
            os.kill(child, signal.SIGKILL)


def live(folder: Path, shape: dict[str, Any], place: int) -> None:
    """A worker as the product runs it, without the engine's wake-ups: the sweep finds everything."""
    from stoa.base.postgres import limits
    from stoa.base.sqlite import log as log_of_writes
    from stoa.base.sqlite.base import leave_log
    from stoa.base.work import engine

    ends_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    random.seed(os.urandom(8))
    engine.SWEEP = SWEEP if shape["rate"] > 1 else engine.SWEEP
    if place:  # the log of writes is one process's alone
        leave_log()
        log_of_writes.move = lambda: None
    limits.limit()
    tune(shape, place)
    follow_clock(folder, shape, place)
    engine.begin()
    while True:
        time.sleep(3600)


def follow_clock(folder: Path, shape: dict[str, Any], place: int) -> None:
    """All go by one clock. In some faults the product's clock of a worker is wrong, and the database's is right."""
    from proofs.publish import clockwork
    from stoa.base import clock

    clockwork.follow(folder / "clock.json")
    wrong = shape["wrong_by"]
    if not wrong:
        return
    right = clock.now
    by = [0.0]
    clock.now = lambda: right() + timedelta(seconds=by[0])

    def jump() -> None:
        while True:
            by[0] = random.choice(wrong)
            time.sleep(random.uniform(0.5, 2))

    threading.Thread(target=jump, daemon=True).start()


def tune(shape: dict[str, Any], place: int) -> None:
    """The deadline of a call and the limits of locks are real time, so they are scaled like the leases; each call says under which claim
    it is made."""
    from stoa.base.postgres import limits
    from stoa.social.networks.actions import credentials
    from stoa.social.publish import watching

    watching.CALL = watching.CALL / shape["rate"]
    credentials.CALL = credentials.CALL / shape["rate"]
    limits.IDLE, limits.WAIT = limits.IDLE / shape["rate"], limits.WAIT / shape["rate"]
    inner = watching.WatchedHttp.request

    def request(self: Any, method: str, url: str, *, headers: Any = None, **more: Any) -> Any:
        turn = "{}:{}".format(*self._turn)
        return inner(self, method, url, headers={**(headers or {}), "x-turn": f"{turn}:{os.getpid()}"}, **more)

    watching.WatchedHttp.request = request  # type: ignore[method-assign]
    if shape["fails_after"]:
        fail_after()


def fail_after() -> None:
    """What follows a publication never works: neither the fact's subscriber nor what is told of it."""
    from stoa.base.facts import Told, hears
    from stoa.social.publish.facts import DeliveryPublished

    @hears(DeliveryPublished, name="proof.poison")
    def poison(told: Told[DeliveryPublished]) -> None:
        raise RuntimeError("The step after publishing never works.")


def main(folder: Path) -> None:
    import django

    django.setup()
    from proofs.publish import connectors, kills
    from stoa.base.server import logs

    ends_with_parent()
    logs.set_up()
    shape = json.loads((folder / "shape.json").read_text())
    connectors.plug(shape["lag"], shape["fresh"])
    if (folder / "lives").exists():
        kills.arm(folder / "lives")
    Nursery(folder, shape).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
