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
    join(page, NAME, ADDRESS)
    confirm(page, ADDRESS)
    asked = through_the_door(stage, page)
    hold("version" in stage.kept, f"the guidelines were not shown at the door, only {asked}")
    go(page, "/topics/?list=mine")
    stage.kept |= {"wanda": NAME, "invitation": via}
    return {
        "link": via,
        "letter": "read in the mailbox",
        "at_the_door": "/".join(asked),
        "guidelines_version": stage.kept["version"],
        "placed_in_spaces": stage.kept.get("suggested", 0),
    }


def come_by_the_link(stage: Stage, page: Page) -> str:
    """From the post on Plaza through the counting redirect to the join page. Gives the link's code."""
    go(page, stage.need("invitation_there", "the channels"))
    page.locator("a.card").first.click()
    page.wait_for_url(re.compile(r"/join/\?via="))
    code = page.url.partition("via=")[2]
    stage.sent[code] = stage.sent.get(code, 0) + 1
    return code


def join(page: Page, name: str, address: str) -> None:
    form = page.locator("main form:has(input[name=email])")
    form.locator("input[name=name]").fill(name)
    form.locator("input[name=email]").fill(address)
    form.locator("input[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Join", exact=True).last.click()
    page.wait_for_url(re.compile(r"/join/confirm/"))


def confirm(page: Page, address: str) -> None:
    """Reads their letter in the demo's mailbox and follows it."""
    letter = page.locator("main .card", has_text=address).locator("a[href*='/join/confirm/']")
    wait_for(lambda: page.goto("/mailbox/") and letter.count(), f"the letter to {address}", 20)
    letter.first.click()
    page.locator("main form button").first.click()
    page.wait_for_load_state()


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
