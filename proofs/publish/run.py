"""One fault, on one database, with one seed: `python -m proofs.publish.run F3 --seed 1 --count 200`, in the environment of a fresh house.
Its last line is one JSON object."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from proofs.ground import ROOT, end
from proofs.publish.faults import FAULTS, Fault

LOOK = 0.1  # seconds of ours between two looks at the rows
PATIENCE = 600.0  # seconds of ours after which what is still open counts as lost
IDLE = timedelta(seconds=45)  # when nothing is due for so long, the clock is set ahead
PLACES = (("keyed", 4), ("read", 4), ("blind", 2))  # networks of each kind; on each, one account
THREADS = "2"


@dataclass
class Run:
    """Where it happens, and what is seen meanwhile. `worst_lease`: seconds that a lease was over and nobody took it."""

    folder: Path
    fault: Fault
    seed: int
    count: int
    workers: int
    port: int = 0
    clockwork: Any = None
    nurseries: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    worst_lease: float = 0.0
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def server(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, **body: Any) -> None:
        """Tells the network something."""
        asked = Request(f"{self.server}/{path}", json.dumps(body).encode(), method="POST")
        urlopen(asked, timeout=30).close()

    def alive(self) -> list[int]:
        """The ids of the workers."""
        found = [json.loads(file.read_text())["alive"] for file in self.folder.glob("nursery-*/workers.json")]
        return [number for numbers in found for number in numbers]

    def start_workers(self) -> None:
        for number in range(self.fault.nurseries):
            place = self.folder / f"nursery-{number}"
            place.mkdir(exist_ok=True)
            self.shape(place)
            with (self.folder / "workers.log").open("ab") as log:
                command = [sys.executable, "-m", "proofs.publish.workers", str(place)]
                self.nurseries.append(subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log))
            until(lambda place=place: (place / "workers.json").exists(), "the workers")  # type: ignore[misc]

    def shape(self, place: Path) -> None:
        fault = self.fault
        shape = {"workers": self.workers // fault.nurseries, "rate": fault.rate, "lag": fault.lag[1], "fresh": fault.fresh,
                 "wrong_by": fault.wrong_by, "fails_after": fault.fails_after}  # fmt: skip
        (place / "shape.json").write_text(json.dumps(shape))
        for name in ("clock.json", "lives"):
            if not (place / name).is_symlink() and (self.folder / name).exists():
                (place / name).symlink_to(self.folder / name)

    def stop_workers(self) -> None:
        for nursery in self.nurseries:
            end(nursery, 30)
        self.nurseries.clear()


def until(question: Callable[[], Any], what: str, seconds: float = 120) -> None:
    ends = time.monotonic() + seconds
    while not question():
        if time.monotonic() > ends:
            raise SystemExit(f"Waited in vain for {what}.")
        time.sleep(0.05)


@contextmanager
def network(run: Run) -> Iterator[None]:
    """The hostile network's own process."""
    fault = run.fault
    plan = {"seed": run.seed, "posts": fault.posts, "lag": fault.lag, "calls": fault.calls}
    (run.folder / "plan.json").write_text(json.dumps(plan))
    with (run.folder / "network.log").open("wb") as log:
        command = [sys.executable, "-m", "proofs.publish.network", str(run.folder)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        until((run.folder / "port").exists, "the network")
        run.port = int((run.folder / "port").read_text())
        yield
    finally:
        end(process)


def prove(run: Run) -> dict[str, Any]:
    import django

    os.environ |= {"STOA_TRUSTED_PEERS": f"127.0.0.1:{run.port}", "STOA_WAKE": "off", "STOA_WORK_THREADS": THREADS}
    django.setup()
    from proofs.publish import connectors, driving, judge
    from proofs.publish.clockwork import Clockwork

    connectors.plug(run.fault.lag[1], run.fault.fresh)
    at = driving.BEGINS.get(run.fault.drive)
    run.clockwork = Clockwork.begin(run.folder / "clock.json", run.fault.rate, at)
    begun = time.monotonic()
    try:
        getattr(driving, run.fault.drive)(run)
    finally:
        run.stop_workers()
    took = round(time.monotonic() - begun, 1)
    told = judge.judged(run)
    return {"fault": run.fault.key, "what": run.fault.what, "seed": run.seed, "seconds": took, **told}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("fault", choices=sorted(FAULTS))
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--count", type=int, default=2000)
    asked.add_argument("--workers", type=int, default=8)
    said = asked.parse_args()
    folder = Path(os.environ["STOA_DATA"], "proof")
    folder.mkdir(exist_ok=True)
    run = Run(folder, FAULTS[said.fault], said.seed, said.count, said.workers)
    with network(run):
        told = prove(run)
    print(json.dumps(told))
    return int(bool(told["falls_short"]))


if __name__ == "__main__":
    raise SystemExit(main())
