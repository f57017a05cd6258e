"""What the walk stands on: the network, the house, the browser, and what one step leaves for the next."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, Route, sync_playwright

from proofs.ground import need_program, postgres_database
from proofs.thread.house import House, Short, hold, house, wait_for
from stoa.social.networks.bluesky.tests.realnet import LocalAccount, LocalBluesky, local_bluesky

__all__ = ["AGENT", "ZONE", "Short", "Stage", "hold", "set_up", "wait_for"]
CHROMIUM = "/usr/bin/chromium"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
ZONE = ZoneInfo("Europe/London")  # the demo's


@dataclass
class Stage:
    """Where the walk happens. `kept` is what a step leaves for those after it; `sent` how often each link was followed."""

    house: House
    browser: Browser
    net: LocalBluesky
    guild: LocalAccount
    stranger: LocalAccount
    kept: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def page(self, who: str, *, plain: bool = False) -> Page:
        """The browser of one person: cookies of their own; pages that break are remembered. A plain one runs no scripts and loads
        nothing but pages."""
        if who not in self.pages:
            agent = f"{AGENT} Walk/{len(self.pages)}"  # no two browsers are the same visitor
            context = self.browser.new_context(
                user_agent=agent, locale="en-GB", base_url=self.house.url, java_script_enabled=not plain
            )
            context.set_default_timeout(30_000)
            page = context.new_page()
            if plain:
                page.route("**/*", only_pages)
            page.on("response", lambda answer: self.notice(answer.status, answer.url))
            page.on("pageerror", lambda error: self.broken.append(f"script on {page.url}: {error}"))
            page.on("dialog", lambda dialog: dialog.accept())
            self.pages[who] = page
        return self.pages[who]

    def serve_later(self, by: timedelta) -> None:
        """The house again, its clocks ahead by so much; nobody looks at a page meanwhile."""
        for page in self.pages.values():
            page.goto("about:blank")
        self.house.serve_later(by)

    def notice(self, status: int, address: str) -> None:
        if status >= 500:
            self.broken.append(f"{status} {address}")

    def need(self, key: str, step: str) -> Any:
        """What an earlier step left. Raises Short when that step did not get so far."""
        hold(key in self.kept, f"{step} left no {key.replace('_', ' ')}")
        return self.kept[key]

    def follow(self, page: Page, code: str) -> None:
        """Through a tracked link of ours, counted here as it should be counted there."""
        answer = page.goto(f"/l/{code}")
        hold(answer and answer.status == 200 and "/l/" not in page.url, f"the link {code} leads nowhere")
        self.sent[code] = self.sent.get(code, 0) + 1


def only_pages(route: Route) -> None:
    if route.request.resource_type == "document":
        route.continue_()
    else:
        route.abort()


@contextmanager
def set_up(*, postgres: bool) -> Iterator[Stage]:
    """Everything started on free ports in a new folder, and ended by pid."""
    need_program("chromium", "chromium")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stoa-thread-")))
        net = stack.enter_context(local_bluesky(install=True))
        guild = net.create_account("guild.test", "a password of the guild")
        stranger = net.create_account("stranger.test", "a password of a stranger")
        database = stack.enter_context(postgres_database()).address if postgres else ""
        peers = ",".join(each.partition("//")[2] for each in (net.pds_url, net.appview_url, net.plc_url))
        served = stack.enter_context(house(folder, peers, database))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=CHROMIUM)
        stack.callback(browser.close)
        yield Stage(served, browser, net, guild, stranger)
