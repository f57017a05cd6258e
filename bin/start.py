"""What bin/run does: environment, data folder, tables, static files, demo, server. Each step is skipped when its stamp fits."""

import argparse
import fcntl
import hashlib
import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

import environment
from environment import ROOT, Trouble

HASHED_STEPS = {"tables": "stoa/**/migrations/*.py", "static": "stoa/**/static/**/*"}


def main() -> None:
    environment.run_command(start)


def start() -> None:
    asked = arguments()
    data = Path(asked.data).expanduser().resolve()
    check_port(asked.host, asked.port)
    environment.check_writable(data)
    lock = hold(data)
    python = environment.make()
    environ = {
        **os.environ,
        "STOA_DATA": str(data),
        "STOA_URL": os.environ.get("STOA_URL", f"http://localhost:{asked.port}"),
        "STOA_STATIC": "hashed",
    }
    manage = [str(python), str(ROOT / "manage.py")]
    prepare(data, manage, environ, empty=asked.empty)
    os.set_inheritable(lock, True)
    sys.stdout.flush()
    os.execve(python, [*manage, "serve", "--host", asked.host, "--port", str(asked.port)], environ)


def arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(
        prog="bin/run", description="Makes the environment, fills the demo and serves Stoa."
    )
    reader.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
    reader.add_argument(
        "--host", default="127.0.0.1", help="the address to bind (127.0.0.1; a demo stays on this machine)"
    )
    reader.add_argument(
        "--data", default=os.environ.get("STOA_DATA", str(ROOT / "data")), help="the folder of this installation (data)"
    )
    reader.add_argument("--empty", action="store_true", help="no demo: the first-run set-up of a new community")
    return reader.parse_args()


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except (OSError, OverflowError) as trouble:
            reason = getattr(trouble, "strerror", None) or trouble
            raise Trouble(
                f"Port {port} on {host} cannot be used ({reason}): choose another, as in `bin/run --port {port + 1}`."
            ) from None


def hold(data: Path) -> int:
    """Holds the data folder for this run: the lock lives as long as the process. Raises Trouble when another run holds it."""
    try:
        lock = os.open(data / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as trouble:
        raise Trouble(
            f"{data / '.lock'} cannot be opened ({trouble.strerror}): remove it, or change its owner, and start again."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Trouble(
            f"Stoa runs on {data} already: stop that one first, or choose another folder with --data."
        ) from None
    return lock


def prepare(data: Path, manage: list[str], environ: dict[str, str], *, empty: bool) -> None:
    """Tables, static files and, in a new folder, the demo. A filling that was interrupted is begun anew."""
    filling, database = data / ".filling", data / "stoa.sqlite3"
    if filling.exists():
        for left in (database, data / "stoa.sqlite3-wal", data / "stoa.sqlite3-shm", data / ".tables"):
            left.unlink(missing_ok=True)
    is_new = not (data / ".tables").exists() and not database.exists()
    if is_new and not empty:
        filling.touch()
    step(
        "tables", data, environ, "Making the tables …", [*manage, "migrate", "-v", "0"], "The tables could not be made."
    )
    command = [*manage, "collectstatic", "--noinput", "--clear", "-v", "0"]
    step("static", data, environ, "Collecting the static files …", command, "The static files could not be collected.")
    if filling.exists():
        if has_demo():
            print("Filling the demo …", flush=True)
            environment.run([*manage, "demo"], "The demo could not be filled.", environ)
        filling.unlink()


def has_demo() -> bool:
    return any(ROOT.glob("stoa/**/management/commands/demo.py"))


def step(name: str, data: Path, environ: dict[str, str], told: str, command: list[str], sentence: str) -> None:
    """Runs one step, unless its files are the same as when it last succeeded here."""
    stamp, now = data / f".{name}", digest(ROOT.glob(HASHED_STEPS[name]), environ.get("STOA_DATABASE", ""))
    if stamp.exists() and stamp.read_text() == now:
        return
    print(told, flush=True)
    environment.run(command, sentence, environ)
    stamp.write_text(now)


def digest(files: Iterable[Path], more: str) -> str:
    found = hashlib.sha256(f"{more}{sorted(environment.stamps())}".encode())
    for file in sorted(files):
        if file.is_file():
            found.update(f"{file.relative_to(ROOT)} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    return found.hexdigest()
