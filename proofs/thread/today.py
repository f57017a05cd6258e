"""Step 10. The desk opens on what waits; the one calendar shows posts and events together."""

from typing import Any

from proofs.thread.people import go, signed_in, words
from proofs.thread.stage import Stage, hold


def walk(stage: Stage) -> dict[str, Any]:
    page = go(signed_in(stage, "ines"), "/desk/")
    head = page.locator("main .lead").first.inner_text()
    rows = page.locator("main ul.rows > li").count()
    hold(rows, f"Today shows no rows; it says: {head}")
    sections = [each.inner_text() for each in page.locator("main section h2").all()]
    hold("/desk/" in page.url and len(sections) >= 2, f"Today has only {sections}")
    go(page, "/desk/today/?list=all")
    welcomed = stage.kept.get("wanda", "") in words(page)
    hold(welcomed, "nobody is asked to welcome the newcomer")
    return {"head": head, "rows": rows, "sections": "/".join(sections), "newcomer_welcomed": 1, **calendar(stage)}


def calendar(stage: Stage) -> dict[str, Any]:
    page = go(signed_in(stage, "marta"), "/desk/calendar/?view=list")
    events = page.locator("main .calendar-entry.wing-community").count()
    posts = page.locator("main .calendar-entry.wing-social").count()
    hold(events and posts, f"the calendar shows {events} events and {posts} posts")
    hold("One chair by the machine" in words(page), "the calendar does not show the event of step 4")
    post = str(stage.need("post", "step 6")).partition("/desk/")[2]
    hold(page.locator(f"main a[href*='{post}']").count(), "the calendar does not show the post of step 6")
    return {"events_in_the_calendar": events, "posts_in_the_calendar": posts}
