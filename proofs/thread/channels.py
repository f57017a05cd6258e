"""Before the walk: the social media manager connects the guild's Bluesky account, and posts the campaign's link on Plaza."""

import re
from typing import Any

from proofs.thread.people import go, signed_in, words
from proofs.thread.stage import Stage, hold, wait_for

INVITATION = "A hall, a kettle, and a hundred people who mend things. Come and mend with us."


def connect(stage: Stage) -> dict[str, Any]:
    page = go(signed_in(stage, "dov"), "/desk/channels/new/bluesky/")
    page.locator("main input[name=handle]").fill(stage.guild.handle)
    page.locator("main input[name=password]").fill(stage.guild.app_password)
    page.locator("main input[name=server]").fill(stage.net.pds_url)
    page.get_by_role("button", name="Connect", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/channels/[0-9a-z]{13}/"))
    hold(stage.guild.handle in words(page), f"the channel's page does not name {stage.guild.handle}")
    stage.kept["bluesky"] = page.url.rstrip("/").rpartition("/")[2]
    go(page, "/desk/channels/")
    listed = page.locator("main a[href*='/desk/channels/']:not([href*=new])")
    addresses = {str(link.get_attribute("href")).rstrip("/").rpartition("/")[2] for link in listed.all()}
    plaza = sorted(each for each in addresses if each and each != stage.kept["bluesky"])
    hold(plaza, "the demo has no Plaza channel")
    stage.kept["plaza"] = plaza[0]
    post_the_invitation(stage)
    return {"channels": 1 + len(plaza), "bluesky_account": stage.guild.did}


def post_the_invitation(stage: Stage) -> None:
    """On Plaza at once, leading to the join page by a tracked link."""
    page = go(signed_in(stage, "dov"), f"/desk/posts/new/?channel={stage.kept['plaza']}")
    page.locator("main textarea[name=text]").fill(INVITATION)
    page.locator("main input[name=target]").fill("/join/")
    page.locator("main input[name=card_title]").fill("Join the guild")
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(re.compile(r"/desk/posts/[0-9a-z]{13}/$"))
    stage.kept["invitation_post"] = page.url
    there = page.get_by_role("link", name="On the network")
    wait_for(lambda: page.reload() and there.count(), "the invitation on Plaza")
    stage.kept["invitation_there"] = there.first.get_attribute("href")
