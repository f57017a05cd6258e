"""The whole Bluesky network on loopback, for tests and proofs.

    with local_bluesky() as net:
        net.create_account("guild.test", "a password")

or `python -m stoa.social.networks.bluesky.tests.realnet`, which prints its addresses as JSON and runs until SIGTERM.
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from stoa.social.networks.bluesky.tests.realbuild import (
    POSTGRES,
    Build,
    install_missing_packages,
    missing_packages,
    ready_build,
)
from stoa.social.networks.tests.running import STARTING, answers, child, free_port, until

INDEXING = 60.0


@dataclass(frozen=True)
class LocalAccount:
    did: str
    handle: str
    password: str
    app_password: str
    access: str


@dataclass(frozen=True)
class LocalBluesky:
    """A running network. `pds_url` is what a channel connects to; `appview_url` is what the world reads."""

    pds_url: str
    appview_url: str
    plc_url: str

    def create_account(self, handle: str, password: str) -> LocalAccount:
        """A new account with an app password, known to the index when this returns."""
        body = {"handle": handle, "password": password, "email": f"{handle}@example.org"}
        made = self.call("com.atproto.server.createAccount", body)
        access = made["accessJwt"]
        app = self.call("com.atproto.server.createAppPassword", {"name": "stoa"}, access=access)
        profile = {"collection": "app.bsky.actor.profile", "rkey": "self", "repo": made["did"]}
        record = {"$type": "app.bsky.actor.profile", "displayName": handle.partition(".")[0].title()}
        self.call("com.atproto.repo.putRecord", {**profile, "record": record}, access=access)
        self.wait_for_profile(made["did"])
        return LocalAccount(made["did"], handle, password, app["password"], access)

    def call(self, method: str, body: Mapping[str, Any], *, access: str = "") -> Any:
        headers = {"authorization": f"Bearer {access}"} if access else {}
        url = f"{self.pds_url}/xrpc/{method}"
        return httpx2.post(url, json=dict(body), headers=headers, timeout=30).raise_for_status().json()

    def call_get(self, method: str, **parameters: str) -> Any:
        return httpx2.get(f"{self.pds_url}/xrpc/{method}", params=parameters, timeout=30).raise_for_status().json()

    def wait_for_profile(self, did: str) -> None:
        until(lambda: self._knows(did), seconds=INDEXING, what=f"the profile of {did}")

    def _knows(self, did: str) -> bool:
        url = f"{self.appview_url}/xrpc/app.bsky.actor.getProfile"
        answer = httpx2.get(url, params={"actor": did}, timeout=10)
        return answer.status_code == 200 and bool(answer.json().get("displayName"))


@contextmanager
def local_bluesky(*, install: bool = False) -> Iterator[LocalBluesky]:
    """Builds if need be, starts everything on free ports, and ends it by pid."""
    if install:
        install_missing_packages()
    if missing := missing_packages():
        raise RuntimeError(f"The local Bluesky network needs the Debian packages {', '.join(missing)}.")
    build = ready_build()
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="stoa-bluesky-"))
        folder.chmod(0o755)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        database = stack.enter_context(_postgres(folder / "postgres"))
        redis = stack.enter_context(_redis(folder / "redis"))
        yield stack.enter_context(_network(build, folder / "network", database, redis))


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    folder.mkdir()
    person: dict[str, Any] = {}
    if os.getuid() == 0:
        entry = pwd.getpwnam("postgres")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        person = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    data, port = folder / "data", free_port()
    make = [str(POSTGRES / "initdb"), "-D", str(data), "-U", "stoa", "--auth=trust", "--encoding=UTF8", "--locale=C"]
    subprocess.run(make, check=True, capture_output=True, cwd=folder, **person)
    settings = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "", "fsync": "off"}
    command = [str(POSTGRES / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with child(command, folder / "log", end_by=signal.SIGQUIT, cwd=folder, **person):
        ask = [str(POSTGRES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        until(lambda: subprocess.run(ask, check=False).returncode == 0, seconds=STARTING, what="PostgreSQL")
        yield f"postgresql://stoa@127.0.0.1:{port}/postgres"


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    folder.mkdir()
    port = free_port()
    command = ["/usr/bin/redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with child(command, folder / "log", end_by=signal.SIGTERM):
        until(lambda: answers(port), seconds=STARTING, what="Redis")
        yield f"127.0.0.1:{port}"


@contextmanager
def _network(build: Build, folder: Path, database: str, redis: str) -> Iterator[LocalBluesky]:
    folder.mkdir()
    ports = {name: str(free_port()) for name in ("PLC_PORT", "PDS_PORT", "APPVIEW_PORT", "OZONE_PORT")}
    environment = {
        **os.environ,
        **ports,
        "TMPDIR": str(folder),
        "DB_POSTGRES_URL": database,
        "REDIS_HOST": redis,
        "LOG_ENABLED": "false",
        "NODE_ENV": "test",
    }
    command = [str(build.node), str(build.folder / "network.mjs")]
    log = folder / "log"
    with child(command, log, end_by=signal.SIGTERM, cwd=build.folder, env=environment, stdin=subprocess.PIPE) as node:
        told = until(lambda: _announcement(log, node), seconds=STARTING, what="the Bluesky network")
        if told["pid"] != node.pid:
            raise RuntimeError("Another process answers in the place of the network that was started.")
        yield LocalBluesky(pds_url=told["pds_url"], appview_url=told["appview_url"], plc_url=told["plc_url"])


def _announcement(log: Path, node: subprocess.Popen[bytes]) -> Any:
    said = log.read_text(errors="replace")
    if node.poll() is not None:
        raise RuntimeError(f"The Bluesky network ended with {node.returncode}:\n{said[-3000:]}")
    return next((json.loads(line) for line in said.splitlines() if line.startswith('{"ready":')), None)


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the whole Bluesky network on loopback until SIGTERM.")
    parser.add_argument("--install", action="store_true", help="install the Debian packages that are missing")
    parser.add_argument(
        "--account", action="append", default=[], metavar="HANDLE", help="make an account, for example guild.test"
    )
    wanted = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with local_bluesky(install=wanted.install) as net:
        accounts = [net.create_account(handle, secrets.token_urlsafe(12)) for handle in wanted.account]
        told = {"pds_url": net.pds_url, "appview_url": net.appview_url, "plc_url": net.plc_url}
        told["accounts"] = [{"did": a.did, "handle": a.handle, "app_password": a.app_password} for a in accounts]
        print(json.dumps(told), flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
