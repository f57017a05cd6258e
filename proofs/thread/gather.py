"""Step 4. An event with one seat: the newcomer takes it, somebody else waits and moves up when it frees; calendar file, reminder."""

from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from proofs.thread.people import go, signed_in, told, words
from proofs.thread.stage import ZONE, Stage, hold, wait_for
from proofs.thread.talk import space_called

TITLE = "One chair by the machine"
AHEAD = timedelta(minutes=62)  # then up to the next five: so that the reminder of the last hour falls into the walk
FIVE = timedelta(minutes=5)


def walk(stage: Stage) -> dict[str, Any]:
    stage.need("wanda", "step 1")
    address = plan(stage)
    first, second = stage.page("wanda"), signed_in(stage, "tomasz")
    answer(first, address, "I come")
    hold("You come" in words(first), "the first does not have the seat")
    answer(second, address, "Wait for a seat")
    hold("You wait" in words(second), "the second does not wait")
    file = calendar_file(first)
    answer(first, address, "I cannot come")
    hold("You come" in words(go(second, address)), "who waited did not move up")
    told(second, second.locator("main .row", has_text=TITLE), "the seat that became free")
    stage.kept["event"] = address
    return {"seats": 1, "waited": 1, "moved_up": 1, "calendar_bytes": len(file)}


def plan(stage: Stage) -> str:
    page = signed_in(stage, "ines")
    space = space_called(page, "Needle and thread").strip("/").rpartition("/")[2][:13]
    go(page, f"/spaces/{space}/events/new/")
    soon = datetime.now(ZONE).replace(second=0, microsecond=0) + AHEAD
    begins = soon + (FIVE - timedelta(minutes=soon.minute) % FIVE) % FIVE
    page.locator("main input[name=title]").fill(TITLE)
    page.locator("main input[name=starts]").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    page.locator("main input[name=ends]").fill((begins + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("main input[name=place]").fill("Hall 3")
    page.locator("main input[name=seats]").fill("1")
    page.get_by_role("button", name="Plan the event").click()
    page.wait_for_url("**/events/*-*/")
    return page.url


def answer(page: Page, address: str, button: str) -> None:
    go(page, address)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def calendar_file(page: Page) -> str:
    address = page.get_by_role("link", name="Into your calendar").get_attribute("href")
    answered = page.request.get(f"{page.url.split('/events/')[0]}{address}")
    file = answered.text()
    hold(answered.headers["content-type"].startswith("text/calendar"), "the calendar file is no calendar")
    hold(f"SUMMARY:{TITLE}" in file and "BEGIN:VEVENT" in file, "the calendar file does not hold the event")
    return file


def remind(stage: Stage) -> dict[str, Any]:
    """Who has the seat is reminded by the worker an hour before; who gave it up is not."""
    stage.need("event", "step 4")
    page, told = signed_in(stage, "tomasz"), f"Soon: {TITLE}"
    row = page.locator("main .row", has_text=TITLE).filter(has_text=told)
    wait_for(lambda: page.goto("/notices/") and row.count(), "the reminder", 420)
    hold(row.count() == 1, f"{row.count()} reminders of one event")
    other = go(stage.page("wanda"), "/notices/").locator("main .row", has_text=TITLE).filter(has_text=told)
    hold(other.count() == 0, "who gave up the seat is reminded")
    return {"reminded": row.count(), "reminded_though_not_coming": other.count()}
