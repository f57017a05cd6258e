"""Arriving: from the front page through the door, to a first topic that is answered on the open page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Place

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


def test_a_newcomer_joins_asks_and_is_answered_on_the_open_page(place: Place, enter: Enter) -> None:
    newcomer = enter()
    newcomer.goto("/")
    newcomer.click("main >> text=Join >> nth=0")
    newcomer.fill("input[name=name]", "Nia Newcomer")
    newcomer.fill("input[name=email]", "nia@example.org")
    newcomer.fill("input[name=password1]", "a-long-way-round")
    newcomer.click("main button[type=submit]")
    confirm(newcomer)
    go_through_the_door(newcomer)
    newcomer.goto("/spaces/")
    newcomer.click("main >> text=Ask the bench")
    space = newcomer.url
    if newcomer.locator("text=Join this space").count():
        newcomer.click("text=Join this space")
    newcomer.goto(space.rstrip("/").rsplit("-", 3)[0] + "/topics/new/")
    newcomer.fill("input[name=title]", "Which way does a screw go?")
    newcomer.fill("textarea[name=source]", "It will not come out of the **kettle**.")
    newcomer.click("main button[type=submit]")
    expect(newcomer.locator("h1")).to_contain_text("Which way does a screw go?")
    helper = enter("tomasz")
    helper.goto(newcomer.url)
    helper.fill("textarea[name=source]", "Lefty loosey, and a drop of oil first.")
    helper.locator("form:has(textarea[name=source]) button[type=submit]").last.click()
    expect(newcomer.locator("main")).to_contain_text("Lefty loosey", timeout=20_000)


def confirm(page: Page) -> None:
    """Follows the letter in the demo's mailbox."""
    page.goto("/mailbox/")
    page.click("a[href*='/join/confirm/'] >> nth=0")
    if page.locator("main form button[type=submit]").count():
        page.click("main form button[type=submit] >> nth=0")


def go_through_the_door(page: Page) -> None:
    """Takes each step as it comes."""
    for _step in range(6):
        page.goto("/join/door/")
        if not re.search("/join/door/?$", page.url) or not page.locator("main form").count():
            return
        for box in page.locator("main form input[type=checkbox][required]").all():
            box.check()
        for field in page.locator("main form textarea, main form input[type=text]").all():
            field.fill("kettles")
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state("networkidle")
        if page.url.rstrip("/") == page.url.split("/join")[0].rstrip("/"):
            return


def test_a_secret_space_is_not_there_for_who_is_not_in_it(place: Place, enter: Enter) -> None:
    inside, outside = enter("marta"), enter("tomasz")
    inside.goto("/spaces/")
    address = inside.locator("a[href*='lantern']").first.get_attribute("href")
    assert address
    answer = outside.goto(address)
    missing = outside.goto("/spaces/0000000000000-lantern/")
    assert answer
    assert missing
    assert (answer.status, missing.status) == (404, 404)
