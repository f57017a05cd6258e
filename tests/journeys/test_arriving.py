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
    newcomer.wait_for_url(re.compile("/join/confirm/"))
    confirm(newcomer)
    go_through_the_door(newcomer)
    newcomer.goto("/spaces/")
    newcomer.click("main >> text=Ask the bench")
    newcomer.wait_for_url("**/spaces/*/")
    join_and_open_a_topic(newcomer)
    newcomer.fill("input[name=title]", "Which way does a screw go?")
    newcomer.fill("textarea[name=source]", "It will not come out of the **kettle**.")
    newcomer.click("main button[type=submit]")
    expect(newcomer.locator("h1")).to_contain_text("Which way does a screw go?")
    helper = enter("tomasz")
    helper.goto(newcomer.url)
    helper.fill("textarea[name=source]", "Lefty loosey, and a drop of oil first.")
    helper.get_by_role("button", name="Reply", exact=True).click()
    expect(newcomer.locator("main")).to_contain_text("Lefty loosey", timeout=20_000)


def join_and_open_a_topic(page: Page) -> None:
    """From a space's page, as who may not have joined it yet, to its page of writing."""
    join = page.locator("main button:has-text('Join this space')")
    if join.count():
        join.click()
        expect(join).to_have_count(0)
    page.click("main a[href$='/topics/new/'] >> nth=0")
    page.wait_for_url("**/topics/new/")


def confirm(page: Page) -> None:
    """Follows the letter in the demo's mailbox."""
    page.goto("/mailbox/")
    page.click("a[href*='/join/confirm/'] >> nth=0")
    page.wait_for_url(re.compile("/join/confirm/."))
    with page.expect_navigation():
        page.click("main form button[type=submit] >> nth=0")


def go_through_the_door(page: Page) -> None:
    """Takes each step as it comes."""
    page.goto("/join/door/")
    for _step in range(8):
        if not re.search("/join/door/?$", page.url):
            return
        for box in page.locator("main form input[type=checkbox][required]").all():
            box.check()
        for field in page.locator("main form textarea, main form input[type=text]").all():
            field.fill("kettles")
        with page.expect_navigation():
            page.click("main form button.is-main")
    raise AssertionError(page.inner_text("main"))


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
