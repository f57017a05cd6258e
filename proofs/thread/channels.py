"""Before the walk: two channels are connected (Bluesky, and an account of our own on Plaza), and a campaign's post invites people."""

import re
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from proofs.thread.people import go, signed_in, words
from proofs.thread.stage import ZONE, Stage, hold, wait_for

INVITATION = "A hall, a kettle, and a hundred people who mend things. Come and mend with us."
HANDLE, NAME = "mend-porch", "The mending porch"
CAMPAIGN = "Come and mend with us"
EVERY = "20"  # seconds between two looks at a channel


def connect(stage: Stage) -> dict[str, Any]:
    listen_often(stage)
    stage.kept["bluesky"] = connect_bluesky(stage)
    stage.kept["plaza"] = connect_plaza(stage)
    stage.kept["campaign"] = make_campaign(stage)
    post_the_invitation(stage)
    return {"channels_connected": 2, "bluesky_account": stage.guild.did, "campaigns": 1, "looks_every_seconds": EVERY}


def listen_often(stage: Stage) -> None:
    """The owner lets the house look more often at what was said, on the page of settings."""
    page = go(signed_in(stage, "marta"), "/desk/settings/")
    form = page.locator("form[action*='listen.every_seconds']")
    form.locator("input[name=value]").fill(EVERY)
    form.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    kept = page.locator("form[action*='listen.every_seconds'] input[name=value]").input_value()
    hold(kept == EVERY, "the setting of how often we listen was not kept")


def connect_bluesky(stage: Stage) -> str:
    page = go(signed_in(stage, "dov"), "/desk/channels/new/bluesky/")
    page.locator("main input[name=handle]").fill(stage.guild.handle)
    page.locator("main input[name=password]").fill(stage.guild.app_password)
    page.locator("main input[name=server]").fill(stage.net.pds_url)
    return connected(page, stage.guild.handle, stage.kept.setdefault("titles", {}))


def connect_plaza(stage: Stage) -> str:
    """An account that is new, so that whatever comes by it was done in this walk."""
    page = go(signed_in(stage, "dov"), "/plaza/connecting/")
    address, key = page.locator("dd code").all_inner_texts()
    go(page, "/desk/channels/new/plaza/")
    for name, value in {"server": address, "handle": HANDLE, "name": NAME, "key": key}.items():
        page.locator(f"main input[name={name}]").fill(value)
    return connected(page, HANDLE, stage.kept.setdefault("titles", {}))


def connected(page: Page, name: str, titles: dict[str, str]) -> str:
    """Gives the channel's id, and keeps what it is called here."""
    page.get_by_role("button", name="Connect", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/channels/[0-9a-z]{13}/"))
    hold(name in words(page), f"the channel's page does not name {name}")
    titles[name] = page.locator("h1").first.inner_text().strip()
    return page.url.rstrip("/").rpartition("/")[2]


def make_campaign(stage: Stage) -> str:
    page, today = go(signed_in(stage, "dov"), "/desk/campaigns/"), datetime.now(ZONE).date()
    given = {"name": CAMPAIGN, "goal": "Ten people who have never mended anything come and try.", "joins_wanted": "10"}
    given |= {"starts": f"{today}", "ends": f"{today + timedelta(days=20)}"}
    page.locator("main #new summary").click()
    for name, value in given.items():
        page.locator(f"main [name={name}]").fill(value)
    page.get_by_role("button", name="Make the campaign").click()
    page.wait_for_url(re.compile(r"/desk/campaigns/[0-9a-z]{13}/"))
    return page.url


def post_the_invitation(stage: Stage) -> None:
    """Written for the campaign, on both networks at once, leading to the join page by a tracked link each."""
    page = go(signed_in(stage, "dov"), stage.kept["campaign"])
    page.get_by_role("link", name="Write a post for it").click()
    page.wait_for_url("**material=**")
    for channel in (stage.kept["plaza"], stage.kept["bluesky"]):
        page.locator(f"main input[name=channels][value='{channel}']").check()
    page.locator("main textarea[name=text]").fill(INVITATION)
    hold(
        page.locator("main input[name=target]").input_value() == "/join/", "a campaign's post does not lead to the door"
    )
    page.locator("main input[name=card_title]").fill("Join the guild")
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(re.compile(r"/desk/posts/[0-9a-z]{13}/$"))
    stage.kept["invitation_post"] = page.url
    there = page.get_by_role("link", name="On the network")
    wait_for(lambda: page.reload() and there.count() == 2, "the invitation on both networks")
    addresses = [str(link.get_attribute("href")) for link in there.all()]
    stage.kept["invitation_there"] = next(each for each in addresses if "/plaza/" in each)
