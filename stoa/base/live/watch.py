"""Watching the database for "look": SQLite's `data_version` changes with every commit, PostgreSQL notifies. One thread for all streams."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import structlog
from django.db import connection

from stoa.base.live import nearby
from stoa.base.live.bus import CHANNEL

log = structlog.get_logger()
EVERY = 0.05  # seconds between two looks at SQLite's data_version (a look costs some microseconds)
AGAIN = 1.0  # seconds before a lost connection is opened again


class Watch:
    """Calls `look` (on its own thread) after every commit that somebody made."""

    def __init__(self, look: Callable[[], None]) -> None:
        self.look = look
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(2)

    def _run(self) -> None:
        changes = self._sqlite if connection.vendor == "sqlite" else self._postgres
        while not self._stop.is_set():
            try:
                for _change in changes():
                    self.look()
            except (sqlite3.Error, psycopg.Error) as trouble:
                log.warning("live.watch_lost", trouble=str(trouble))
                self._stop.wait(AGAIN)

    def _sqlite(self) -> Iterator[None]:
        file = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=1)
        try:
            seen = None
            while not self._stop.is_set():
                version = file.execute("PRAGMA data_version").fetchone()[0]
                if version != seen:
                    seen = version
                    yield
                time.sleep(EVERY)
        finally:
            file.close()

    def _postgres(self) -> Iterator[None]:
        place = connection.settings_dict
        parts = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        wanted = {name: str(place[key]) for name, key in parts.items() if place[key]}
        with psycopg.connect(**wanted, autocommit=True) as link:  # type: ignore[arg-type]
            link.execute(f"LISTEN {CHANNEL}")
            link.execute(f"LISTEN {nearby.CHANNEL}")
            yield
            while not self._stop.is_set():
                for told in link.notifies(timeout=0.2):
                    if told.channel == nearby.CHANNEL:
                        nearby.hear(told.payload)
                    else:
                        yield
