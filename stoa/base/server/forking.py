"""A child of this process that goes on with what is imported already: both have it in memory once.

Only on Linux, and only while there is one thread: a lock that another thread holds at that moment would be held in the child for ever.
"""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable

HIGHEST = 1 << 16  # no open file of ours has a higher number


def may_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


class Forked:
    """A running child, as `subprocess.Popen` would show it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._reaping = threading.Lock()

    def poll(self) -> int | None:
        """None as long as nobody has waited for its end."""
        return self.returncode

    def wait(self) -> int:
        with self._reaping:
            if self.returncode is None:
                self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def fork(work: Callable[[int], object], lifeline: int) -> Forked:
    """A child that does this work and ends. Of our open files it holds what it writes to and the lifeline alone."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return Forked(pid)
    code = 1
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.closerange(3, lifeline)
        os.closerange(lifeline + 1, HIGHEST)
        work(lifeline)
        code = 0
    except SystemExit as end:  # it was told to stop, and has
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # whatever it is: a child must not go on as its parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
