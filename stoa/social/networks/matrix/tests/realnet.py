"""A real Synapse on loopback, for tests.

    with local_matrix() as net:
        owner = net.register("owner")

or `python -m stoa.social.networks.matrix.tests.realnet`, which prints where it stands with an account and a room to connect, and runs
until SIGTERM. Server and SDK are installed once, by name and hash, into a cache folder (two minutes).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2

from stoa.social.networks.tests.running import ROOT, STARTING, built, child, free_port, run, until

REQUIREMENTS = ROOT / "requirements" / "realservers-matrix.txt"
READER = ROOT / "deploy" / "realservers" / "matrix" / "reader.py"
FREELY = {"per_second": 10_000, "burst_count": 10_000}


@dataclass(frozen=True)
class LocalAccount:
    user: str
    password: str
    token: str


@dataclass(frozen=True)
class LocalMatrix:
    """A running server. `python` has the network's own SDK."""

    url: str
    python: Path

    def register(self, name: str) -> LocalAccount:
        password = secrets.token_urlsafe(12)
        body = {"username": name, "password": password, "auth": {"type": "m.login.dummy"}}
        made = self.call("POST", "register", body)
        return LocalAccount(made["user_id"], password, made["access_token"])

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, as_: LocalAccount | None = None
    ) -> Any:
        headers = {"authorization": f"Bearer {as_.token}"} if as_ else {}
        sent = None if body is None else dict(body)
        answer = httpx2.request(method, f"{self.url}/_matrix/client/v3/{path}", json=sent, headers=headers, timeout=30)
        return answer.raise_for_status().json()

    def room(self, owner: LocalAccount, alias: str, *guests: LocalAccount, **more: Any) -> str:
        invited = [each.user for each in guests]
        body = {"name": alias.title(), "room_alias_name": alias, "preset": "private_chat", "invite": invited, **more}
        return str(self.call("POST", "createRoom", body, as_=owner)["room_id"])

    def in_room(self, method: str, room: str, path: str, body: Mapping[str, Any] | None, *, as_: LocalAccount) -> Any:
        return self.call(method, f"rooms/{quote(room, safe='')}/{path}", body, as_=as_)


@contextmanager
def local_matrix(**settings: Any) -> Iterator[LocalMatrix]:
    """Builds if need be, starts on a free port of this machine alone, and ends by pid. `settings` are the server's own."""
    folder = built("matrix", [REQUIREMENTS], install)
    python, port = folder / "venv" / "bin" / "python", free_port()
    place = Path(tempfile.mkdtemp(prefix="stoa-matrix-"))
    try:
        configure(python, place, port, settings)
        command = [str(python), "-m", "synapse.app.homeserver", "--config-path", "server.yaml", "-c", "ours.yaml"]
        log = place / "log"
        with child(command, log, end_by=signal.SIGTERM, cwd=place) as server:
            told = until(lambda: well_known(server, port, log), seconds=STARTING, what="Synapse")
            if told.get("stoa.started_in") != str(place):
                raise RuntimeError("Another process answers in the place of the server that was started.")
            yield LocalMatrix(f"http://127.0.0.1:{port}", python)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def install(folder: Path) -> None:
    run([sys.executable, "-m", "venv", str(folder / "venv")])
    pip = [str(folder / "venv" / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes"]
    run([*pip, "-r", str(REQUIREMENTS)])


def configure(python: Path, place: Path, port: int, settings: Mapping[str, Any]) -> None:
    """The server's own proposal, and over it what keeps it on this machine and lets tests be quick."""
    make = ["--generate-config", "--server-name", "localhost", "--config-path", "server.yaml", "--report-stats=no"]
    run([str(python), "-m", "synapse.app.homeserver", *make], cwd=place)
    listener = {"port": port, "type": "http", "bind_addresses": ["127.0.0.1"], "resources": [{"names": ["client"]}]}
    ours = {
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "extra_well_known_client_content": {"stoa.started_in": str(place)},
        "listeners": [listener],
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "enable_registration": True,
        "enable_registration_without_verification": True,
        "rc_message": FREELY,
        "rc_registration": FREELY,
        "rc_login": {"address": FREELY, "account": FREELY, "failed_attempts": FREELY},
        "rc_joins": {"local": FREELY, "remote": FREELY},
        "rc_invites": {"per_room": FREELY, "per_user": FREELY, "per_issuer": FREELY},
        **settings,
    }
    (place / "ours.yaml").write_text(json.dumps(ours))  # JSON is YAML too


def well_known(server: subprocess.Popen[bytes], port: int, log: Path) -> Any:
    """What the server says of itself to whoever looks for it; None while it does not answer."""
    if server.poll() is not None:
        raise RuntimeError(f"Synapse ended with {server.returncode}:\n{log.read_text(errors='replace')[-3000:]}")
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/.well-known/matrix/client", timeout=5).raise_for_status().json()
    except httpx2.HTTPError:
        return None


class Reader:
    """Somebody else in the room, speaking through the network's own SDK (see `reader.py` in deploy/realservers)."""

    def __init__(self, net: LocalMatrix, account: LocalAccount) -> None:
        command = [str(net.python), str(READER), net.url, account.user, account.token]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def __call__(self, do: str, **asked: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, **asked}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait(timeout=10)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with local_matrix() as net:
        bot = net.register("porch")
        room = net.room(net.register("owner"), "announcements", bot)
        print(json.dumps({"server": net.url, "account": bot.user, "secret": bot.token, "room": room}), flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
