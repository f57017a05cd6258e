"""The tests of the networks, run under watch: the quick ones together, those of real servers network by network."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofs.ground import ROOT

TESTS = ROOT / "stoa" / "social" / "networks"
LONGEST = 3600  # seconds: a real server may have to be built first


@dataclass
class Seen:
    """What one run saw. `tests`: how many passed tests called it, by (network, ability, against what)."""

    name: str
    tests: dict[tuple[str, str, str], int] = field(default_factory=dict)
    passed: int = 0
    skipped: int = 0
    failed: list[str] = field(default_factory=list)
    told: list[tuple[str, Any]] = field(default_factory=list)
    seconds: int = 0


def runs(only: list[str], *, real: bool) -> Iterator[Seen]:
    chosen = [TESTS / key for key in only] + ([TESTS / "tests"] if only else [])
    chosen = [each for each in chosen if each.is_dir()] or [TESTS]
    picked = ["-k", " or ".join(only)] if only else []
    yield run("in memory", chosen, "not realnet and not browser and not patient", picked)
    for folder in with_real_servers(only) if real else ():
        yield run(f"real servers, {folder.name}", [folder], "realnet", [])


def with_real_servers(only: list[str]) -> list[Path]:
    """Folders whose tests ask for a real server."""
    found = {file.parents[1] for file in TESTS.glob("*/tests/test_*.py") if "mark.realnet" in file.read_text()}
    shared = (
        [TESTS / "tests"] if any("mark.realnet" in file.read_text() for file in TESTS.glob("tests/test_*.py")) else []
    )
    return sorted(each for each in found if not only or each.name in only) + (shared if not only else [])


def run(name: str, folders: list[Path], marks: str, more: list[str]) -> Seen:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stoa-networks-") as place:
        file = Path(place, "seen.json")
        words = [sys.executable, "-m", "pytest", "-q", "-p", "proofs.networks.watching", f"--seen={file}", "-m", marks]
        environ = {**os.environ, "STOA_TEST_SQLITE": str(Path(place, "test.sqlite3"))}
        try:
            done = subprocess.run(
                [*words, *more, *map(str, folders)],
                cwd=ROOT,
                env=environ,
                capture_output=True,
                text=True,
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired:
            return Seen(name, failed=[f"it was not done in {LONGEST} s"], seconds=LONGEST)
        told = json.loads(file.read_text()) if file.exists() else {}
    seconds = round(time.monotonic() - began)
    if not told or (done.returncode and not told["failed"]):
        return Seen(name, failed=[(done.stdout + done.stderr).strip()[-400:]], seconds=seconds)
    ended = list(told["ended"].values())
    return Seen(
        name,
        {(key, ability, how): count for key, ability, how, count in told["tests"]},
        sum(each.get("passed", 0) for each in ended),
        sum(each.get("skipped", 0) for each in ended),
        told["failed"],
        [(what, value) for what, value in told["told"]],
        seconds,
    )
