"""Step 1. A visitor comes by a campaign's tracked link, joins, confirms by mail, answers at the door, and is placed in spaces."""

import re
from typing import Any

from playwright.sync_api import Page

from proofs.thread.people import go, words
from proofs.thread.stage import Stage, hold, wait_for

NAME, ADDRESS, PASSWORD = "Wanda Krol", "wanda.krol@people.example", "a kettle that no longer boils"


def walk(stage: Stage) -> dict[str, Any]:
    page = stage.page("wanda")
    go(page, "/")
    hold(page.locator("h1").count(), "the front page has no heading")
    via = come_by_the_link(stage, page)
    join(page)
    letter = confirm(stage, page)
    asked = through_the_door(stage, page)
    hold("version" in stage.kept, f"the guidelines were not shown at the door, only {asked}")
    go(page, "/topics/?list=mine")
    stage.kept["wanda"] = NAME
    return {
        "link": via,
        "letter": letter,
        "at_the_door": "/".join(asked),
        "guidelines_version": stage.kept["version"],
        "placed_in_spaces": stage.kept.get("suggested", 0),
    }


def come_by_the_link(stage: Stage, page: Page) -> str:
    """From the post on Plaza through the counting redirect to the join page. Gives the link's code."""
    go(page, stage.need("invitation_there", "the channels"))
    page.locator("a.card").first.click()
    page.wait_for_url(re.compile(r"/join/\?via="))
    return page.url.partition("via=")[2]


def join(page: Page) -> None:
    form = page.locator("main form:has(input[name=email])")
    form.locator("input[name=name]").fill(NAME)
    form.locator("input[name=email]").fill(ADDRESS)
    form.locator("input[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Join", exact=True).last.click()
    page.wait_for_url(re.compile(r"/join/confirm/"))


def confirm(stage: Stage, page: Page) -> str:
    """Reads the letter in the demo's mailbox and follows it."""
    link = page.locator("main a[href*='/join/confirm/']")
    wait_for(lambda: page.goto("/mailbox/") and link.count(), "the letter", 20)
    hold(ADDRESS in words(page), "the mailbox does not name the newcomer")
    link.first.click()
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    return "read in the mailbox"


def through_the_door(stage: Stage, page: Page) -> list[str]:
    """Step after step until they are in; gives what was asked, in the page's own words."""
    asked: list[str] = []
    go(page, "/join/door/")
    while page.locator("main form[action*='/join/door/']").count() and len(asked) < 8:
        asked.append(page.locator("[aria-current=step]").inner_text().strip())
        answer(stage, page)
        page.get_by_role("button", name=re.compile("Go on|Come in")).click()
        page.wait_for_load_state()
    return asked


def answer(stage: Stage, page: Page) -> None:
    """Whatever this step asks."""
    if page.locator("input[name=accepts]").count():
        stage.kept["version"] = re.findall(r"version (\d+)", words(page))[0]
        hold(page.locator("main blockquote").count(), "no norm with an example stands beside the guidelines")
        page.locator("input[name=accepts]").check()
    for each in page.locator("main input[type=text][name^=question]").all():
        each.fill("zips, sewing machines, lamps")
    for each in page.locator("main textarea[name^=question]").all():
        each.fill("To mend my father's jacket and meet who else mends.")
    if page.locator("input[name=heard]").count():
        page.locator("input[name=heard]").first.check()
    spaces = page.locator("input[name=space]")
    if spaces.count():
        because = page.locator("label.choice", has_text="because you said")
        hold(because.count(), "no space is suggested by what was answered")
        stage.kept["suggested"] = because.count()
        for each in because.all():
            each.locator("input").check()
