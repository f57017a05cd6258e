"""Step 8. Strangers follow the tracked links; the clicks are those of the post; Impact shows the thread with its formulas and gaps."""

import re
from typing import Any

from playwright.sync_api import Page

from proofs.thread.people import go, signed_in, words
from proofs.thread.stage import AGENT, Stage, hold, wait_for

VISITS = {"plaza": 3, "bluesky": 2}


def walk(stage: Stage) -> dict[str, Any]:
    links = stage.need("links", "step 6")
    for network, visits in VISITS.items():
        for number in range(visits):
            visit(stage, links[network], number)
    page = signed_in(stage, "dov")
    sent = sum(VISITS.values())
    wait_for(lambda: clicks(go(page, stage.kept["post"])) == sent, f"{sent} clicks on the post's page", 30)
    joined = clicks(go(page, stage.need("invitation_post", "the channels")))
    hold(joined == 1, f"the invitation's link counted {joined} clicks, one was made")
    return {"clicks_sent": sent + 1, "clicks_counted": sent + joined, **impact(stage)}


def visit(stage: Stage, code: str, number: int) -> None:
    """One stranger with a browser of their own: the counting redirect, and the page to which it leads."""
    context = stage.browser.new_context(user_agent=f"{AGENT} Visit/{number}", base_url=stage.url)
    page = context.new_page()
    answer = page.goto(f"/l/{code}")
    hold(answer and answer.status == 200 and "/l/" not in page.url, f"the link {code} leads nowhere")
    hold(not context.cookies(), "following a link left a cookie")
    context.close()


def clicks(page: Page) -> int:
    return sum(int(each) for each in re.findall(r"(\d+) clicks?\b", words(page)))


def impact(stage: Stage) -> dict[str, Any]:
    """The page as the lead reads it: the whole month, then the thread by channel, post and campaign."""
    page = go(signed_in(stage, "philippa"), "/desk/insights/impact/")
    sentence = page.locator("#impact-sentence").inner_text()
    hold(re.search(r"\d+ (people|person)", sentence), f"Impact says no number of people: {sentence}")
    cells = {}
    for cut in ("channel", "post", "campaign"):
        go(page, f"/desk/insights/impact/?by={cut}")
        rows = page.locator("#thread table tbody tr").all_inner_texts()
        hold(rows, f"the thread by {cut} has no rows")
        is_unknown = [row for row in rows if "nknown" in row]
        hold(is_unknown, f"the thread by {cut} has no row for what is unknown")
        small = [row for row in rows for figure in row.split("\t")[2:] if figure.strip() in ("1", "2", "3", "4")]
        hold(not small, f"the thread by {cut} shows fewer than five people: {small[:1]}")
        cells[f"rows_by_{cut}"] = len(rows)
    print("\n".join(f"    {' | '.join(row.split(chr(9)))}" for row in rows))
    return {"impact": " ".join(sentence.split()), **cells}
