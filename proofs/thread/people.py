"""How people of the walk do what all do: sign in, find a form, read a page."""

from playwright.sync_api import Locator, Page

from proofs.thread.stage import Stage, hold, wait_for

PASSWORD = "mend-it-together"  # as bin/run prints it


def signed_in(stage: Stage, name: str) -> Page:
    """The browser of one of the demo's people; `name` is the first part of their address."""
    page = stage.page(name)
    if name not in stage.kept.setdefault("signed_in", set()):
        page.goto("/sign-in/")
        form = page.locator("form:has(input[type=password])")
        form.locator("input[name=login]").fill(f"{name}@brackwater.example")
        form.locator("input[name=password]").fill(PASSWORD)
        form.locator("button").first.click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        stage.kept["signed_in"].add(name)
    return page


def words(page: Page) -> str:
    """What the main part of the page says."""
    return page.locator("main").inner_text()


def go(page: Page, address: str) -> Page:
    """Goes there. Raises Short when the page is not there."""
    answer = page.goto(address)
    hold(answer is not None and answer.status < 400, f"{address} answered {answer.status if answer else 'nothing'}")
    return page


def told(page: Page, notice: Locator, what: str) -> Locator:
    """Their notices, when the worker has brought this one."""
    wait_for(lambda: go(page, "/notices/") and notice.count(), f"the notice of {what}")
    return notice.first


def spaces_of(page: Page, kind: str) -> list[str]:
    """The names of the spaces of this visibility, as the list of spaces shows them to whoever looks."""
    go(page, "/spaces/")
    return (
        page.locator("main .row")
        .filter(has=page.get_by_text(kind, exact=True))
        .locator(".row-title a")
        .all_inner_texts()
    )
