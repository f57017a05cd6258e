"""The demo's tour: all six steps walked with nothing but what its bar offers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from stoa.people.demo import PASSWORD
from tests.journeys.conftest import Place
from tests.journeys.test_arriving import confirm, go_through_the_door, join_and_open_a_topic

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


def bar(page: Page) -> str:
    return page.locator(".tour").inner_text()


def onward(page: Page, title: str) -> None:
    page.click(".tour button:has-text('Next')")
    expect(page.locator(".tour-title")).to_contain_text(title)


def become(page: Page, name: str) -> None:
    """One press leads to the page of signing in, with the address filled in; the password stands in the bar."""
    page.locator(f".tour-acts >> text=/(Become|Sign in as) {name}/").first.click()
    page.wait_for_url(re.compile("/sign-in/"))
    assert PASSWORD not in page.url
    assert PASSWORD in bar(page)
    assert page.input_value("input[name=login]").endswith("@brackwater.example")
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def join_through_the_post(page: Page) -> None:
    page.click(".tour-acts >> text=The post on Plaza")
    page.click("a.card")
    expect(page.locator(".tour-title")).to_contain_text("Join through a post")
    page.fill("input[name=name]", "Nora Newcomer")
    page.fill("input[name=email]", "nora@example.org")
    page.fill("input[name=password1]", "a-long-way-round")
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile("/join/confirm/"))
    page.click(".tour-acts >> text=The mailbox")
    page.wait_for_url("**/mailbox/")
    confirm(page)
    go_through_the_door(page)


def ask(page: Page) -> None:
    page.click(".tour-acts >> text=Ask the bench")
    page.wait_for_url("**/spaces/*/")
    join_and_open_a_topic(page)
    page.fill("input[name=title]", "Does a drop of oil help?")
    page.fill("textarea[name=source]", "The hinge of my lamp sings.")
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Does a drop of oil help?")


def answer_in_another_window(enter: Enter) -> None:
    page = enter()
    page.goto("/show-me/")
    page.click("li:has-text('Ask, and be answered') >> text=Begin here")
    become(page, "Tomasz")
    page.fill("textarea[name=source]", "A drop, and then wipe it.")
    page.get_by_role("button", name="Reply", exact=True).click()


def share(page: Page, place: Place) -> None:
    become(page, "Pelumi")
    page.click("main >> text=Yes, share it")
    expect(page.locator("main")).not_to_contain_text("Yes, share it")
    become(page, "Dov")
    page.click("main >> text=Write a post with these words")
    page.locator("main input[type=checkbox][name=channels]").first.check()
    with page.expect_navigation():
        page.click("main button:has-text('Send it now')")
    expect(page.locator("#deliveries")).to_contain_text("Published", timeout=30_000)


def test_the_six_steps_lead_from_a_post_to_taking_it_back(place: Place, enter: Enter) -> None:
    page = enter()
    page.goto("/")
    page.click(".tour >> text=Show me")
    page.click("main >> text=Begin")
    join_through_the_post(page)
    onward(page, "Ask, and be answered")
    ask(page)
    answer_in_another_window(enter)
    expect(page.locator("main")).to_contain_text("A drop, and then wipe it.", timeout=20_000)
    onward(page, "The manager's morning")
    become(page, "Ines")
    expect(page.locator("main")).to_contain_text("Nora Newcomer")
    onward(page, "From a member's words to a post")
    share(page, place)
    page.click(".tour-acts >> text=Plaza")
    expect(page.locator("body")).to_contain_text("Pelumi", timeout=20_000)
    page.go_back()
    onward(page, "What came of it")
    become(page, "Philippa")
    expect(page.locator("main")).to_contain_text("joined")
    onward(page, "Take it back")
    become(page, "Pelumi")
    page.on("dialog", lambda asked: asked.accept())
    page.click("main >> text=Take back")
    expect(page.locator("main")).to_contain_text("taken down", timeout=30_000)
    page.click("[aria-label='Close the tour']")
    expect(page.locator(".tour")).to_have_count(0)
