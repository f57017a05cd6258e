"""The worker beside the server is started again, never left behind; readiness tells what is missing; a demo stays on this machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from stoa.base.models import Site
from stoa.base.server import beside, health, run
from stoa.base.work import engine

SLEEPER = "import os,sys,time; open(sys.argv[1],'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
HOLDER = (
    "import os,sys,time\n"
    "from stoa.base.server.beside import Beside\n"
    "code=\"import os,sys;open(sys.argv[1],'a').write(f'{os.getpid()}\\\\n');os.read(int(sys.argv[3]),1)\"\n"
    "Beside([sys.executable,'-c',code,sys.argv[1]]).start()\n"
    "time.sleep(60)\n"
)

FORKING = (
    "import os,sys,time\n"
    "from stoa.base.server.beside import Beside\n"
    "other=os.open(sys.argv[1],os.O_WRONLY|os.O_CREAT|os.O_APPEND)\n"
    "def work(lifeline):\n"
    "    held=sorted(int(each) for each in os.listdir('/proc/self/fd') if int(each) > 2 and os.path.exists(f'/proc/self/fd/{each}'))\n"
    "    open(sys.argv[1],'a').write(f'forked {os.getpid()} {held == [lifeline]} {os.getsid(0) == os.getpid()}\\n')\n"
    "    os.read(lifeline,1)\n"
    "code=\"import os,sys;open(sys.argv[1],'a').write(f'anew {os.getpid()}\\\\n');os.read(int(sys.argv[3]),1)\"\n"
    "worker=Beside([sys.executable,'-c',code,sys.argv[1]],work=work)\n"
    "worker.start()\n"
    "sys.stdin.readline()\n"
    "worker.stop()\n"
)


def eventually(true: Callable[[], Any]) -> bool:
    """Whether it becomes true within a generous while."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


def pids(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def lives(pid: int) -> bool:
    try:
        return not Path(f"/proc/{pid}/stat").read_text().split(")")[1].strip().startswith("Z")
    except OSError:
        return False


def test_a_killed_worker_is_started_again_and_stopped_with_us(tmp_path: Path) -> None:
    told = tmp_path / "pids"
    worker = beside.Beside([sys.executable, "-c", SLEEPER, str(told)])
    worker.start()
    assert eventually(lambda: len(pids(told)) == 1)
    os.kill(pids(told)[0], signal.SIGKILL)
    assert eventually(lambda: len(pids(told)) == 2)
    worker.stop()
    assert [lives(pid) for pid in pids(told)] == [False, False]
    assert worker.starts == 2


def test_a_worker_never_outlives_who_started_it(tmp_path: Path) -> None:
    told = tmp_path / "pids"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(told)])
    assert eventually(lambda: len(pids(told)) == 1)
    holder.kill()
    holder.wait()
    assert eventually(lambda: not lives(pids(told)[0]))


@pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux alone")
def test_the_first_worker_is_forked_and_holds_nothing_but_its_lifeline(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with subprocess.Popen([sys.executable, "-c", FORKING, str(told)], stdin=subprocess.PIPE) as parent:
        assert eventually(lambda: told.exists() and len(told.read_text().split()) == 4)
        word, pid, holds_it_alone, leads_itself = told.read_text().split()
        assert (word, holds_it_alone, leads_itself) == ("forked", "True", "True")
        os.kill(int(pid), signal.SIGKILL)
        assert eventually(lambda: len(told.read_text().splitlines()) == 2)
        begun = told.read_text().splitlines()[1].split()
        assert begun[0] == "anew"
        assert lives(int(begun[1]))
        parent.communicate(b"\n")
    assert parent.returncode == 0
    assert eventually(lambda: not lives(int(begun[1])))


@pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux alone")
def test_a_forked_worker_never_outlives_who_started_it(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with subprocess.Popen([sys.executable, "-c", FORKING, str(told)], stdin=subprocess.PIPE) as parent:
        assert eventually(lambda: told.exists() and len(told.read_text().split()) == 4)
        parent.kill()
    assert eventually(lambda: not lives(int(told.read_text().split()[1])))


@pytest.mark.django_db
def test_readiness_tells_a_missing_migration_and_a_worker_that_is_away(settings: Any, tmp_path: Path) -> None:
    settings.STOA_DATA = tmp_path
    found = health.checks()
    assert (found["database"], found["migrations"]) == (True, True)
    assert found["worker"] == {"seconds_since_heartbeat": None, "away": True}
    engine.beat()
    assert health.checks()["worker"]["away"] is False
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'base'")
    assert health.readyz().status == 503


@pytest.mark.django_db
def test_a_demo_is_never_served_to_others() -> None:
    Site.objects.update_or_create(id=1, defaults={"is_demo": True})
    with pytest.raises(CommandError, match="this machine only"):
        call_command("serve", host="0.0.0.0", port=0)


@pytest.mark.parametrize(
    ("host", "near"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("stoa.example", False)],
)
def test_only_this_machines_own_addresses_count_as_near(host: str, near: bool) -> None:
    assert run.is_loopback(host) is near
