"""Somebody who opens one page after the other, past the kept pages, while a community moves in."""

import http.client
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from proofs.ground import ROOT, free_port
from proofs.moving_in.house import House
from proofs.speed.servers import started

PAUSE = 0.1  # seconds between two pages
OPEN_TOPIC = "SELECT talk_topic.id FROM talk_topic JOIN spaces_space ON spaces_space.id = space_id WHERE visibility = 'public' LIMIT 1"
Turn = tuple[float, float]  # from when until when


@dataclass
class Reader:
    """`took`: when each page was asked for, and the seconds until it was there."""

    url: str
    paths: list[str]
    took: list[tuple[float, float]] = field(default_factory=list)
    wrong: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        host = urlsplit(self.url).netloc
        number = 0
        while not self.ended.is_set():
            begun = time.monotonic()
            with closing(http.client.HTTPConnection(host, timeout=60)) as line:
                path = self.paths[number % len(self.paths)]
                line.request("GET", f"{path}?via=proof", headers={"Connection": "close"})
                answer = line.getresponse()
                answer.read()
            self.wrong += answer.status != 200
            self.took.append((begun, time.monotonic() - begun))
            number += 1
            time.sleep(PAUSE)

    def of(self, turns: Sequence[Turn]) -> list[float]:
        """Milliseconds of the pages that were asked for and there within these turns."""
        took = list(self.took)
        return [
            spent * 1000
            for since, until in turns
            for begun, spent in took
            if since <= begun and begun + spent < until + 1
            if begun < until
        ]


def figures(took: Sequence[float]) -> dict[str, float]:
    return {"median": round(statistics.median(took), 1), "p95": round(sorted(took)[int(len(took) * 0.95)], 1)}


@contextmanager
def reading_pages(house: House) -> Iterator[Reader]:
    """A server without a worker, and its reader: the front page, the topics, one topic."""
    url = f"http://localhost:{free_port()}"
    port = str(urlsplit(url).port)
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", port, "--no-worker"]
    with started("house", command, url, {**house.environ, "STOA_URL": url}):
        reader = Reader(url, ["/", "/topics/", topic_of(house, url)])
        thread = threading.Thread(target=reader.read, daemon=True)
        thread.start()
        try:
            yield reader
        finally:
            reader.ended.set()
            thread.join(60)


def topic_of(house: House, url: str) -> str:
    """Where the short address of an open topic leads."""
    from stoa.base import ids

    path = f"/topics/{ids.shown(house.row(OPEN_TOPIC)[0])}/"
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)) as line:
        line.request("GET", path)
        return line.getresponse().headers.get("Location", path)
