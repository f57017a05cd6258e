"""The environment of Stoa's commands: `.venv`, made and kept in step with the locks in requirements/. Standard library only.

uv does the work (installed by pip into `.tools`); where it fails, pip does. `.venv/.stamp` says which locks are installed.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
LOCKS = ROOT / "requirements"
FROM_PIP = {
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_CERT": "SSL_CERT_FILE",
    "PIP_FIND_LINKS": "UV_FIND_LINKS",
}
SHOWN_LINES = 6


class Trouble(Exception):
    """One sentence that says what is wrong and how to mend it."""


def run_command(work: "object") -> NoReturn:
    """Runs a bin command: troubles become one sentence and exit code 1, being stopped ends it at once."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(work())  # type: ignore[operator]
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(130)


def make(lock: str = "app") -> Path:
    """The Python of `.venv` with everything that the lock names ("app", or "dev", which holds "app" too). At once when it is there."""
    wanted = stamp_of(lock)
    if wanted in stamps() and python().exists():
        return python()
    check_python()
    check_writable(ROOT)
    make_venv()
    print(f"Installing what requirements/{lock}.txt names (once; some tens of seconds) …", flush=True)
    install(lock)
    held = {stamp_of(each) for each in ("app", "dev")} if lock == "dev" else {wanted}
    (VENV / ".stamp").write_text("\n".join(sorted(held)) + "\n")
    return python()


def python() -> Path:
    return VENV / "bin" / "python"


def stamps() -> set[str]:
    stamp = VENV / ".stamp"
    return set(stamp.read_text().split()) if stamp.exists() else set()


def stamp_of(lock: str) -> str:
    file = LOCKS / f"{lock}.txt"
    if not file.exists():
        raise Trouble(f"requirements/{lock}.txt is missing: bring it back with `git checkout requirements`.")
    return f"{lock}:{hashlib.sha256(file.read_bytes()).hexdigest()[:24]}:{sys.version_info[0]}.{sys.version_info[1]}"


def check_python() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Trouble(
            "This Python cannot make virtual environments: install its venv part (Debian and Ubuntu: `apt install python3-venv`)."
        ) from None


def check_writable(folder: Path) -> None:
    """Makes the folder if need be. Raises Trouble when nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f".writable-{os.getpid()}"
        trial.touch()
        trial.unlink()
    except OSError as trouble:
        raise Trouble(
            f"{folder} cannot be written ({trouble.strerror}): choose a folder of yours, or change its owner."
        ) from None


def make_venv() -> None:
    """Makes `.venv` unless a working one is there (one that was interrupted is completed, never thrown away)."""
    if works(python()):
        return
    if VENV.is_symlink():
        raise Trouble(f"{VENV} points to an environment that does not work: remove the link and start again.")
    shutil.rmtree(VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], "The environment .venv could not be made.")


def works(interpreter: Path) -> bool:
    try:
        answer = subprocess.run(
            [str(interpreter), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True
        )
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def install(lock: str) -> None:
    file = LOCKS / f"{lock}.txt"
    attempts = []
    if uv := tool_uv():
        command = [str(uv), "pip", "install", "-q", "--python", str(python()), "--require-hashes", "-r", str(file)]
        attempts.append(subprocess.run(command, env=uv_environment(os.environ), capture_output=True, text=True))
    if not attempts or attempts[0].returncode:
        print("uv could not, pip tries …", flush=True)
        command = [*tool_pip(), "--python", str(python()), "install", "-q", "--require-hashes", "-r", str(file)]
        attempts.append(subprocess.run(command, capture_output=True, text=True))
    if attempts[-1].returncode:
        raise Trouble(why_not(lock, "\n".join(each.stderr for each in attempts)))


def why_not(lock: str, told: str) -> str:
    """The one sentence for a failed installation, after what the tools said."""
    said = "\n".join(told.strip().splitlines()[-SHOWN_LINES:])
    if any(word in told.lower() for word in ("hash", "invalid requirement", "couldn't parse", "expected one of")):
        return f"{said}\nrequirements/{lock}.txt is damaged or does not fit its packages: bring it back with `git checkout requirements`."
    mend = "check the network (or PIP_INDEX_URL and the proxy), then start again; it goes on where it stopped."
    return f"{said}\nThe packages could not be fetched: {mend}"


def tool_pip() -> list[str]:
    """pip, in an environment of its own."""
    pip = TOOLS / "bin" / "python"
    if not (works(pip) and (TOOLS / "bin" / "pip").exists()):
        shutil.rmtree(TOOLS, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(TOOLS)], "The environment for tools, .tools, could not be made.")
    return [str(pip), "-m", "pip", "--disable-pip-version-check"]


def tool_uv() -> Path | None:
    """uv from `.tools`, installed there when it is missing; None where there is none for this machine."""
    uv = TOOLS / "bin" / "uv"
    if not uv.exists():
        command = [*tool_pip(), "install", "-q", "--require-hashes", "-r", str(LOCKS / "tools.txt")]
        subprocess.run(command, capture_output=True)
    return uv if uv.exists() else None


def uv_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """uv does not read pip's settings: they are passed on under its own names. The machine's certificates count."""
    passed = {
        theirs: environ[ours] for ours, theirs in FROM_PIP.items() if environ.get(ours) and not environ.get(theirs)
    }
    return {"UV_SYSTEM_CERTS": "1", **environ, **passed}


def run(command: list[str], sentence: str, env: Mapping[str, str] | None = None) -> None:
    """Runs a command. Raises Trouble with the sentence and the end of what it said when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT)
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-SHOWN_LINES:])
        raise Trouble(f"{said}\n{sentence}")
