"""A real server on a free port with the demo, or nothing at all, in a fresh folder; its worker beside it, and a real browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from stoa.people.demo import PASSWORD
from stoa.settings import ROOT

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 90.0


@dataclass(frozen=True)
class Place:
    """A running Stoa: its address, its `manage.py`, and the file that holds what it prints."""

    origin: str
    manage: Callable[..., subprocess.CompletedProcess[str]]
    log: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with serving(tmp_path_factory.mktemp("place"), "demo") as place:
        yield place


@pytest.fixture(scope="module")
def empty_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with serving(tmp_path_factory.mktemp("empty")) as place:
        yield place


@contextmanager
def serving(folder: Path, *fill: str) -> Iterator[Place]:
    """A server on that folder, filled by those commands of `manage.py`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://localhost:{port}"
    environ = {**os.environ, "STOA_DATA": str(folder), "STOA_URL": origin, "STOA_DATABASE": ""}

    def manage(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)

    manage("migrate", "-v", "0")
    for command_name in fill:
        manage(command_name)
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_for(f"{origin}/readyz", folder / "serve.log")
        yield Place(origin, manage, folder / "serve.log")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def wait_for(address: str, log: Path) -> None:
    """Until the server answers; what it said when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no browser on this machine")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


def sign_in(page: Page, key: str) -> None:
    """As somebody of the demo, through the page."""
    page.goto("/sign-in/")
    page.fill("input[name=login]", f"{key}@brackwater.example")
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/")


@pytest.fixture
def enter(browser: Browser, place: Place) -> Iterator[Callable[[str], Page]]:
    """Opens a window of its own for somebody of the demo, signed in; with no key, for a visitor."""
    opened = []

    def window(key: str = "") -> Page:
        context = browser.new_context(base_url=place.origin)
        opened.append(context)
        page = context.new_page()
        if key:
            sign_in(page, key)
        return page

    yield window
    for context in opened:
        context.close()
