"""Proves that a community moves in: an archive of so many messages is carried into a fresh data folder while a server answers pages, is
killed in the middle and goes on, and changes nothing the second time. `bin/prove moving_in --messages 100000 --system zulip`."""

import argparse
import http.client
import json
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from proofs.ground import free_port  # noqa: E402
from proofs.speed.servers import started  # noqa: E402
from stoa.front.tests import archives  # noqa: E402
from stoa.front.tests.archives import Size  # noqa: E402

MOST = 1.5  # times as slow as without an import, at most
QUIET = 8.0  # seconds of pages before and after
PAUSE = 0.02  # between two pages of the one reader
OURS = {
    "base_factrow",
    "base_auditentry",
    "base_tick",
    "base_hearing",
    "front_import",
}  # what tells of the second round itself


@dataclass
class Reader:
    """Somebody who opens one page after the other, past the kept pages."""

    url: str
    paths: list[str] = field(default_factory=lambda: ["/", "/topics/"])
    took: list[tuple[float, float]] = field(default_factory=list)
    wrong: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        host = urlsplit(self.url).netloc
        number = 0
        while not self.ended.is_set():
            begun = time.monotonic()
            with closing(http.client.HTTPConnection(host, timeout=60)) as line:
                line.request(
                    "GET", f"{self.paths[number % len(self.paths)]}?via=proof", headers={"Connection": "close"}
                )
                answer = line.getresponse()
                answer.read()
            self.wrong += answer.status != 200
            self.took.append((begun, time.monotonic() - begun))
            number += 1
            time.sleep(PAUSE)

    def median(self, since: float, until: float) -> float:
        """Milliseconds, of the pages that were opened in between."""
        return statistics.median(took for begun, took in self.took if since <= begun < until) * 1000


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=100_000)
    asked.add_argument("--system", choices=("zulip", "discourse"), default="zulip")
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = prove(Path(folder), said.system, said.messages)
    print(json.dumps(told))
    return int(bool(told["falls_short"]))


def prove(folder: Path, system: str, messages: int) -> dict[str, object]:
    data = folder / "data"
    data.mkdir()
    environ = {**os.environ, "STOA_DATA": str(data), "DJANGO_SETTINGS_MODULE": "stoa.settings", "STOA_DATABASE": ""}
    manage(environ, "migrate", "--verbosity", "0")
    first = folder / "first"
    first.mkdir()
    bring(environ, "discourse", archives.discourse(first, Size(messages=240, seed=3)))
    size = Size(
        messages=messages,
        people=max(24, min(messages // 100, 1000)),
        places=max(6, min(messages // 4000, 30)),
        pictures=12,
    )
    made = {"zulip": archives.zulip, "discourse": archives.discourse}[system](folder, size)
    print(f"an archive of {messages} messages: {made.stat().st_size / 1e6:.1f} MB", flush=True)
    begun = time.monotonic()
    confirm(environ, system, made)
    read_in = time.monotonic() - begun
    with reading_pages(environ, data) as reader:
        told = carried(environ, data, system, made, reader)
    told |= {
        "messages": messages,
        "system": system,
        "read_seconds": round(read_in, 1),
        "archive_mb": round(made.stat().st_size / 1e6, 1),
    }
    before = rows_of(data)
    print("once more", flush=True)
    manage(environ, "moving_in", system, str(made), "--again")
    after = rows_of(data)
    changed = {name: after[name] - before[name] for name in before if after[name] != before[name] and name not in OURS}
    told["rows_changed_by_second_run"] = changed
    told["check"] = manage(environ, "stoa_check").strip().splitlines()[-1]
    told["falls_short"] = shortcomings(told)
    return told


def carried(environ: Mapping[str, str], data: Path, system: str, made: Path, reader: Reader) -> dict[str, object]:
    """Pages alone, then pages and the import (killed once in the middle), then pages alone again."""
    start = time.monotonic()
    time.sleep(QUIET)
    moved = time.monotonic()
    peak, gone = run_until(environ, data, system, made, half=True)
    print(f"killed after {gone:.1f} s at {progress(data)}", flush=True)
    waited = wait_for_lease(data)
    resumed = time.monotonic()
    second, went = run_until(environ, data, system, made, half=False)
    end = time.monotonic()
    time.sleep(QUIET)
    quiet = [reader.median(start, moved), reader.median(end, time.monotonic())]
    busy = statistics.mean([reader.median(moved, moved + gone), reader.median(resumed, end)])
    found, here = counts(data, system)
    return {
        "import_seconds": round(gone + went, 1),
        "messages_per_second": round(here / (gone + went)),
        "waited_for_the_killed_ones_lease": round(waited, 1),
        "page_median_ms": {"before": round(quiet[0], 1), "during": round(busy, 1), "after": round(quiet[1], 1)},
        "ratio": round(busy / statistics.mean(quiet), 2),
        "pages_read": len(reader.took),
        "pages_that_failed": reader.wrong,
        "peak_mb": round(max(peak, second)),
        "messages_in_the_archive": found,
        "messages_here": here,
    }


def shortcomings(told: Mapping[str, object]) -> list[str]:
    found = []
    if float(str(told["ratio"])) > MOST:
        found.append(f"pages are {told['ratio']} times as slow while it moves in")
    if told["messages_in_the_archive"] != told["messages_here"]:
        found.append("not all messages are here, or some are twice")
    if told["rows_changed_by_second_run"]:
        found.append("the second run changed something")
    if told["pages_that_failed"]:
        found.append("a page failed")
    if told["check"] != "Everything fits.":
        found.append("something does not fit")
    return found


@contextmanager
def reading_pages(environ: Mapping[str, str], data: Path) -> Iterator[Reader]:
    port = free_port()
    url = f"http://localhost:{port}"
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port), "--no-worker"]
    with started("house", command, url, {**environ, "STOA_URL": url}):
        reader = Reader(url)
        with closing(asked(data)) as line:
            row = line.execute(
                "SELECT talk_topic.id FROM talk_topic JOIN spaces_space ON spaces_space.id = space_id WHERE visibility = 'public' LIMIT 1"
            ).fetchone()
        from stoa.base import ids

        reader.paths += [f"/topics/{ids.shown(row[0])}/"]
        reader.paths = [path if not path.startswith("/topics/0") else whole(url, path) for path in reader.paths]
        thread = threading.Thread(target=reader.read, daemon=True)
        thread.start()
        yield reader
        reader.ended.set()
        thread.join(60)


def whole(url: str, path: str) -> str:
    """Where a short address leads."""
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)) as line:
        line.request("GET", path)
        return line.getresponse().headers.get("Location", path)


def run_until(environ: Mapping[str, str], data: Path, system: str, made: Path, *, half: bool) -> tuple[float, float]:
    """Runs the import, to its end or to about half of it, where it is killed. Gives the peak of its memory in MB and the seconds."""
    begun, peak = time.monotonic(), 0.0
    process = subprocess.Popen(
        command_of("moving_in", system, str(made)), env=dict(environ), cwd=ROOT, stdout=subprocess.DEVNULL
    )
    while process.poll() is None:
        peak = max(peak, peak_of(process.pid))
        step, place = progress(data)
        if half and step == "messages" and place * 2 > counts(data, system)[0]:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return peak, time.monotonic() - begun
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit("the import failed")
    return peak, time.monotonic() - begun


def peak_of(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def wait_for_lease(data: Path) -> float:
    """A killed process still holds its lease for a while; it is given up here so that the proof need not wait for it."""
    begun = time.monotonic()
    with closing(asked(data, writes=True)) as line:
        line.execute("UPDATE front_import SET lease_until = NULL")
        line.commit()
    return time.monotonic() - begun


def asked(data: Path, *, writes: bool = False) -> sqlite3.Connection:
    mode = "rw" if writes else "ro"
    return sqlite3.connect(f"file:{data / 'stoa.sqlite3'}?mode={mode}", uri=True, timeout=30)


def progress(data: Path) -> tuple[str, int]:
    with closing(asked(data)) as line:
        row = line.execute("SELECT step, place FROM front_import ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]), int(row[1])


def counts(data: Path, system: str) -> tuple[int, int]:
    """Messages in the last archive, and how many of its home's are here."""
    with closing(asked(data)) as line:
        row = line.execute("SELECT found, id FROM front_import ORDER BY id DESC LIMIT 1").fetchone()
        here = line.execute(
            "SELECT COUNT(*) FROM front_moved WHERE kind = 'message' AND brought_id = ?", (row[1],)
        ).fetchone()
    return int(json.loads(row[0])["messages"]), int(here[0])


def rows_of(data: Path) -> dict[str, int]:
    with closing(asked(data)) as line:
        tables = [row[0] for row in line.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: line.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}


def bring(environ: Mapping[str, str], system: str, made: Path) -> None:
    confirm(environ, system, made)
    manage(environ, "moving_in", system, str(made))


def confirm(environ: Mapping[str, str], system: str, made: Path) -> None:
    """Reads it, and says yes to what is proposed."""
    manage(environ, "moving_in", system, str(made))
    mapping = Path(f"{made}.mapping.json")
    mapping.write_text(mapping.read_text().replace('"confirmed": false', '"confirmed": true'))


def manage(environ: Mapping[str, str], *words: str) -> str:
    ran = subprocess.run(command_of(*words), env=dict(environ), cwd=ROOT, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(f"{words}: {ran.stdout}{ran.stderr}"[-2000:])
    return ran.stdout


def command_of(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]


if __name__ == "__main__":
    raise SystemExit(main())
