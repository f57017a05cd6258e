"""Step 10. The desk opens on the worklist's six points; the one calendar shows posts and events together."""

from typing import Any

from playwright.sync_api import Page

from proofs.thread import gather, hear
from proofs.thread.judge import cite
from proofs.thread.people import go, signed_in, words
from proofs.thread.stage import Stage, hold, wait_for


def walk(stage: Stage) -> dict[str, Any]:
    last = stage.need("newcomers", "step 8")[-1]
    cite(go(stage.page(last.name), f"/reports/talk.topic/{topic_of(stage)}/"), "Is this the right space for it?")
    page = signed_in(stage, "marta")
    waiting = page.locator("#waiting", has_text=hear.LEFT_WAITING)
    wait_for(lambda: go(page, "/desk/") and waiting.count(), "the stranger who waits on Today")
    hold("/desk/today/" in page.url, "the desk does not open on Today")
    head = page.locator("main .lead").first.inner_text()
    hold("cannot wait" in head and "minutes" in head, f"the head says: {head}")
    return {"head": head, **six_points(page, last.name), **calendar(stage)}


def topic_of(stage: Stage) -> str:
    return str(stage.need("topic", "step 2")).rstrip("/").rpartition("/")[2][:13]


def six_points(page: Page, newcomer: str) -> dict[str, Any]:
    """1 since when, 2 cannot wait, 3 people waiting of both wings, 4 welcome, 5 decide, 6 going out today."""
    since = page.locator("#since li").count()
    hold(0 < since <= 3, f"*since* has {since} lines")
    urgent, wings = rows(page, "cannot_wait"), {}
    for wing in ("community", "social"):
        wings[wing] = page.locator(f"#waiting .work.wing-{wing}").count()
        hold(wings[wing], f"nobody of the {wing} wing waits")
    welcome = page.locator("#welcome .work", has_text=newcomer)
    told = str(welcome.first.text_content())  # it may be folded away: many came
    hold("zips" in told, "the welcome does not say what the newcomer told at the door")
    decide = rows(page, "decide")
    hold(
        page.locator("#decide", has_text="Report, guideline").count(),
        "the case of this walk is not there to be decided",
    )
    out = page.locator("#going_out")
    hold(gather.TITLE in out.inner_text(), "what goes out today does not hold the event")
    both = [out.locator(f".wing-{wing}").count() for wing in ("social", "community")]
    hold(all(both), f"{both[0]} posts and {both[1]} events go out today")
    for point in ("cannot_wait", "waiting", "welcome", "decide"):
        acts = page.locator(f"#{point} .work-acts a.button").count()
        hold(acts == rows(page, point), f"{point}: {acts} acts for {rows(page, point)} rows")
    return {
        "since": since, "cannot_wait": urgent, "waiting": f"{wings['community']} here and {wings['social']} outside",
        "welcome": rows(page, "welcome"), "decide": decide, "going_out": sum(both),
    }  # fmt: skip


def rows(page: Page, point: str) -> int:
    found = page.locator(f"#{point} .work").count()
    hold(found, f"Today has nothing under {point}")
    return found


def calendar(stage: Stage) -> dict[str, Any]:
    page = go(signed_in(stage, "marta"), "/desk/calendar/?view=list")
    events = page.locator("main .calendar-entry.wing-community").count()
    posts = page.locator("main .calendar-entry.wing-social").count()
    hold(events and posts, f"the calendar shows {events} events and {posts} posts")
    hold(gather.TITLE in words(page), "the calendar does not show the event of step 4")
    for key in ("post", "event_post"):
        post = str(stage.need(key, "step 6")).partition("/desk/")[2]
        hold(
            page.locator(f"main a[href*='{post}']").count(),
            f"the calendar does not show the {key.replace('_', ' of the ')}",
        )
    return {"events_in_the_calendar": events, "posts_in_the_calendar": posts}
