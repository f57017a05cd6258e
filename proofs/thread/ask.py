"""Step 5. Staff asks the author for a usage right; the author finds the request by its notice and grants it with one press."""

from typing import Any

from proofs.thread.people import go, signed_in, told, words
from proofs.thread.stage import Stage, hold

PURPOSE = "We would like to show beginners that a first repair can look like this."


def walk(stage: Stage) -> dict[str, Any]:
    topic = stage.need("topic", "step 2")
    page = go(signed_in(stage, "dov"), topic)
    page.get_by_role("link", name="Ask to share this").first.click()
    page.locator("main textarea[name=purpose]").fill(PURPOSE)
    pictures = page.locator("main input[name=pictures]")
    hold(pictures.count(), "the topic's picture is not asked for")
    pictures.check()
    page.get_by_role("button", name="Ask ").click()
    page.wait_for_url("**/desk/stories/*/")
    stage.kept["right"] = page.url.rstrip("/").rpartition("/")[2]
    author = stage.page("wanda")
    told(author, author.locator(f"main a[href*='/stories/{stage.kept['right']}']"), "the request").click()
    author.wait_for_load_state()
    hold(PURPOSE in words(author), "the author does not read what it is for")
    author.get_by_role("button", name="Yes, share it").click()
    author.wait_for_load_state()
    hold("Granted" in words(go(author, f"/stories/{stage.kept['right']}/")), "the right is not granted")
    stage.kept["granted"] = True
    return {"asked": 1, "granted": 1, "with_picture": 1, "uses": author.locator("#uses li.row").count()}
