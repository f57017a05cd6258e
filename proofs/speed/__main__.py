"""Builds the corpus, starts the house, the ceiling and the bare answer, and asks them in turn; prints tables, goals and one JSON object."""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from proofs.ground import ROOT, need_program, postgres_database
from proofs.speed import goals
from proofs.speed.browser import first_visits
from proofs.speed.live import listeners
from proofs.speed.load import Load, Measured, Wish
from proofs.speed.servers import Running, bare, ceiling, house

CONNECTIONS = (1, 16, 64)
READERS = 500
KEPT, REPLY = "topic kept", "reply"
PATIENCE, IDLE = 40.0, 0.1  # seconds; of processor time within one second
BEGINNING = 600.0  # seconds that a worker may need for what it does first in a large place


def main() -> int:
    wishes = wanted()
    need_program("wrk", "wrk")
    need_program("chromium", "chromium")
    with ExitStack() as stack:
        ground = stack.enter_context(corpus(1, wishes.postgres))
        found = measure(ground, wishes)
        if wishes.scale > 1:
            larger = stack.enter_context(corpus(wishes.scale, wishes.postgres))
            found["goals"] += [asdict(goal) for goal in beside(ground, larger, wishes)]
    for goal in found["goals"]:
        goal["met"] = goals.Goal(**{key: goal[key] for key in ("name", "found", "limit", "at_least")}).is_met
        goal["found"] = round(goal["found"], 3)
        print(
            f"{'held ' if goal['met'] else 'SHORT'} {goal['name']}: {goal['found']} ({'≥' if goal['at_least'] else '≤'} {goal['limit']})"
        )
    good = all(goal["met"] for goal in found["goals"])
    print(
        json.dumps({"proof": "speed", "good": good, "database": "postgres" if wishes.postgres else "sqlite", **found})
    )
    return 0 if good else 1


def wanted() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="bin/prove speed", description=__doc__)
    reader.add_argument("--postgres", action="store_true")
    reader.add_argument(
        "--scale", type=int, default=10, help="how many times as much the larger corpus holds (1: leave it out)"
    )
    reader.add_argument("--rounds", type=int, default=5)
    reader.add_argument("--seconds", type=int, default=4, help="how long each load is pressed")
    return reader.parse_args()


class Ground:
    """A corpus on a database: its environment, what to ask for, and the database's process when it has its own."""

    def __init__(self, environ: dict[str, str], database: list[int]) -> None:
        self.environ, self.database = environ, database
        self.told = json.loads(Path(environ["STOA_DATA"], "speed.json").read_text())

    def loads(self) -> dict[str, Load]:
        """Every load by its name. Pages of visitors are asked past the page cache, but for the one that is asked from it."""
        told, people = self.told, self.told["sessions"]

        def pages(name: str, signed_in: bool = False) -> list[Wish]:
            each = told[name] * (1 if len(told[name]) > 20 else 20)
            return [
                Wish(path, cookie=people[n % len(people)]["cookie"] if signed_in else "") for n, path in enumerate(each)
            ]

        loads = {name: Load(pages(name), unique=True) for name in ("front", "topics", "space", "topic", "search")}
        loads |= {
            f"{name} signed in": Load(pages(name, True)) for name in ("front", "topics", "topic", "search", "notices")
        }
        loads[KEPT] = Load([Wish(path) for path in told["topic"][:40]])
        loads[REPLY] = Load([reply(told["reply"], person, n) for n, person in enumerate(people)])
        return loads


def reply(places: list[str], person: dict[str, str], number: int) -> Wish:
    body = f"csrfmiddlewaretoken={person['token']}&source={'A+reply+of+some+length.+' * 24}"
    return Wish(places[number % len(places)], "POST", person["cookie"], body)


@contextmanager
def corpus(scale: int, postgres: bool) -> Iterator[Ground]:
    """A new data folder with the corpus in it."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="stoa-speed-"))
        environ = {
            **os.environ,
            "STOA_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "stoa.settings",
            "STOA_STATIC": "hashed",
        }
        database: list[int] = []
        if postgres:
            made = stack.enter_context(postgres_database())
            environ["STOA_DATABASE"], database = made.address, list(made.processes)
        manage = [sys.executable, str(ROOT / "manage.py")]
        print(f"Building the corpus, {scale}× …", flush=True)
        for command in (
            [*manage, "collectstatic", "--noinput", "-v", "0"],
            [*manage, "migrate", "-v", "0"],
            [sys.executable, "-m", "proofs.speed.corpus", str(scale)],
        ):
            subprocess.run(command, cwd=ROOT, env=environ, check=True)
        yield Ground(environ, database)


def measure(ground: Ground, wishes: argparse.Namespace) -> dict[str, Any]:
    """All loads on all three servers, round by round; queries, browser, memory, idle readers."""
    asked = subprocess.check_output([sys.executable, "-m", "proofs.speed.queries"], cwd=ROOT, env=ground.environ)
    queries = json.loads(asked.splitlines()[-1])
    with (
        house(ground.environ, ground.database) as ours,
        ceiling(ground.environ, ground.database) as least,
        bare(ground.environ) as plain,
    ):
        visits = first_visits({"topic": ours.url + ground.told["topic"][0], "ceiling": least.url}, wishes.rounds)
        table = rounds(ground, ours, least, plain, wishes)
        show(table)
        storm = Load([reply(ground.told["reply"][:1], person, 0) for person in ground.told["sessions"]]).press(
            ours, 64, wishes.seconds
        )
        disturbed = with_readers(ours, ground, wishes)
        memory = ours.memory()
    every = [*goals.of_pages(table), *goals.of_queries(queries), *goals.of_browser(visits)]
    every.append(
        goals.Goal("64 writers on one topic: refused or lost", storm.bad + storm.lost + (not storm.requests), 0)
    )
    every.append(goals.Goal(f"median of a topic with {READERS} idle readers ÷ without", disturbed, 1.2))
    if not wishes.postgres:
        every.append(goals.Goal("memory of all processes after the run, MB", memory, 300))
    figures = {f"{name} @{count}": asdict(middle(rows)) for (name, count), rows in table.items()}
    return {
        "goals": [asdict(goal) for goal in every],
        "queries": queries,
        "memory_mb": round(memory),
        "figures": figures,
    }


def rounds(
    ground: Ground, ours: Running, least: Running, plain: Running, wishes: argparse.Namespace
) -> dict[tuple[str, int], list[Measured]]:
    table: dict[tuple[str, int], list[Measured]] = defaultdict(list)
    loads = ground.loads()
    front = Load([Wish("/")])
    for each in loads.values():
        each.press(ours, 4, 1)  # warm
    at_rest(ours)  # what a worker does first when it starts is no page's
    for number in range(wishes.rounds):
        print(f"Round {number + 1} of {wishes.rounds} …", flush=True)
        for count in CONNECTIONS:
            table["ceiling", count].append(front.press(least, count, wishes.seconds))
            table["bare", count].append(front.press(plain, count, wishes.seconds))
            for name, load in loads.items():
                if name == KEPT:
                    load.press(ours, count, 1)  # what the replies of the round before have emptied is kept again
                found = load.press(ours, count, wishes.seconds)
                table[name, count].append(found.with_more(at_rest(ours)) if name == REPLY else found)
    return table


def at_rest(server: Running, patience: float = PATIENCE) -> float:
    """Waits until the worker has done what was written, `patience` at most; gives the seconds of processor time that it took. What
    follows from a reply is part of what a reply costs, and of no page that is asked for after it."""
    began, end = server.cpu(), time.monotonic() + patience
    while time.monotonic() < end:
        before = server.cpu()
        time.sleep(1)
        if server.cpu() - before < IDLE:
            break
    return server.cpu() - began


def with_readers(ours: Running, ground: Ground, wishes: argparse.Namespace) -> float:
    """How much longer a topic's page takes, in the median, while READERS people keep a live page open and do nothing."""
    watched = ground.told["topic"][0].split("/")[2].partition("-")[0]
    load, found = Load([Wish(path) for path in ground.told["topic"]], unique=True), []
    for _ in range(wishes.rounds):
        alone = load.press(ours, 16, wishes.seconds)
        with listeners(ours.url, watched, READERS):
            with_them = load.press(ours, 16, wishes.seconds)
            found.append(with_them.p50 / max(alone.p50, 0.001) if with_them.requests else math.inf)
    return median(found)


def beside(ground: Ground, larger: Ground, wishes: argparse.Namespace) -> Iterator[goals.Goal]:
    """Processor time of each page on the larger corpus ÷ that on the smaller, in turn."""
    with house(ground.environ, ground.database) as small, house(larger.environ, larger.database) as large:
        few, many = ground.loads(), larger.loads()
        found: dict[str, list[float]] = defaultdict(list)
        for server in (small, large):
            at_rest(server, BEGINNING)  # what a worker does first when it starts is no page's
        for number in range(wishes.rounds + 1):
            for name in ("front", "topics", "space", "topic", "topic signed in", "notices signed in"):
                one, other = few[name].press(small, 16, wishes.seconds), many[name].press(large, 16, wishes.seconds)
                if number:
                    found[name].append(other.cpu / one.cpu)
    for name, ratios in found.items():
        yield goals.Goal(f"{name}: processor time at {wishes.scale}× ÷ at 1×", median(ratios), 1.15)


def middle(rows: list[Measured]) -> Measured:
    """The median of each figure."""
    values = {key: median(getattr(row, key) for row in rows) for key in asdict(rows[0])}
    return Measured(**{key: round(value, 2) for key, value in values.items()})


def show(table: dict[tuple[str, int], list[Measured]]) -> None:
    print(
        f"{'load':<22}{'c':>4}{'req/s':>9}{'p50':>8}{'p95':>8}{'p99':>8}{'cpu ms':>8}{'÷ceiling':>9}{'bytes':>9}{'bad':>5}"
    )
    for (name, count), rows in table.items():
        row = middle(rows)
        part = goals.ratio(table, name, "ceiling", count, "cpu")
        print(
            f"{name:<22}{count:>4}{row.rate:>9.0f}{row.p50:>8.1f}{row.p95:>8.1f}{row.p99:>8.1f}{row.cpu:>8.2f}{part:>9.2f}"
            f"{row.bytes:>9.0f}{row.bad + row.lost:>5.0f}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
