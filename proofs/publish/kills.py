"""Where a worker may be killed exactly: each point has a folder of lives, and whoever passes by and takes one ends there (SIGKILL)."""

import os
import random
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

ACTIONS = "stoa.social.publish.actions"
POINTS = (
    ("before the attempt's row", f"{ACTIONS}.sending", "begin", "before"),
    ("the attempt's row not committed", f"{ACTIONS}.turns", "open_attempt", "after"),
    ("after the attempt's row", f"{ACTIONS}.sending", "begin", "after"),
    ("before the first byte", f"{ACTIONS}.sending", "answer_of", "before"),
    ("after the first byte", "stoa.base.http.connecting.WatchedStream", "write", "after"),
    ("while it answers", "stoa.base.http.connecting.WatchedStream", "read", "before"),
    ("after it accepted", f"{ACTIONS}.sending", "answer_of", "after"),
    ("before the result is written", f"{ACTIONS}.outcomes", "record", "before"),
    ("the result not committed", f"{ACTIONS}.turns", "write", "after"),
    ("after the result is committed", f"{ACTIONS}.outcomes", "record", "after"),
    ("before what it looked up is written", f"{ACTIONS}.looking", "record", "before"),
    ("after a claim was called lost", f"{ACTIONS}.delivering", "lose", "after"),
)
SHARE = 0.2  # of those who pass by a point with a life left


def lay_out(folder: Path, each: int) -> None:
    """So many lives for each point."""
    for number in range(len(POINTS)):
        for life in range(each):
            place = folder / str(number) / str(life)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()


def left(folder: Path) -> dict[str, int]:
    return {name: len(list((folder / str(number)).glob("*"))) for number, (name, *_rest) in enumerate(POINTS)}


def arm(folder: Path) -> None:
    """From now on this process may end at any of them."""
    for number, (_name, home, name, when) in enumerate(POINTS):
        owner, _dot, last = home.rpartition(".")
        place: Any = getattr(import_module(owner), last) if last[0].isupper() else import_module(home)
        setattr(place, name, around(getattr(place, name), folder / str(number), when))


def around(inner: Callable[..., Any], lives: Path, when: str) -> Callable[..., Any]:
    def passing(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            perhaps_end(lives)
        result = inner(*args, **kwargs)
        if when == "after":
            perhaps_end(lives)
        return result

    return passing


def perhaps_end(lives: Path) -> None:
    if random.random() > SHARE:
        return
    for life in lives.glob("*"):
        try:
            life.unlink()
        except FileNotFoundError:
            continue
        os.kill(os.getpid(), signal.SIGKILL)
