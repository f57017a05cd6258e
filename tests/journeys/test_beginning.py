"""From nothing to the first answered question, as a stranger would walk it: the printed address, all questions, a second person."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import Place

pytestmark = pytest.mark.browser
TEN_MINUTES = 600
PASSWORD = "a-long-way-round"


def test_a_stranger_begins_a_community_and_its_first_question_is_answered(empty_place: Place, browser: Browser) -> None:
    began = time.monotonic()
    owner = browser.new_context(base_url=empty_place.origin).new_page()
    owner.goto(address_in(empty_place.log))
    say_what_the_place_is(owner)
    say_how_it_begins(owner)
    say_who_one_is(owner)
    expect(owner).to_have_url(re.compile("/desk/launch/$"))
    link = owner.locator("#links code").first.inner_text()
    second = browser.new_context(base_url=empty_place.origin).new_page()
    join_by(second, link)
    ask(second, "Which way round does the chain go?")
    answer(owner, second.url)
    expect(second.locator("main")).to_contain_text("Over the top", timeout=20_000)
    owner.goto("/desk/launch/")
    expect(step(owner, "Answer the first question within a day")).to_contain_text("done")
    expect(step(owner, "Ten people are here")).not_to_contain_text("done")
    start_a_format(owner)
    owner.goto("/desk/launch/")
    expect(step(owner, "Start one of your three formats")).to_contain_text("done")
    owner.goto("/desk/channels/")
    expect(owner.locator("main")).to_contain_text("The Spoke")
    assert empty_place.manage("stoa_check").returncode == 0
    assert time.monotonic() - began < TEN_MINUTES


def address_in(log: Path) -> str:
    """The address that the terminal shows."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if found := re.search(r"/set-up/\S+/", log.read_text()):
            return found.group()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def say_what_the_place_is(page: Page) -> None:
    """With one field forgotten at first."""
    page.fill("input[name=community]", "The Spoke")
    page.fill("input[name=whom]", "Neighbours of the river quarter.")
    page.fill("input[name=share]", "A love of old bicycles.")
    page.evaluate("document.querySelector('main form').noValidate = true")
    go_on(page)
    expect(page.locator("input[name=whom]")).to_have_value("Neighbours of the river quarter.")
    page.fill("input[name=need]", "Learn to keep them on the road.")
    go_on(page)


def say_how_it_begins(page: Page) -> None:
    """Looking back once: what was chosen stays."""
    page.check("input[name=wings][value=both]")
    page.check("input[name=is_team][value=team]")
    page.select_option("select[name=zone]", "Europe/Berlin")
    page.click("button[name=back]")
    expect(page.locator("input[name=share]")).to_have_value("A love of old bicycles.")
    go_on(page)
    expect(page.locator("input[name=is_team][value=team]")).to_be_checked()
    expect(page.locator("select[name=zone]")).to_have_value("Europe/Berlin")
    go_on(page)


def say_who_one_is(page: Page) -> None:
    page.fill("input[name=name]", "Ada")
    page.fill("input[name=email]", "ada@example.org")
    page.fill("input[name=password]", PASSWORD)
    go_on(page)


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.click("main form button.is-main")


def join_by(page: Page, link: str) -> None:
    """Through an invitation: no letter to wait for."""
    page.goto(link)
    page.click("main a.is-main")
    page.fill("input[name=name]", "Ben")
    page.fill("input[name=email]", "ben@example.org")
    page.fill("input[name=password1]", PASSWORD)
    page.click("main form button.is-main")
    page.wait_for_url(re.compile("/join/door/"))
    for _step in range(8):
        if not re.search("/join/door/?$", page.url):
            return
        for box in page.locator("main form input[type=checkbox]").all():
            box.check()
        for field in page.locator("main form textarea, main form input[type=text]").all():
            field.fill("bicycles")
        with page.expect_navigation():
            page.locator("main form button.is-main").click()
    raise AssertionError(page.inner_text("main"))


def ask(page: Page, title: str) -> None:
    page.goto("/spaces/")
    page.click("main a[href*='-questions/']")
    page.click("main a[href$='/topics/new/'] >> nth=0")
    page.fill("input[name=title]", title)
    page.fill("textarea[name=source]", "It came off, and now I am not sure.")
    page.click("main form button.is-main")
    expect(page.locator("h1")).to_contain_text(title)


def answer(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("textarea[name=source]", "Over the top, teeth into the links.")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("main")).to_contain_text("Over the top")


def start_a_format(page: Page) -> None:
    page.goto("/desk/programme/")
    page.click("main form button >> nth=0")
    expect(page.locator("h1")).not_to_contain_text("Programme")


def step(page: Page, words: str) -> Locator:
    return page.locator("li.row", has_text=words)
