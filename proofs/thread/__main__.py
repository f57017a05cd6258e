"""The ten steps in their order. A step that falls short is named, the others are walked all the same."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error

from proofs.thread import arrive, ask, channels, follow, gather, hear, judge, numbers, publish, take_back, talk, today
from proofs.thread.stage import Short, Stage, set_up


def fits(stage: Stage) -> dict[str, Any]:
    """`manage.py stoa_check` finds nothing wrong, once the worker is done with what fell due meanwhile."""
    for again in reversed(range(6)):
        try:
            return {"stoa_check": stage.house.check()}
        except Short:
            if not again:
                raise
            time.sleep(10)
    raise Short("stoa_check was not asked")


Step = Callable[[Stage], dict[str, Any]]
STEPS: dict[str, Step] = {
    "0 before": numbers.before,
    "0 channels": channels.connect,
    "1 arrive": arrive.walk,
    "2 talk": talk.walk,
    "3 judge": judge.walk,
    "4 gather": gather.walk,
    "5 ask": ask.walk,
    "6 publish": publish.walk,
    "7 hear": hear.walk,
    "8 follow": follow.walk,
    "9 take back": take_back.walk,
    "4 remind": gather.remind,
    "10 today": today.walk,
    "8 two days later": follow.read_later,
    "8 a month later": follow.month_later,
    "all fits": fits,
}


def main() -> int:
    reader = argparse.ArgumentParser(prog="bin/prove thread", description=__doc__)
    reader.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    asked = reader.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that whatever was started is ended
    began = time.monotonic()
    with set_up(postgres=asked.postgres) as stage:
        print(f"set up in {time.monotonic() - began:.0f} s", flush=True)
        short = walk(stage, STEPS)
    told = {
        "proof": "thread",
        "database": "postgresql" if asked.postgres else "sqlite",
        "steps": 10,
        "short": short,
        "pages_broken": stage.broken,
        "seconds": round(time.monotonic() - began),
    }
    print(json.dumps({**told, "good": not short and not stage.broken}))
    return 0 if not short and not stage.broken else 1


def walk(stage: Stage, steps: dict[str, Step]) -> dict[str, str]:
    """Prints what each step counted; gives those that fell short with their sentence."""
    short = {}
    for name, step in steps.items():
        began = time.monotonic()
        try:
            counted = step(stage)
        except (Short, Error, LookupError, StopIteration, ValueError) as why:
            short[name] = " ".join(f"{type(why).__name__} {why}".split())[:400]
            print(f"{name}: FALLS SHORT: {short[name]}", flush=True)
        else:
            said = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in counted.items())
            print(f"{name}: {said} ({time.monotonic() - began:.0f} s)", flush=True)
    return short


if __name__ == "__main__":
    sys.exit(main())
