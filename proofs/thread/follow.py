"""Step 8. Strangers follow the tracked links, some join by them; Impact shows each cell as it was done, with first and last touch."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page

from proofs.thread import crowd, numbers
from proofs.thread.people import go, signed_in, words
from proofs.thread.stage import AGENT, Stage, hold, wait_for

VISITS = {"plaza": 3, "bluesky": 2}
READ, MONTH, OLD_ENOUGH = (
    timedelta(days=2),
    timedelta(days=31),
    timedelta(days=70),
)  # 37 days after the end of the longest month


def walk(stage: Stage) -> dict[str, Any]:
    links = stage.need("links", "step 6")
    for network, visits in VISITS.items():
        for number in range(visits):
            visit(stage, links[network], number)
    came = crowd.arrive_all(stage)
    crowd.speak(stage, crowd.by_way(stage, links["plaza"], links["bluesky"]))
    page = signed_in(stage, "dov")
    story = sum(stage.sent[code] for code in links.values())
    wait_for(lambda: clicks(go(page, stage.kept["post"])) == story, f"{story} clicks on the post's page", 30)
    invited = stage.sent[stage.kept["invitation"]]
    counted = clicks(go(page, stage.kept["invitation_post"]))
    hold(counted == invited, f"the invitation's link counted {counted} clicks, {invited} were made")
    sent = {"clicks_sent": story + invited, "clicks_counted": clicks(go(page, stage.kept["post"])) + counted}
    return {**sent, "joined": len(came), **numbers.compare(stage)}


def visit(stage: Stage, code: str, number: int) -> None:
    """One stranger with a browser of their own: the counting redirect, and the page to which it leads."""
    context = stage.browser.new_context(user_agent=f"{AGENT} Visit/{number}", base_url=stage.house.url)
    page = context.new_page()
    stage.follow(page, code)
    hold(not context.cookies(), "following a link left a cookie")
    context.close()


def clicks(page: Page) -> int:
    return sum(int(each) for each in re.findall(r"(\d+) clicks?\b", words(page)))


def read_later(stage: Stage) -> dict[str, Any]:
    """Two days on, the networks were asked what became of the invitation: a like and a repost each; Bluesky offers no reach."""
    stage.need("loop", "step 7")
    stage.serve_later(READ)
    page = signed_in(stage, "philippa")
    address = f"{numbers.PAGE}?month={stage.kept['month']}"
    found = {name: read_on(go(page, address), title) for name, title in stage.kept["titles"].items()}
    hold("not offered" in found[stage.guild.handle][2], f"Bluesky's reach is said to be {found[stage.guild.handle][2]}")
    return {name.replace(".", " "): " | ".join(cells[1:]) for name, cells in found.items()}


def read_on(page: Page, name: str) -> list[str]:
    """The row of one channel on the page, when the like and the repost were read."""
    heading = page.get_by_role("rowheader", name=name, exact=True)
    cells = page.locator("#reach [role=region] tbody tr").filter(has=heading).locator("th, td")

    def is_read() -> bool:
        page.reload()
        return cells.count() == 5 and cells.nth(3).inner_text().strip() == "2"

    wait_for(is_read, f"a like and a repost to be read on {name}")
    return [" ".join(each.split()) for each in cells.all_inner_texts()]


def month_later(stage: Stage) -> dict[str, Any]:
    """The house's clocks go ahead: a month later some are still here; when the month is old enough, the whole thread is judged."""
    links = stage.need("links", "step 6")
    staying = crowd.by_way(stage, links["plaza"], links["bluesky"])
    stage.serve_later(MONTH)
    for each in staying:
        crowd.reply(stage.page(each.name), stage.kept["topic"], f"A month later {each.name} mends as well.")
        each.here = True
    stage.serve_later(OLD_ENOUGH)
    return {"still_here": len(staying), **numbers.compare(stage)}
