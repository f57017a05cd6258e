"""bin/run says what is wrong in one sentence with the mend, and skips what is done already."""

import fcntl
import importlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from stoa.settings import ROOT


@pytest.fixture(autouse=True)
def _commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "bin"))


@pytest.fixture
def environment() -> ModuleType:
    return importlib.import_module("environment")


@pytest.fixture
def start() -> ModuleType:
    return importlib.import_module("start")


@pytest.fixture
def house(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout of its own with one lock."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "app.txt").write_text("# nothing\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "LOCKS", tmp_path / "requirements")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "TOOLS", tmp_path / ".tools")
    return tmp_path


def run(*arguments: str, root: Path = ROOT, path: Path | None = None) -> tuple[int, str]:
    """The real command: its exit code and what it says. `path` stands first among the folders of modules."""
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **({"PYTHONPATH": str(path)} if path else {})}
    command = [sys.executable, "bin/run", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, env=environ)
    return done.returncode, done.stderr.strip()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into, and only its owner may write."""
    with tempfile.TemporaryDirectory() as made:
        os.chmod(made, 0o755)
        yield Path(made)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        yield line.getsockname()[1]


def test_a_taken_port_is_named_with_the_next_one(taken: int, tmp_path: Path) -> None:
    code, said = run("--port", str(taken), "--data", str(tmp_path / "data"))
    mend = f"choose another, as in `bin/run --port {taken + 1}`."
    assert (code, said) == (1, f"Port {taken} on 127.0.0.1 cannot be used (Address already in use): {mend}")
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = run("--port", "0", "--data", str(tmp_path / "file" / "data"))
    assert code == 1
    assert said.endswith("cannot be written (Not a directory): choose a folder of yours, or change its owner.")


def test_a_folder_without_write_permission_is_named(open_folder: Path) -> None:
    """For the administrator permissions do not bind: the command becomes somebody else before it starts."""
    open_folder.chmod(0o555)
    begin = "import os, sys; sys.path.insert(0, 'bin'); import start; os.geteuid() or os.setuid(65534); start.main()"
    command = [sys.executable, "-c", begin, "--port", "0", "--data", str(open_folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    mend = "choose a folder of yours, or change its owner."
    said = f"{open_folder} cannot be written (Permission denied): {mend}"
    assert (done.returncode, done.stderr.strip()) == (1, said)
    assert list(open_folder.iterdir()) == []


def test_a_lock_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / ".lock").mkdir()
    code, said = run("--port", "0", "--data", str(tmp_path))
    mend = "remove it, or change its owner, and start again."
    assert (code, said) == (1, f"{tmp_path / '.lock'} cannot be opened (Is a directory): {mend}")
    assert [each.name for each in tmp_path.iterdir()] == [".lock"]


def test_a_lock_that_holds_something_else_hinders_nobody(start: ModuleType, tmp_path: Path) -> None:
    (tmp_path / ".lock").write_bytes(b"\0damaged")
    os.close(start.hold(tmp_path))


def test_a_python_that_cannot_make_environments_is_told_apart_by_the_command(tmp_path: Path) -> None:
    house, modules = tmp_path / "house", tmp_path / "modules"
    for folder in ("bin", "requirements"):
        shutil.copytree(ROOT / folder, house / folder)
    modules.mkdir()
    (modules / "ensurepip.py").write_text("raise ImportError('not installed')")
    code, said = run("--port", "0", "--data", str(tmp_path / "data"), root=house, path=modules)
    mend = "install its venv part (Debian and Ubuntu: `apt install python3-venv`)."
    assert (code, said) == (1, f"This Python cannot make virtual environments: {mend}")
    assert not (house / ".venv").exists()


def test_a_damaged_lock_is_named_by_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = tmp_path / "house"
    for folder in ("bin", "requirements"):
        shutil.copytree(ROOT / folder, house / folder)
    (house / "requirements" / "app.txt").write_text("django==5.2 --hash=sha256:\n<<<<<<< half a merge\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    code, said = run("--port", "0", "--data", str(tmp_path / "data"), root=house)
    mend = "bring it back with `git checkout requirements`."
    assert code == 1
    assert said.splitlines()[-1] == f"requirements/app.txt is damaged or does not fit its packages: {mend}"
    assert "Traceback" not in said
    assert not (house / ".venv" / ".stamp").exists()


def test_two_runs_on_one_folder_refuse(tmp_path: Path) -> None:
    lock = os.open(tmp_path / ".lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    code, said = run("--port", "0", "--data", str(tmp_path))
    os.close(lock)
    mend = "stop that one first, or choose another folder with --data."
    assert (code, said) == (1, f"Stoa runs on {tmp_path} already: {mend}")


def test_an_old_python_is_told_apart_before_anything_else() -> None:
    source = (ROOT / "bin" / "run").read_text()
    old = "import sys; sys.version_info = (3, 9, 2, 'final', 0)\n" + source.split("import sys", 1)[1]
    done = subprocess.run([sys.executable, "-c", old], cwd=ROOT, capture_output=True, text=True)
    mend = "run it with a newer one, as in `python3.12 bin/run`."
    assert (done.returncode, done.stderr.strip()) == (1, f"Stoa needs Python 3.11 or newer, this is 3.9: {mend}")


def test_a_missing_lock_is_named(environment: ModuleType, house: Path) -> None:
    (house / "requirements" / "app.txt").unlink()
    with pytest.raises(
        environment.Trouble, match=r"app.txt is missing: bring it back with `git checkout requirements`"
    ):
        environment.make()


def test_a_python_without_venv_is_told_how_to_get_it(
    environment: ModuleType, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(environment.Trouble, match="apt install python3-venv"):
        environment.make()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("error: Hash mismatch for `x==1`", "app.txt is damaged or does not fit its packages"),
        ("error: Couldn't parse requirement", "app.txt is damaged or does not fit its packages"),
        ("error: tcp connect error", "could not be fetched: check the network"),
    ],
)
def test_a_failed_installation_says_whether_the_lock_or_the_network_is_to_blame(
    environment: ModuleType, told: str, says: str
) -> None:
    sentence = environment.why_not("app", told)
    assert sentence.startswith(told)
    assert says in sentence


def test_pips_settings_are_passed_on_to_uv(environment: ModuleType) -> None:
    given = {
        "PIP_INDEX_URL": "https://a.example/simple",
        "PIP_CERT": "/a.pem",
        "UV_INDEX": "b",
        "PIP_EXTRA_INDEX_URL": "c",
    }
    made = environment.uv_environment(given)
    assert made["UV_DEFAULT_INDEX"] == "https://a.example/simple"
    assert (made["SSL_CERT_FILE"], made["UV_INDEX"], made["UV_SYSTEM_CERTS"]) == ("/a.pem", "b", "1")


def test_an_environment_is_made_once_and_completed_when_it_was_interrupted(
    environment: ModuleType, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(environment, "install", installed.append)
    made = environment.make()
    assert environment.works(made)
    environment.make()
    assert installed == ["app"]
    (house / ".venv" / ".stamp").unlink()
    before = (house / ".venv" / "pyvenv.cfg").stat().st_ino
    environment.make()
    assert installed == ["app", "app"]
    assert (house / ".venv" / "pyvenv.cfg").stat().st_ino == before
    (house / "requirements" / "app.txt").write_text("# changed\n")
    environment.make()
    assert installed == ["app"] * 3


def test_a_filling_that_was_interrupted_begins_anew(
    start: ModuleType, environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def note(command: list[str], sentence: str, env: object = None) -> None:
        ran.append(command[1])
        (tmp_path / "stoa.sqlite3").write_text("tables")
        if command[1] == "demo" and len(ran) == 3:
            raise environment.Trouble("stopped")

    monkeypatch.setattr(environment, "run", note)
    monkeypatch.setattr(start, "has_demo", lambda: True)
    environ = {"STOA_DATA": str(tmp_path)}
    with pytest.raises(environment.Trouble):
        start.prepare(tmp_path, ["manage"], environ, empty=False)
    start.prepare(tmp_path, ["manage"], environ, empty=False)
    assert ran == ["migrate", "collectstatic", "demo", "migrate", "demo"]
    start.prepare(tmp_path, ["manage"], environ, empty=False)
    assert len(ran) == 5


def test_an_empty_start_fills_nothing(
    start: ModuleType, environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(environment, "run", lambda command, sentence, env=None: ran.append(command[1]))
    monkeypatch.setattr(start, "has_demo", lambda: True)
    start.prepare(tmp_path, ["manage"], {}, empty=True)
    start.prepare(tmp_path, ["manage"], {}, empty=False)
    assert ran == ["migrate", "collectstatic"]
