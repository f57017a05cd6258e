"""The world of the access tests, made anew for each test: the browser's loop must run before the database is asked."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.access import asking
from tests.access import world as worlds
from tests.access.world import World
from tests.payloads.watching import Watched

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    with worlds.aside():
        yield worlds.build()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no browser on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # the driver's loop runs in this thread; the database is asked beside it
    )
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def window(browser: Browser, world: World) -> Iterator[Callable[..., Watched]]:
    opened = []

    def made(kind: str, *, bypass: bool) -> Watched:
        opened.append(Watched(browser, asking.client(world, kind), bypass=bypass))
        return opened[-1]

    yield made
    for each in opened:
        each.context.close()
