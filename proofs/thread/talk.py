"""Step 2. The newcomer opens a topic with a picture; a member answers; the answer comes to the open page by itself, with a notice."""

import base64
from typing import Any

from playwright.sync_api import Page

from proofs.thread.people import go, signed_in, spaces_of, told, words
from proofs.thread.stage import Stage, hold, wait_for

TITLE = "My first zip, mended"
TEXT = (
    "The slider had opened like a mouth. I pressed it **shut with pliers**, a little on each side, and it runs again."
)
ALT = "a zip half open on a blue jacket"
REPLY = "Beautifully done. Rub a candle along the teeth and it will run for years."
PICTURE = """
async () => {
  const canvas = new OffscreenCanvas(640, 480), pen = canvas.getContext("2d");
  pen.fillStyle = "#2b4a6f"; pen.fillRect(0, 0, 640, 480);
  pen.fillStyle = "#d8c690"; for (let i = 0; i < 24; i++) pen.fillRect(300, 10 + i * 20, 40, 12);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({type: "image/png"})).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}
"""


def walk(stage: Stage) -> dict[str, Any]:
    stage.need("wanda", "step 1")
    page = stage.page("wanda")
    topic = open_topic(stage, page)
    seconds = be_answered(stage, page)
    told(page, page.locator("main .row", has_text="Tomasz"), "the answer")
    go(stage.page("visitor"), topic)
    hold(REPLY in words(stage.page("visitor")), "a visitor does not read the answer in a public space")
    closed = closed_spaces(stage)
    return {"topic": topic.split("/")[-2][:13], "answered_live_after_seconds": seconds, "notices": 1, **closed}


def space_called(page: Page, name: str) -> str:
    go(page, "/spaces/")
    return str(page.locator("main a", has_text=name).first.get_attribute("href"))


def open_topic(stage: Stage, page: Page) -> str:
    """In a public space, with the picture that was dropped on the writing box. Gives its address."""
    go(page, space_called(page, "Needle and thread"))
    page.get_by_role("link", name="Open a topic").first.click()
    page.locator("main input[name=title]").fill(TITLE)
    box = page.locator("main textarea[name=source]")
    box.fill(TEXT + "\n\n")
    give_picture(page)
    box.fill(box.input_value().replace("![]", f"![{ALT}]").replace("![mended]", f"![{ALT}]"))
    page.get_by_role("button", name="Open topic").click()
    page.wait_for_url("**/topics/*-*/")
    picture = page.locator("article img[src*='/files/']").first
    hold(picture.count(), "the topic shows no picture")
    wait_for(lambda: picture.evaluate("each => each.naturalWidth"), "the picture's pixels", 20)
    hold(picture.get_attribute("alt") == ALT, "the picture has lost its words")
    hold(page.locator("article strong", has_text="shut with pliers").count(), "Markdown was not drawn")
    stage.kept |= {"topic": page.url, "topic_title": TITLE}
    return page.url


def give_picture(page: Page) -> None:
    """Drops a picture on the box, as from a folder."""
    drawn = page.evaluate(PICTURE)
    hold(base64.b64decode(drawn).startswith(b"\x89PNG"), "the browser drew no picture")
    given = page.evaluate_handle(
        """drawn => { const held = new DataTransfer();
        held.items.add(new File([Uint8Array.from(atob(drawn), c => c.charCodeAt(0))], "mended.png", {type: "image/png"}));
        return held; }""",
        drawn,
    )
    page.locator("main textarea[name=source]").dispatch_event("drop", {"dataTransfer": given})
    box = page.locator("main textarea[name=source]")
    wait_for(lambda: "/files/" in box.input_value(), "the picture's place in the text", 20)


def be_answered(stage: Stage, page: Page) -> float:
    """Another member answers; the newcomer's page stays open and is not loaded again."""
    page.wait_for_timeout(1500)
    page.evaluate("window.stayed = true")
    friend = go(signed_in(stage, "tomasz"), stage.kept["topic"])
    friend.locator("main textarea[name=source]").fill(REPLY)
    friend.get_by_role("button", name="Reply", exact=True).click()
    friend.wait_for_load_state()
    began = page.evaluate("performance.now()")
    page.locator("#replies", has_text=REPLY).wait_for(timeout=30_000)
    hold(page.evaluate("window.stayed === true"), "the page was loaded again")
    return round((float(page.evaluate("performance.now()")) - float(began)) / 1000, 1)


def closed_spaces(stage: Stage) -> dict[str, Any]:
    """Spaces of the four visibilities as their own people, the newcomer and a visitor see them in the list of spaces."""
    seen = {}
    for who in ("visitor", "wanda", "marta"):
        page = stage.page(who) if who != "marta" else signed_in(stage, "marta")
        seen[who] = {kind: len(spaces_of(page, kind)) for kind in ("Public", "Members", "Private", "Secret")}
    hold(all(seen["marta"].values()), f"of some visibility there is no space: {seen['marta']}")
    hold(seen["visitor"]["Public"] == seen["marta"]["Public"], "a visitor does not see the public spaces")
    hold(seen["visitor"]["Private"] == seen["visitor"]["Secret"] == 0, "a visitor sees closed spaces")
    hold(seen["wanda"]["Secret"] == 0, "a newcomer sees a secret space")
    return {f"spaces_seen_by_{who}": sum(kinds.values()) for who, kinds in seen.items()}
