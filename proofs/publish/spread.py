"""How late things go out, and what pages take meanwhile: 1,000 deliveries on 10 networks, over a minute and then all at one instant.

One worker as the product runs it, by our own clock; the networks take 50 ms to answer.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from proofs.ground import ROOT, free_port, postgres_database
from proofs.moving_in.reader import Reader, Turn, figures
from proofs.publish.faults import Fault
from proofs.publish.run import Run, network, until
from proofs.speed.servers import started

COUNT, MINUTE, QUIET = 1000, 60.0, 15.0
SPREAD_MOST, BURST_MOST, RATIO_MOST = 6.0, 15.0, 1.5


def measured(database: str, kept: Path) -> dict[str, Any]:
    """In a house of its own; the deliveries are planted by another process, which knows the database."""
    with tempfile.TemporaryDirectory(prefix="stoa-publish-") as folder, ExitStack() as stack:
        address = stack.enter_context(postgres_database()).address if database == "postgres" else ""
        told = {"STOA_DATA": folder, "STOA_DATABASE": address, "DJANGO_SETTINGS_MODULE": "stoa.settings"}
        command = [sys.executable, "-m", "proofs.publish.spread"]
        ran = subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(ran.stderr[-2000:])
    found: dict[str, Any] = {
        "database": database,
        "fault": "spread",
        "seed": 0,
        **json.loads(ran.stdout.splitlines()[-1]),
    }
    print(json.dumps({name: found[name] for name in ("database", "lateness", "burst_lateness", "ratio")}), flush=True)
    return found


def main() -> None:
    folder = Path(os.environ["STOA_DATA"], "proof")
    folder.mkdir()
    run = Run(folder, Fault("spread", "nothing breaks", rate=1.0), 0, COUNT, 1)
    with network(run):
        run.ask("plan", latency=(0.05, 0.05))
        os.environ |= {"STOA_TRUSTED_PEERS": f"127.0.0.1:{run.port}", "STOA_WAKE": "off"}
        told = walk(run)
    print(json.dumps(told))


def walk(run: Run) -> dict[str, Any]:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from proofs.publish import connectors
    from proofs.publish.clockwork import Clockwork

    connectors.plug(0, 0)
    run.clockwork = Clockwork.begin(run.folder / "clock.json", 1.0)
    furnish()
    with reading() as reader:
        run.start_workers()
        try:
            return turns(run, reader)
        finally:
            run.stop_workers()


def furnish() -> None:
    """A public space with some topics, so that there is something to read."""
    from stoa.community.talk.tests.makers import make_topic
    from stoa.spaces.tests.makers import make_space, make_staff

    space, by = make_space(visibility="public"), make_staff("community_manager")
    for number in range(12):
        make_topic(space, f"Topic {number}", by=by)


@contextmanager
def reading() -> Iterator[Reader]:
    url = f"http://localhost:{free_port()}"
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", url.rpartition(":")[2], "--no-worker"]
    with started("house", command, url, {**os.environ, "STOA_URL": url}):
        reader = Reader(url, ["/", "/topics/"])
        thread = threading.Thread(target=reader.read, daemon=True)
        thread.start()
        try:
            yield reader
        finally:
            reader.ended.set()
            thread.join(60)


def turns(run: Run, reader: Reader) -> dict[str, Any]:
    """Quiet, over a minute, quiet, all at once, quiet."""
    quiet, busy = [pause()], []
    late: list[dict[str, Any]] = []
    for over in (MINUTE, 0.0):
        wanted, ends = plant(run, over)
        begun = time.monotonic()
        until(lambda wanted=wanted: settled(wanted), "all of them", 300)  # type: ignore[misc]
        busy.append((begun, max(time.monotonic(), ends)))
        late.append(lateness(run, wanted))
        quiet.append(pause())
    with_it, without = figures(reader.of(busy)), figures(reader.of(quiet))
    told: dict[str, Any] = {
        "deliveries": 2 * COUNT, "lateness": late[0], "burst_lateness": late[1], "page_ms_with_it": with_it,
        "page_ms_without_it": without, "ratio": round(with_it["median"] / without["median"], 2), "pages_that_failed": reader.wrong,
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    told["falls_short"] = shortcomings(told)
    return told


def pause() -> Turn:
    begun = time.monotonic()
    time.sleep(QUIET)
    return begun, time.monotonic()


def plant(run: Run, over: float) -> tuple[dict[str, float], float]:
    """(key of each: when it is planned, when the last is). They are due some seconds from now."""
    from datetime import timedelta

    from django.db import transaction
    from django.db.models import F

    from proofs.publish.driving import BY, FAR, channel_of
    from stoa.base import clock
    from stoa.social.publish.actions.links import new_code
    from stoa.social.publish.actions.planning import new_delivery
    from stoa.social.publish.models import Delivery
    from stoa.social.publish.outgoing import freeze

    lines = [channel_of(run, f"{kind}-{number}", number) for kind in ("keyed", "read") for number in range(5)]
    with transaction.atomic():
        made = [
            new_delivery(lines[number % 10], freeze(f"Number {number}."), at=FAR + timedelta(seconds=over * number / COUNT),
                         by=BY, marker=new_code()).id
            for number in range(COUNT)
        ]  # fmt: skip
        at = F("planned_for") - (FAR - clock.now() - timedelta(seconds=4))
        Delivery.objects.filter(id__in=made).update(
            planned_for=at, due_at=at, late_after=clock.now() + timedelta(hours=1)
        )
    planned = {row.key: row.planned_for.timestamp() for row in Delivery.objects.filter(id__in=made)}
    return planned, time.monotonic() + max(planned.values()) - time.time()


def settled(wanted: dict[str, float]) -> bool:
    from stoa.social.publish.models import Delivery

    time.sleep(0.5)
    return not Delivery.objects.filter(key__in=wanted, due_at__isnull=False).exists()


def lateness(run: Run, wanted: dict[str, float]) -> dict[str, float]:
    """Seconds between the time planned and the network's having it."""
    log = [json.loads(line) for line in (run.folder / "network.jsonl").read_text().splitlines()]
    late = sorted(each["t"] - wanted[each["key"]] for each in log if each.get("made") and each["key"] in wanted)
    if len(late) != len(wanted):
        raise SystemExit(f"{len(late)} of {len(wanted)} arrived.")
    return {
        "median": round(statistics.median(late), 2),
        "p95": round(late[int(len(late) * 0.95)], 2),
        "most": round(late[-1], 2),
    }


def shortcomings(told: dict[str, Any]) -> list[str]:
    found = []
    if told["lateness"]["p95"] > SPREAD_MOST:
        found.append(f"over a minute, p95 is {told['lateness']['p95']} s late")
    if told["burst_lateness"]["most"] > BURST_MOST:
        found.append(f"all at once, the last is {told['burst_lateness']['most']} s late")
    if told["ratio"] > RATIO_MOST:
        found.append(f"pages are {told['ratio']} times as slow meanwhile")
    if told["pages_that_failed"]:
        found.append("a page failed")
    return found


if __name__ == "__main__":
    main()
