"""Step 3. A reply is reported, judged with a statement, appealed, judged again by somebody else; the reporter learns what came of it."""

import re
from typing import Any

from playwright.sync_api import Page

from proofs.thread.people import go, signed_in, told, words
from proofs.thread.stage import Stage, hold

UNKIND = "Anybody who needs pliers for that should leave mending to people who can."
REASONS = "It belittles somebody's first work. Say what could be better, and leave the person out of it."


def walk(stage: Stage) -> dict[str, Any]:
    topic = stage.need("topic", "step 2")
    write(stage, topic)
    cited = report(stage, topic)
    case = decide(stage, UNKIND)
    hold(UNKIND not in words(go(stage.page("visitor"), topic)), "the hidden reply is still shown to visitors")
    statement = appeal(stage)
    rule(stage, case)
    go(stage.page("oskar"), statement)
    hold("Upheld" in words(stage.page("oskar")), "the author does not learn that the appeal was upheld")
    hold(UNKIND in words(go(stage.page("visitor"), topic)), "the reply did not come back when the appeal was upheld")
    page = go(stage.page("wanda"), "/reports/")
    hold("appealed" in words(page), "the reporter does not learn of the outcome")
    return {"guideline": cited, "cases": 1, "decisions": 1, "statements": 1, "appeals_upheld": 1, "reporter_told": 1}


def write(stage: Stage, topic: str) -> None:
    page = go(signed_in(stage, "oskar"), topic)
    page.locator("main textarea[name=source]").fill(UNKIND)
    page.get_by_role("button", name="Reply", exact=True).click()
    page.locator("#replies", has_text=UNKIND).wait_for()


def report(stage: Stage, topic: str) -> str:
    """The newcomer reports it. Gives the guideline's number."""
    page = go(stage.page("wanda"), topic)
    page.locator("article.reply", has_text=UNKIND).get_by_role("link", name="Report").click()
    return cite(page, "It made me want to take my picture down again.")


def cite(page: Page, words_to_moderators: str) -> str:
    """Fills the form of reporting, naming a guideline. Gives the guideline's number."""
    page.locator("main input[name=clause]").first.check()
    cited = page.locator("label:has(input[name=clause]:checked)").inner_text().split()[0]
    page.locator("main textarea[name=words]").fill(words_to_moderators)
    page.get_by_role("button", name="Report", exact=True).click()
    page.wait_for_url("**/reports/")
    hold("Waits for a decision" in words(page), "the report does not wait for a decision")
    return cited


def decide(stage: Stage, said: str) -> str:
    """A moderator hides it with reasons. Gives the case's address."""
    page = go(signed_in(stage, "bashir"), "/desk/moderation/")
    page.locator("main li", has_text=said[:40]).get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/desk/moderation/[0-9a-z]{13}/"))
    case = page.url
    page.locator("main input[name=outcome][value=hide]").check()
    page.locator("main textarea[name=reasons]").fill(REASONS)
    page.get_by_role("button", name="Decide", exact=True).click()
    page.wait_for_url("**/desk/moderation/")
    return case


def appeal(stage: Stage) -> str:
    """The author finds the statement by the notice, and appeals. Gives the statement's address."""
    page = stage.page("oskar")
    told(page, page.locator("main a[href*='/statements/']"), "the statement").click()
    page.wait_for_url("**/statements/*/")
    hold(REASONS in words(page), "the statement does not give the reasons")
    page.locator("main textarea[name=words]").fill("I meant my own clumsy hands and should have said so.")
    page.get_by_role("button", name="Appeal").click()
    page.wait_for_load_state()
    hold("It waits" in words(page), "the appeal does not wait")
    return page.url


def rule(stage: Stage, case: str) -> None:
    """Who decided first is not offered the appeal; somebody else upholds it."""
    first = go(stage.page("bashir"), case)
    hold(not first.get_by_role("button", name="Decide the appeal").count(), "the same moderator may decide the appeal")
    page = go(signed_in(stage, "ines"), case)
    page.locator("main input[name=upheld][value=yes]").check()
    page.locator("main textarea[name=reasons]").fill("It can be read either way, and the author has explained it.")
    page.get_by_role("button", name="Decide the appeal").click()
    page.wait_for_load_state()
    hold("Upheld by" in words(page), "the case does not show that the appeal was upheld")
