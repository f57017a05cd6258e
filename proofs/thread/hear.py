"""Step 7. Strangers answer on both networks; staff answers from the inbox; a mention becomes a topic, is answered, and is told back."""

import re
from datetime import datetime
from typing import Any

from atproto import models
from playwright.sync_api import Page

from proofs.thread.channels import INVITATION
from proofs.thread.people import go, signed_in, words
from proofs.thread.publish import records, sdk
from proofs.thread.stage import Stage, hold, wait_for

FROM_PLAZA = "Does the candle work on plastic zips as well?"
FROM_BLUESKY = "My grandmother used a pencil for this. Is that wrong?"
TO_PLAZA = "It does: rub lightly, and wipe off what is left over."
TO_BLUESKY = "Not wrong at all: graphite slides too, it only leaves a grey line on white cloth."
LEFT_WAITING = "And is there a repair evening for zips only?"
MENTION = "can anybody mend a music box that plays one note too few?"
ADVICE = "Look for a bent tooth on the comb first. It is nearly always the comb."
SPACE = "Ask the bench"
TOLD = "Somebody here has an idea about your music box:"


def walk(stage: Stage) -> dict[str, Any]:
    on_plaza = stage.need("on_plaza", "step 6")
    answer_as_stranger(stage, on_plaza, FROM_PLAZA, "Kettle fan")
    answer_on_bluesky(stage)
    praised = praise(stage)
    exchange(stage, FROM_PLAZA, TO_PLAZA)
    exchange(stage, FROM_BLUESKY, TO_BLUESKY)
    page = stage.page("visitor")
    wait_for(lambda: TO_PLAZA in words(go(page, on_plaza)), "our answer on Plaza")
    ours = wait_for(
        lambda: [each for each in records(stage).values() if each.value.text.startswith(TO_BLUESKY[:40])],
        "our answer on Bluesky",
    )
    hold(ours[0].value.reply.root.uri == stage.kept["record"], "our answer on Bluesky hangs under another post")
    stage.kept["answered"] = ours[0].uri
    told = mention_to_topic(stage)
    answer_as_stranger(stage, on_plaza, LEFT_WAITING, "Zip fan")
    return {
        "strangers_heard": 2,
        "answered_on_plaza": 1,
        "answered_on_bluesky": ours[0].uri,
        "likes_and_reposts": praised,
        **told,
    }


def answer_as_stranger(stage: Stage, address: str, said: str, name: str) -> None:
    page = go(stage.page("visitor"), address)
    form = page.locator("form.write")
    form.locator("textarea[name=text]").fill(said)
    form.locator("input[name=as]").fill(name)
    form.locator("button").click()
    page.wait_for_load_state()


def answer_on_bluesky(stage: Stage) -> None:
    client = sdk(stage, stage.stranger)
    uri = stage.kept["record"]
    post = records(stage)[uri]
    wait_for(
        lambda: client.get_posts([uri]).posts, "the network's index to know the post: earlier answers are never told"
    )
    root = models.ComAtprotoRepoStrongRef.Main(cid=post.cid, uri=post.uri)
    client.send_post(FROM_BLUESKY, reply_to=models.AppBskyFeedPost.ReplyRef(parent=root, root=root))


def praise(stage: Stage) -> int:
    """Strangers like and pass on the invitation on both networks. Gives how often."""
    page = stage.page("visitor")
    for act in ("Like", "Repost"):
        go(page, stage.kept["invitation_there"]).locator("article.post").first.get_by_role("button", name=act).click()
        page.wait_for_load_state()
    client = sdk(stage, stage.stranger)
    uri, post = next((uri, each) for uri, each in records(stage).items() if INVITATION in each.value.text)
    wait_for(lambda: client.get_posts([uri]).posts, "the network's index to know the invitation")
    client.like(uri, post.cid)
    client.repost(uri, post.cid)
    return 4


def conversation(stage: Stage, said: str) -> Page:
    """The inbox's conversation in which somebody said so, when it has been heard."""
    page = signed_in(stage, "dov")
    row = page.locator("main .row", has_text=said)
    wait_for(lambda: page.goto("/desk/inbox/?which=all") and row.count(), f"the inbox to hear “{said[:30]}…”", 240)
    row.first.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/desk/inbox/[0-9a-z]{13}/"))
    return page


def exchange(stage: Stage, said: str, answer: str) -> None:
    page = conversation(stage, said)
    page.locator("main textarea[name=text]").fill(answer)
    page.get_by_role("button", name="Answer", exact=True).click()
    page.locator("ol.exchange", has_text=answer).wait_for()


def mention_to_topic(stage: Stage) -> dict[str, Any]:
    """A stranger names us on Plaza; staff makes a topic of it; a member answers; staff tells it back."""
    page = go(stage.page("visitor"), stage.need("invitation_there", "the channels"))
    handle = page.locator("article.post .handle").first.inner_text().strip()
    go(page, "/plaza/")
    form = page.locator("form.write").first
    form.locator("textarea[name=text]").fill(f"{handle} {MENTION}")
    form.locator("input[name=as]").fill("Music box")
    form.locator("button").click()
    staff = conversation(stage, MENTION)
    inbox = staff.url
    opener = staff.get_by_role("link", name="Make a topic")
    hold(opener.count(), "the conversation offers no *Make a topic*")
    opener.first.click()
    staff.wait_for_url("**/topic/")
    topic = make_topic(staff)
    friend = go(signed_in(stage, "tomasz"), topic)
    friend.locator("main textarea[name=source]").fill(ADVICE)
    friend.get_by_role("button", name="Reply", exact=True).click()
    friend.locator("#replies", has_text=ADVICE).wait_for()
    tell_back(staff, inbox)
    wait_for(lambda: TOLD in words(go(page, "/plaza/")) or TOLD in thread_of(page), "the answer told back on Plaza")
    return {"topics_from_mentions": 1, "told_back": 1, "loop": four_times(stage, staff)}


def four_times(stage: Stage, page: Page) -> str:
    """Asked there, a topic here, answered here, told there: as the loop keeps them, in seconds from the first."""
    line = page.locator("main .timeline time, main ol time")
    address = page.url.replace("/desk/inbox/", "/desk/conversations/") + "topic/"
    wait_for(lambda: go(page, address) and line.count() == 4, "the fourth of the loop's times")
    times = [datetime.fromisoformat(str(each.get_attribute("datetime"))) for each in line.all()]
    hold(times == sorted(times), f"the loop's times are not in order: {times}")
    stage.kept["loop"] = times
    after = [round((each - times[0]).total_seconds()) for each in times]
    return f"asked {times[0]:%H:%M:%S} +{after[1]} s topic +{after[2]} s answered +{after[3]} s told"


def make_topic(page: Page) -> str:
    """In a public space, in words of our own beside their address, which stands there already. Gives the topic's address."""
    page.locator("main select[name=space]").select_option(label=SPACE)
    page.locator("main input[name=title]").fill("A music box that plays one note too few")
    hold("/plaza/" in page.locator("main textarea[name=source]").input_value(), "the topic does not hold their address")
    page.get_by_role("button", name="Make a topic").click()
    page.wait_for_url("**/topics/*-*/")
    return page.url


def tell_back(page: Page, inbox: str) -> None:
    go(page, inbox.replace("/desk/inbox/", "/desk/conversations/") + "topic/")
    box = page.locator("main textarea[name=text]")
    hold(box.count(), "nothing offers to tell the answer back")
    hold("/topics/" in box.input_value(), "what is told back does not hold the topic's address")
    box.fill(f"{TOLD} {box.input_value()}"[:290])
    page.get_by_role("button", name="Tell it back").click()
    page.wait_for_url("**/desk/inbox/**")
    hold(TOLD in words(page), "the conversation does not show what was told back")


def thread_of(page: Page) -> str:
    page.locator("article.post", has_text=MENTION).locator("a.when").first.click()
    page.wait_for_load_state()
    return words(page)
