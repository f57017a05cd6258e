"""What the walk stands on: the network, the house with its worker, the browser, and what one step leaves for the next."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

from stoa.social.networks.bluesky.tests.realnet import LocalAccount, LocalBluesky, local_bluesky

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
PATIENCE = 90.0  # seconds for the worker, the network's index and the listener together
Answer = TypeVar("Answer")


class Short(Exception):
    """The walk fell short, in one sentence."""


def hold(is_so: object, otherwise: str) -> None:
    """Raises Short unless it is so."""
    if not is_so:
        raise Short(otherwise)


def wait_for(question: Callable[[], Answer], what: str, seconds: float = PATIENCE) -> Answer:
    """Asks until the answer is true. Raises Short."""
    end = time.monotonic() + seconds
    while True:
        if answer := question():
            return answer
        if time.monotonic() > end:
            raise Short(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.5)


@dataclass
class Stage:
    """Where the walk happens. `kept` is what a step leaves for those after it."""

    url: str
    browser: Browser
    net: LocalBluesky
    guild: LocalAccount
    stranger: LocalAccount
    kept: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def page(self, who: str) -> Page:
        """The browser of one person: cookies of their own; pages that break are remembered."""
        if who not in self.pages:
            context = self.browser.new_context(user_agent=AGENT, locale="en-GB", base_url=self.url)
            context.set_default_timeout(20_000)
            page = context.new_page()
            page.on("response", lambda answer: self.notice(answer.status, answer.url))
            page.on("pageerror", lambda error: self.broken.append(f"script: {error}"))
            page.on("dialog", lambda dialog: dialog.accept())
            self.pages[who] = page
        return self.pages[who]

    def notice(self, status: int, address: str) -> None:
        if status >= 500:
            self.broken.append(f"{status} {address}")

    def need(self, key: str, step: str) -> Any:
        """What an earlier step left. Raises Short when that step did not get so far."""
        hold(key in self.kept, f"{step} left no {key.replace('_', ' ')}")
        return self.kept[key]


@contextmanager
def set_up(*, postgres: bool) -> Iterator[Stage]:
    """Everything started on free ports in a new folder, and ended by pid."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stoa-thread-")))
        net = stack.enter_context(local_bluesky(install=True))
        guild = net.create_account("guild.test", "a password of the guild")
        stranger = net.create_account("stranger.test", "a password of a stranger")
        database = stack.enter_context(postgres_database()) if postgres else ""
        url = stack.enter_context(house(folder, net, database))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=CHROMIUM)
        stack.callback(browser.close)
        yield Stage(url, browser, net, guild, stranger)


@contextmanager
def postgres_database() -> Iterator[str]:
    from tests.pgrun import Postgres

    server = Postgres()
    try:
        server.start()
        command = [str(server.binaries() / "createdb"), "-h", str(server.data), "-U", "postgres", "stoa"]
        server.run(command)
        yield f"postgresql://postgres@/stoa?host={server.data}"
    finally:
        server.stop()


@contextmanager
def house(folder: Path, net: LocalBluesky, database: str) -> Iterator[str]:
    """The demo in a new folder, served with its worker. Gives its address."""
    port = free_port()
    url = f"http://localhost:{port}"
    peers = ",".join(each.partition("//")[2] for each in (net.pds_url, net.appview_url, net.plc_url))
    environ = {**os.environ, "STOA_DATA": str(folder), "STOA_URL": url, "STOA_TRUSTED_PEERS": peers}
    environ |= {"STOA_DATABASE": database} if database else {}
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (["migrate", "-v", "0"], ["demo"]):
        subprocess.run([*manage, *command], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*manage, "serve", "--port", str(port)], cwd=ROOT, env=environ, stdout=log, stderr=log
        )
        try:
            wait_for(lambda: answers(url), "the first page")
            yield url
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def answers(url: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{url}/topics/", timeout=5).status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
