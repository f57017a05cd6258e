"""Processor time of one request in one process, page by page, in turn with the ceiling's: what `bin/prove speed` measures at the
server, but steady enough on a busy machine to judge one change by. Run as a module in a data folder of `proofs.speed.corpus`.

    STOA_DATA=FOLDER python -m proofs.speed.inside [--times 60] [--profile PAGE] [PAGE …]
"""

import argparse
import cProfile
import io
import json
import os
import pstats
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIGNED_IN = " in"
PAGES = ("front", "topics", "space", "topic", "search", "spaces")
Ask = Callable[[], float]


def main() -> None:
    wishes = wanted()
    pages = loads(wishes.pages)
    for ask in pages.values():
        for _ in range(6):
            ask()
    if wishes.profile:
        profile(pages[wishes.profile])
    else:
        compare(pages, wishes.times)


def compare(pages: dict[str, Ask], times: int) -> None:
    taken: dict[str, list[float]] = {name: [] for name in ["ceiling", *pages]}
    with least() as ceiling:
        for _ in range(times):
            for name, ask in {"ceiling": ceiling, **pages}.items():
                ask(), ask()  # what ran before has emptied the processor's own memory
                taken[name] += [ask(), ask()]
    base = quarter(taken["ceiling"])
    for name, seconds in taken.items():
        print(f"{name:<14}{quarter(seconds) * 1000:>8.2f} ms{quarter(seconds) / base:>8.2f} ceilings")


def wanted() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--times", type=int, default=60)
    reader.add_argument("--profile", default="", metavar="PAGE")
    reader.add_argument("pages", nargs="*")
    return reader.parse_args()


def quarter(times: list[float]) -> float:
    """The lower quartile: what disturbed a request only ever made it longer."""
    return sorted(times)[len(times) // 4]


def loads(chosen: list[str]) -> dict[str, Ask]:
    """Every page, for a visitor and for somebody signed in, and a reply; or those that were chosen."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
    from stoa.wsgi import application

    told = json.loads(Path(os.environ["STOA_DATA"], "speed.json").read_text())
    told["spaces"], person = ["/spaces/"], told["sessions"][0]
    made: dict[str, Ask] = {name: asking(application, told[name], "") for name in PAGES}
    made |= {f"{name}{SIGNED_IN}": asking(application, told[name], person["cookie"]) for name in (*PAGES, "notices")}
    typed = f"csrfmiddlewaretoken={person['token']}&source={'A+reply+of+some+length.+' * 24}"
    made["reply"] = asking(application, told["reply"], person["cookie"], typed)
    return {name: ask for name, ask in made.items() if not chosen or name in chosen}


def asking(application: Any, places: list[str], cookie: str, typed: str = "") -> Ask:
    """Asks for one place after the other, and gives the seconds that each took."""
    asked = 0

    def ask() -> float:
        nonlocal asked
        asked += 1
        path, _, query = places[asked % len(places)].partition("?")
        body = f"{typed}{asked}".encode() if typed else b""
        environ = {
            "REQUEST_METHOD": "POST" if typed else "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost:8000", "HTTP_ACCEPT_LANGUAGE": "en", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
        }  # fmt: skip
        if cookie:
            environ["HTTP_COOKIE"] = cookie
        said: list[str] = []
        before = time.process_time()
        answer = application(environ, lambda status, _headers: said.append(status))
        b"".join(answer)
        answer.close()
        taken = time.process_time() - before
        if said[0][:3] not in ("200", "303"):
            raise SystemExit(f"{path} answered {said[0]}")
        return taken

    return ask


@contextmanager
def least() -> Iterator[Ask]:
    """The ceiling in a process of its own, asked over a pipe; it tells the seconds that it took."""
    command = [sys.executable, "-c", "from proofs.speed.inside import serve_ceiling; serve_ceiling()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask() -> float:
            if process.stdin is None or process.stdout is None:
                raise SystemExit("The ceiling cannot be asked.")
            print(file=process.stdin, flush=True)
            return float(process.stdout.readline())

        for _ in range(6):
            ask()
        yield ask
        process.communicate("")


def serve_ceiling() -> None:
    from proofs.speed.ceiling import application

    ask = asking(application, ["/"], "")
    for _line in sys.stdin:
        print(ask(), flush=True)


def profile(ask: Ask) -> None:
    watched = cProfile.Profile()
    for _ in range(40):
        watched.enable()
        ask()
        watched.disable()
    pstats.Stats(watched).sort_stats("tottime").print_stats(45).sort_stats("cumtime").print_stats(90)


if __name__ == "__main__":
    main()
