"""Step 6. From the granted topic to Plaza and Bluesky, planned by the clock on the wall, delivered by the worker, read back by the SDK."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from atproto import Client
from playwright.sync_api import Page

from proofs.thread.people import go, signed_in, words
from proofs.thread.stage import Stage, hold, wait_for

POSTS = "app.bsky.feed.post"
LINK = re.compile(r"/l/([0-9a-z]+)")


def walk(stage: Stage) -> dict[str, Any]:
    stage.need("granted", "step 5")
    post = compose(stage, timedelta(minutes=1))
    page = stage.page("dov")
    there = page.get_by_role("link", name="On the network")
    wait_for(lambda: page.reload() and there.count() == 2, "both deliveries to be out", 240)
    addresses = [str(link.get_attribute("href")) for link in there.all()]
    on_plaza = next(each for each in addresses if "/plaza/" in each)
    record = newest_record(stage)
    hold(stage.kept["wanda"] in record["text"], "the record on Bluesky does not name the author")
    hold(record["images"], "the record on Bluesky has no picture, or a picture without words")
    link_there = LINK.search(str(record["whole"]))
    plaza = go(stage.page("visitor"), on_plaza)
    hold(
        stage.kept["wanda"] in plaza.locator("article.post").first.inner_text(),
        "the post on Plaza does not name the author",
    )
    link_here = LINK.search(plaza.locator("article.post").first.inner_html())
    hold(link_there and link_here and link_there[1] != link_here[1], "not every delivery has a tracked link of its own")
    assert link_there
    assert link_here
    stage.kept |= {"post": post, "record": record["uri"], "on_plaza": on_plaza}
    stage.kept["links"] = {"bluesky": link_there[1], "plaza": link_here[1]}
    stage.kept["planned"] = compose(stage, timedelta(days=2))
    stage.kept["event_post"] = compose_of_the_event(stage)
    return {
        "deliveries": 2, "bluesky_record": record["uri"], "plaza_post": on_plaza.rstrip("/").rpartition("/")[2],
        "characters_on_bluesky": len(record["text"]), "tracked_links": 2, "planned_for_later": 2,
        "planned_of_the_event": 1,
    }  # fmt: skip


def compose(stage: Stage, ahead: timedelta) -> str:
    """From the material that the composer offers; gives the post's address."""
    page = go(signed_in(stage, "dov"), "/desk/posts/new/")
    page.locator("main a[href*='material=']", has_text=stage.kept["topic_title"]).first.click()
    page.wait_for_url("**material=**")
    hold(stage.kept["wanda"] in words(page), "the composer does not name the credit")
    for channel in (stage.kept["plaza"], stage.kept["bluesky"]):
        page.locator(f"main input[name=channels][value='{channel}']").check()
    for each in page.locator("main input[name^=alt-]").all():
        each.fill("a zip half open on a blue jacket")
    page.locator("#previews", has_text=stage.guild.handle).wait_for()
    page.locator("#previews", has_text="Mend this").wait_for(state="detached")
    page.locator("main input[name=wall]").fill(wall_time(page, ahead + timedelta(seconds=20)))
    return planned(page)


def compose_of_the_event(stage: Stage) -> str:
    """From the event of step 4, for Plaza, in the middle of the hour until it begins. Gives the post's address."""
    event = stage.need("event", "step 4").rstrip("/").rpartition("/")[2][:13]
    page = go(signed_in(stage, "dov"), f"/desk/posts/new/?material=gather.event:{event}")
    hold("One chair" in page.locator("main textarea[name=text]").input_value(), "the event brings no words of its own")
    page.locator(f"main input[name=channels][value='{stage.kept['plaza']}']").check()
    page.locator("main input[name=wall]").fill(wall_time(page, timedelta(minutes=40)))
    return planned(page)


def wall_time(page: Page, ahead: timedelta) -> str:
    zone = ZoneInfo(str(page.locator("main input[name=zone]").input_value()))
    return (datetime.now(zone) + ahead).strftime("%Y-%m-%dT%H:%M")


def planned(page: Page) -> str:
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_load_state()
    hold(re.search(r"/desk/posts/[0-9a-z]{13}/$", page.url), f"it was not planned: {words(page)[:200]}")
    return page.url


def sdk(stage: Stage, account: Any) -> Client:
    """The network's own client, signed in as that account."""
    client = Client(base_url=f"{stage.net.pds_url}/xrpc")
    client.login(account.handle, account.app_password)
    return client


def records(stage: Stage) -> dict[str, Any]:
    """The guild's posts on the network, read by the stranger: record by address."""
    asked = {"repo": stage.guild.did, "collection": POSTS, "limit": 100}
    found = sdk(stage, stage.stranger).com.atproto.repo.list_records(asked).records
    return {each.uri: each for each in found}


def newest_record(stage: Stage) -> dict[str, Any]:
    found = wait_for(lambda: records(stage), "the record on Bluesky")
    newest = next(iter(found.values()))
    value = newest.value
    embed = getattr(value, "embed", None)
    images = getattr(embed, "images", None) or getattr(getattr(embed, "media", None), "images", None) or []
    return {
        "uri": newest.uri, "cid": newest.cid, "text": value.text, "whole": value.model_dump_json(),
        "images": [each for each in images if each.alt],
    }  # fmt: skip
