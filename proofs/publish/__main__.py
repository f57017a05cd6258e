"""Proves publishing: deliveries by the thousand, through eight workers that are killed, stopped and cut off, to networks that accept and
deny it. `bin/prove publish --quick` takes minutes, `--full` hours; `--fault F8 --database postgres --count 2000 --seed 3` is one run;
`--spread` is how late things go out. Raw figures are kept in build/publish/."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from proofs.ground import ROOT, postgres_database
from proofs.publish.faults import FAULTS, QUICK

KEPT = ROOT / "build" / "publish"
SEEDS = (1, 2, 3)
Wanted = tuple[str, str, int, int]  # database, fault, seed, count


def main() -> int:
    asked = argparse.ArgumentParser(prog="bin/prove publish", description=__doc__)
    which = asked.add_mutually_exclusive_group()
    which.add_argument(
        "--quick", action="store_true", help="six faults on SQLite, two on PostgreSQL, 200 deliveries each"
    )
    which.add_argument(
        "--full", action="store_true", help="all faults on both databases, 2,000 deliveries, three seeds"
    )
    which.add_argument("--spread", action="store_true", help="1,000 deliveries over a minute, and all at one instant")
    asked.add_argument("--fault", choices=sorted(FAULTS), action="append", help="only this one (again for more)")
    asked.add_argument("--database", choices=("sqlite", "postgres"), action="append")
    asked.add_argument("--seed", type=int, action="append")
    asked.add_argument("--count", type=int)
    said = asked.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    runs = spread(said) if said.spread else [run for wanted in wants(said).items() for run in on_database(*wanted)]
    told = {"runs": runs, "seconds": round(time.monotonic() - begun), "load": round(os.getloadavg()[0], 1)}
    told["falls_short"] = [f"{named(each)}: {said}" for each in runs for said in each["falls_short"]]
    place = KEPT / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    place.write_text(json.dumps(told, indent=1))
    print(json.dumps({**told, "runs": [brief(each) for each in runs], "kept": str(place.relative_to(ROOT))}))
    return int(bool(told["falls_short"]) or not runs)


def wants(said: argparse.Namespace) -> dict[str, list[Wanted]]:
    """What is to be run, by database."""
    found: dict[str, list[Wanted]] = {}
    for database in said.database or ("sqlite", "postgres"):
        faults = said.fault or (list(FAULTS) if said.full else QUICK[database])
        seeds = said.seed or (SEEDS if said.full else SEEDS[:1])
        count = said.count or (2000 if said.full else 200)
        found[database] = [(database, fault, seed, count) for fault in faults for seed in seeds]
    return found


def on_database(database: str, wanted: list[Wanted]) -> Iterator[dict[str, Any]]:
    """Each in a house of its own, copied from one that was made once."""
    with tempfile.TemporaryDirectory(prefix="stoa-publish-") as folder, pattern(Path(folder), database) as fresh:
        for each in wanted:
            with fresh(each) as environ:
                yield one(each, environ)


@contextmanager
def pattern(folder: Path, database: str) -> Iterator[Any]:
    first = folder / "pattern"
    first.mkdir()
    if database == "sqlite":
        manage(house(first), "migrate", "-v", "0")
        yield lambda wanted: copied(first, folder / "house", "")
        return
    with postgres_database() as ours:
        manage(house(first, ours.address), "migrate", "-v", "0")
        yield lambda wanted: copied(first, folder / "house", ours.address)


@contextmanager
def copied(first: Path, place: Path, address: str) -> Iterator[dict[str, str]]:
    shutil.copytree(first, place)
    if address:
        again(address, "CREATE DATABASE run TEMPLATE stoa")
    try:
        yield house(place, address.replace("@/stoa?", "@/run?"))
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if address:
            again(address, "DROP DATABASE IF EXISTS run WITH (FORCE)")


def again(address: str, said: str) -> None:
    import psycopg

    with psycopg.connect(
        host=address.partition("host=")[2], user="postgres", dbname="postgres", autocommit=True
    ) as line:
        line.execute(said)  # type: ignore[arg-type]


def house(folder: Path, address: str = "") -> dict[str, str]:
    told = {"STOA_DATA": str(folder), "STOA_DATABASE": address, "DJANGO_SETTINGS_MODULE": "stoa.settings"}
    return {**os.environ, **told}


def manage(environ: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], cwd=ROOT, env=environ, check=True)


def one(wanted: Wanted, environ: dict[str, str]) -> dict[str, Any]:
    """One run, printed in one line; what it was, with all that was seen, is given back."""
    database, fault, seed, count = wanted
    command = [sys.executable, "-m", "proofs.publish.run", fault, "--seed", str(seed), "--count", str(count)]
    ran = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    keep_logs(wanted, Path(environ["STOA_DATA"], "proof"))
    try:
        told: dict[str, Any] = {"database": database, **json.loads(ran.stdout.splitlines()[-1])}
    except (IndexError, ValueError):
        said = (ran.stderr or ran.stdout).strip()[-400:]
        told = {"database": database, "fault": fault, "seed": seed, "falls_short": [f"it broke off: {said}"]}
    print(line_of(told), flush=True)
    return told


def keep_logs(wanted: Wanted, folder: Path) -> None:
    """The network's log, packed: the ground truth of the run."""
    log = folder / "network.jsonl"
    if log.exists():
        name = "-".join(str(each) for each in wanted)
        subprocess.run(["gzip", "-c", str(log)], stdout=(KEPT / f"{name}.jsonl.gz").open("wb"), check=True)


def named(told: dict[str, Any]) -> str:
    return f"{told['database']} {told['fault']} seed {told['seed']}"


def line_of(told: dict[str, Any]) -> str:
    if "deliveries" not in told:
        return f"{named(told)}: {told['falls_short']}"
    ended = " ".join(f"{count} {state}" for state, count in sorted(told["ended"].items()))
    wrong = f" FALLS SHORT: {'; '.join(told['falls_short'])}" if told["falls_short"] else ""
    return (
        f"{named(told)}: {told['deliveries']} in {told['seconds']:.0f} s: {ended}; twice {told['duplicates']}, "
        f"lost {told['silently_lost']}, false {told['false_published']}, unknown "
        f"{told['unknown_where_it_can_be_read']}+{told['unknown_where_it_cannot']}{wrong}"
    )


def brief(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in ("what", "faults_met")}


def spread(said: argparse.Namespace) -> list[dict[str, Any]]:
    from proofs.publish import spread as late

    return [late.measured(database, KEPT) for database in said.database or ("sqlite", "postgres")]


if __name__ == "__main__":
    raise SystemExit(main())
