"""`/healthz`: this process answers. `/readyz`: so do the database and its tables; and how the worker is."""

import json
import sqlite3
import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from stoa.base.gateway import Answer

LATE = 30.0  # seconds without a heartbeat after which the worker counts as away
SAFE_SQLITE = (3, 51, 3)  # before it, a rare race of checkpoints can damage a WAL database


def healthz() -> Answer:
    return Answer(200, [("Content-Type", "text/plain"), ("Cache-Control", "no-store")], b"ok\n")


def readyz() -> Answer:
    """503 while the database or its migrations are missing. The worker and SQLite's age are told, not judged."""
    found = checks()
    ready = found["database"] and found["migrations"]
    headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
    return Answer(200 if ready else 503, headers, json.dumps({"ready": ready, **found}).encode())


def checks() -> dict[str, Any]:
    """What the desk and `/readyz` show about this installation's running."""
    age = heartbeat_age()
    return {
        **database(),
        "worker": {"seconds_since_heartbeat": age, "away": age is None or age > LATE},
        "warnings": warnings(),
    }


def database() -> dict[str, bool]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        return {"database": True, "migrations": not executor.migration_plan(executor.loader.graph.leaf_nodes())}
    except DatabaseError:
        return {"database": False, "migrations": False}


def heartbeat_age() -> float | None:
    """Seconds since a worker was last heard of on this machine; None when never."""
    file = settings.STOA_DATA / "worker.heartbeat"
    return round(max(0.0, time.time() - file.stat().st_mtime), 1) if file.exists() else None


def warnings() -> list[str]:
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < SAFE_SQLITE:
        return [
            f"SQLite {sqlite3.sqlite_version} is older than 3.51.3, which mends a rare fault of its log. Keep backups."
        ]
    return []
