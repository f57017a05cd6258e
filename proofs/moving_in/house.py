"""A fresh data folder, on SQLite or on PostgreSQL: commands are run on it, its tables are counted, an import's way is followed."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofs.ground import ROOT

OURS = {
    "base_factrow", "base_auditentry", "base_tick", "base_hearing", "front_import", "django_tasks_database_dbtaskresult",
}  # fmt: skip
TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
CONFIRM = """
import sys
from pathlib import Path
from stoa.base.actors import system
from stoa.front.actions.moving_in import confirm_import
from stoa.front.models import Import
from stoa.front.moving_in import places
row = Import.objects.latest("id")
confirm_import(row, places.read_file(Path(sys.argv[-1])), by=system("front"))
"""


@dataclass(frozen=True)
class House:
    """`database` is what STOA_DATABASE takes; empty: the file in the data folder."""

    data: Path
    database: str = ""

    @property
    def environ(self) -> Mapping[str, str]:
        told = {"STOA_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "stoa.settings", "STOA_DATABASE": self.database}
        return {**os.environ, **told}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *words]

    def manage(self, *words: str) -> str:
        ran = subprocess.run(self.command(*words), env=dict(self.environ), cwd=ROOT, capture_output=True, text=True)
        if ran.returncode:
            raise SystemExit(f"{words[:3]}: {ran.stdout}{ran.stderr}"[-2000:])
        return ran.stdout

    def read(self, system: str, made: Path) -> Path:
        """Reads an archive; gives the mapping that it proposes, to which everybody has said yes."""
        self.manage("moving_in", system, str(made))
        mapping = Path(f"{made}.mapping.json")
        mapping.write_text(mapping.read_text().replace('"confirmed": false', '"confirmed": true'))
        return mapping

    def confirm(self, mapping: Path) -> None:
        """What the desk's button does: from now on a worker carries it in."""
        ran = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{CONFIRM}", str(mapping)],
            env=dict(self.environ), cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        if ran.returncode:
            raise SystemExit(ran.stderr[-2000:])

    @contextmanager
    def line(self) -> Iterator[Any]:
        """A connection that asks."""
        if self.database:
            import psycopg

            host = self.database.partition("host=")[2]
            line: Any = psycopg.connect(host=host, user="postgres", dbname="stoa", autocommit=True)
        else:
            line = sqlite3.connect(f"file:{self.data / 'stoa.sqlite3'}?mode=rw", uri=True, timeout=60)
        try:
            yield line
        finally:
            line.close()

    def row(self, question: str) -> tuple[Any, ...]:
        with self.line() as line:
            return tuple(line.execute(question).fetchone())

    def progress(self) -> tuple[str, str, int]:
        """The last import's state, step and place."""
        state, step, place = self.row("SELECT state, step, place FROM front_import ORDER BY id DESC LIMIT 1")
        return str(state), str(step), int(place)

    def found(self) -> int:
        """Messages in the last archive."""
        (found,) = self.row("SELECT found FROM front_import ORDER BY id DESC LIMIT 1")
        told = json.loads(found) if isinstance(found, str) else found
        return int(told["messages"])

    def here(self) -> tuple[int, int]:
        """Messages of the last archive that are known to be here, and the things that they are."""
        last = "(SELECT id FROM front_import ORDER BY id DESC LIMIT 1)"
        told = self.row(
            f"SELECT COUNT(*), COUNT(DISTINCT thing_id) FROM front_moved WHERE kind = 'message' AND brought_id = {last}"
        )
        return int(told[0]), int(told[1])

    def sizes(self) -> dict[str, int]:
        """Rows of each table, but of those that tell of the second round itself."""
        with self.line() as line:
            names = [row[0] for row in line.execute(TABLES if self.database else "SELECT name FROM pragma_table_list")]
            names = [name for name in names if not name.startswith("sqlite_") and name not in OURS]
            return {name: int(line.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]) for name in names}

    def wait_for_write(self) -> float:
        """Seconds until a writer had its turn (SQLite: one writes at a time)."""
        begun = time.monotonic()
        with self.line() as line:
            line.isolation_level = None
            line.execute("BEGIN IMMEDIATE")
            line.execute("ROLLBACK")
        return time.monotonic() - begun
