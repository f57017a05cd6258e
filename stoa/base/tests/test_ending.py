"""A worker that is told to stop ends what it has in hand and gives back what it has not begun."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stoa.base.tests.test_running import eventually
from stoa.settings import ROOT

SLOW = """
import sys, time
from datetime import timedelta
import django
django.setup()
from django.db import connection
from django_tasks_db.models import DBTaskResult
from stoa.base.models import Tick
from stoa.base.server import memory
from stoa.base.server.beside import Beside
from stoa.base.work import drain, engine, ticks

def tell(word):
    with open(sys.argv[1], "a") as told:
        told.write(word + "\\n")

def slow():
    tell("begun")
    time.sleep(1.5)
    tell("ended")

with connection.schema_editor() as editor:
    for model in (Tick, DBTaskResult):
        editor.create_model(model)
kinds = [each for each in drain.all_kinds() if each.model is Tick]
drain.all_kinds = lambda: kinds
ticks._rhythms.clear()
ticks.every(timedelta(days=9999), name="test.slow")(slow)
ticks.plan()
memory.settle()
worker = Beside(work=engine.work_beside)
worker.start()
sys.stdin.readline()
worker.tell_to_stop()
worker.stop()
print(worker.starts, worker.process.returncode, *Tick.objects.values_list("due_at", "lease_until", "fence").get())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux alone")
def test_a_forked_worker_ends_what_it_has_in_hand_when_it_is_told_to_stop(tmp_path: Path) -> None:
    """The whole of it: a handler under way on the pool, SIGTERM (twice, as the server says it), and its row is settled."""
    told = tmp_path / "told"
    environ = {name: value for name, value in os.environ.items() if name != "STOA_DATABASE"}
    environ |= {"DJANGO_SETTINGS_MODULE": "stoa.settings", "STOA_DATA": str(tmp_path), "STOA_WORK_THREADS": "2"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", SLOW, str(told)], cwd=ROOT, env=environ, **pipes) as parent:
        assert eventually(told.exists)
        said, trouble = parent.communicate(b"\n", timeout=30)
    assert told.read_text().split() == ["begun", "ended"]
    assert said.decode().splitlines()[-1].split() == ["1", "0", "None", "None", "1"], trouble.decode()
    assert b"Traceback" not in trouble
