"""Proves that a community moves in: an archive of so many messages is carried into a fresh data folder by the worker while a server answers
pages; the worker is killed in the middle and another goes on; nothing is twice or missing, and a second round changes nothing.
`bin/prove moving_in --messages 100000 --system zulip --database postgres`."""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from proofs.ground import ROOT, postgres_database

sys.path.insert(0, str(ROOT))

from proofs.moving_in.carrier import Carried, carry
from proofs.moving_in.house import House
from proofs.moving_in.reader import Reader, figures, reading_pages
from stoa.front.tests import archives
from stoa.front.tests.archives import Size

MOST = 1.5  # times as slow as without an import, at most
MADE = {"zulip": archives.zulip, "discourse": archives.discourse}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=100_000)
    asked.add_argument("--system", choices=sorted(MADE), default="zulip")
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(said.database) as address:
        data = Path(folder, "data")
        data.mkdir()
        told = prove(Path(folder), House(data, address), said.system, said.messages)
    print(json.dumps({"system": said.system, "database": said.database, **told}))
    return int(bool(told["falls_short"]))


@contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with postgres_database() as ours:
        yield ours.address


def prove(folder: Path, house: House, system: str, messages: int) -> dict[str, Any]:
    house.manage("migrate", "--verbosity", "0")
    lived_in(folder, house, next(each for each in MADE if each != system))
    made = made_up(folder, system, messages)
    begun = time.monotonic()
    mapping = house.read(system, made)
    read_in = time.monotonic() - begun
    before = house.sizes()
    with reading_pages(house) as reader:
        load = os.getloadavg()[0]
        house.confirm(mapping)
        seen = carry(house)
        told = of_pages(reader, seen) | of_carrying(seen, house, before)
        told["load_before_and_after"] = [round(load, 1), round(os.getloadavg()[0], 1)]
    told |= {"read_seconds": round(read_in, 1), "archive_mb": round(made.stat().st_size / 1e6, 1)}
    told["rows_changed_by_second_run"] = second_round(house, system, made)
    told["check"] = house.manage("stoa_check").strip().splitlines()[-1]
    told["falls_short"] = shortcomings(told)
    return told


def lived_in(folder: Path, house: House, system: str) -> None:
    """A small community is here already, which came from the other system: its pages are the ones that are read."""
    first = folder / "first"
    first.mkdir()
    made = MADE[system](first, Size(messages=240, seed=3))
    house.read(system, made)
    house.manage("moving_in", system, str(made))


def made_up(folder: Path, system: str, messages: int) -> Path:
    size = Size(
        messages=messages,
        people=max(24, min(messages // 100, 1000)),
        places=max(6, min(messages // 4000, 30)),
        pictures=12,
        longest=messages // 20,
    )
    made = MADE[system](folder, size)
    print(f"an archive of {messages} messages: {made.stat().st_size / 1e6:.1f} MB", flush=True)
    return made


def of_pages(reader: Reader, seen: Carried) -> dict[str, Any]:
    """Pages with the worker and without it, in turns; the ratio of the medians, and of each pair of turns."""
    busy, quiet = figures(reader.of(seen.busy)), figures(reader.of(seen.quiet))
    pairs = [
        statistics.median(reader.of([one])) / statistics.median(reader.of([other]))
        for one, other in zip(seen.busy, seen.quiet, strict=True)
        if reader.of([one]) and reader.of([other])
    ]
    return {
        "page_ms_with_it": busy,
        "page_ms_without_it": quiet,
        "ratio": round(busy["median"] / quiet["median"], 2),
        "ratios_of_turns": {
            "turns": len(pairs),
            "least": round(min(pairs), 2),
            "median": round(statistics.median(pairs), 2),
            "most": round(max(pairs), 2),
        },
        "pages_read": len(reader.took),
        "pages_that_failed": reader.wrong,
    }


def of_carrying(seen: Carried, house: House, before: Mapping[str, int]) -> dict[str, Any]:
    known, things = house.here()
    after = house.sizes()
    told: dict[str, Any] = {
        "seconds_of_work": round(seen.worked),
        "messages_a_second": {
            "first_fifth": round(seen.rate(0, 0.2)),
            "last_fifth": round(seen.rate(0.8, 1)),
            "whole": round(known / seen.worked),
        },
        "killed_at_message": seen.killed_at,
        "seconds_until_another_took_over": round(seen.lease_seconds),
        "peak_mb": round(seen.peak_mb),
        "messages_in_the_archive": house.found(),
        "messages_here": known,
        "topics_and_replies_here": things,
        "rows_more": sum(after[name] - before[name] for name in ("talk_topic", "talk_reply")),
    }
    if seen.writes:
        told["ms_until_a_writer_had_its_turn"] = figures([wait * 1000 for wait in seen.writes])
        told["ms_until_a_writer_had_its_turn"]["most"] = round(max(seen.writes) * 1000)
    return told


def second_round(house: House, system: str, made: Path) -> dict[str, int]:
    """Carried in once more, by the command; what has changed."""
    before = house.sizes()
    print("once more", flush=True)
    house.manage("moving_in", system, str(made), "--again")
    after = house.sizes()
    return {name: after[name] - before[name] for name in before if after[name] != before[name]}


def shortcomings(told: Mapping[str, Any]) -> list[str]:
    found = []
    if told["ratio"] > MOST:
        found.append(f"pages are {told['ratio']} times as slow while it moves in")
    here = {told[name] for name in ("messages_here", "topics_and_replies_here", "rows_more", "messages_in_the_archive")}
    if len(here) != 1:
        found.append("not all messages are here, or some are twice")
    if not told["killed_at_message"]:
        found.append("it was not killed in the middle")
    if told["rows_changed_by_second_run"]:
        found.append("the second run changed something")
    if told["pages_that_failed"]:
        found.append("a page failed")
    if told["check"] != "Everything fits.":
        found.append("something does not fit")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
