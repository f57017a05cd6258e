"""Step 9, the other causes: the author withdraws the text, a decision hides it, it moves to a private space, its author leaves. Each
time both posts come down from the networks, which are read back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from proofs.thread import crowd
from proofs.thread.crowd import Newcomer
from proofs.thread.judge import cite, decide
from proofs.thread.people import go, signed_in, spaces_of, words
from proofs.thread.publish import records
from proofs.thread.stage import Stage, hold, wait_for

TENDERS = ("ines", "marta", "bashir")


@dataclass
class Used:
    """A newcomer's text that is out on both networks under their right."""

    author: Newcomer
    topic: str
    text: str
    right: str
    record: str = ""
    on_plaza: str = ""

    @property
    def id(self) -> str:
        return self.topic.rstrip("/").rpartition("/")[2][:13]


def walk(stage: Stage) -> dict[str, Any]:
    plaza = stage.kept["links"]["plaza"]
    authors = crowd.by_way(stage, plaza, plaza)
    used = {cause: put_out(stage, author, cause) for cause, author in zip(CAUSES, authors, strict=False)}
    for each in used.values():
        wait_until_out(stage, each)
    for cause, each in used.items():
        CAUSES[cause][0](stage, each)
    for cause, each in used.items():
        wait_until_down(stage, each, cause)
    return {"other_causes": "/".join(used), "withdrawn_for_them_on_bluesky": len(used), "on_plaza": len(used)}


def put_out(stage: Stage, author: Newcomer, cause: str) -> Used:
    """Topic, request, grant, and a post to both networks at once."""
    text = f"{author.name} mended a {cause} kettle with a new seal and some patience."
    topic = crowd.open_topic(stage, author, f"The kettle that was {cause}", text)
    page = go(signed_in(stage, "dov"), topic)
    page.get_by_role("link", name="Ask to share this").first.click()
    page.locator("main textarea[name=purpose]").fill("To show what a new seal can do.")
    page.get_by_role("button", name="Ask ").click()
    page.wait_for_url("**/desk/stories/*/")
    used = Used(author, topic, text, page.url.rstrip("/").rpartition("/")[2])
    own = go(stage.page(author.name), f"/stories/{used.right}/")
    own.get_by_role("button", name="Yes, share it").click()
    own.wait_for_load_state()
    go(page, f"/desk/posts/new/?material=bridge.right:{used.right}")
    for channel in (stage.kept["plaza"], stage.kept["bluesky"]):
        page.locator(f"main input[name=channels][value='{channel}']").check()
    page.locator("#previews", has_text=stage.guild.handle).wait_for()
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(re.compile(r"/desk/posts/[0-9a-z]{13}/$"))
    return used


def wait_until_out(stage: Stage, used: Used) -> None:
    """Finds both: the record on Bluesky by its text, the post on Plaza from the page of uses."""
    page = signed_in(stage, "dov")
    there = page.locator("#uses a", has_text="See it there")
    address = f"/desk/stories/{used.right}/"
    wait_for(lambda: go(page, address) and there.count() == 2, f"both posts of {used.author.name} to be out", 120)
    addresses = [str(link.get_attribute("href")) for link in there.all()]
    used.on_plaza = next(each for each in addresses if "/plaza/" in each)
    used.record = next(uri for uri, each in records(stage).items() if used.author.name in each.value.text)


def withdraw(stage: Stage, used: Used) -> None:
    page = go(stage.page(used.author.name), used.topic)
    page.locator("form[action*='/presence/'] button").first.evaluate("button => button.click()")
    page.wait_for_url("**/spaces/**")


def be_hidden(stage: Stage, used: Used) -> None:
    """Somebody reports it, a moderator hides it: it counts as written no more."""
    cite(go(stage.page("wanda"), f"/reports/talk.topic/{used.id}/"), "This is a text from elsewhere.")
    decide(stage, used.text)
    used.author.wrote = False


def move(stage: Stage, used: Used) -> None:
    """Somebody who tends it and a private space moves it there: it counts as written no more."""
    for name in TENDERS:
        page = signed_in(stage, name)
        private = spaces_of(page, "Private")
        answer = page.goto(f"/topics/{used.id}/place/")
        offered = page.locator("main select[name=space] option").all_inner_texts()
        closed = [each for each in offered if each in private]
        if answer and answer.status == 200 and closed:
            page.locator("main select[name=space]").select_option(label=closed[0])
            page.get_by_role("button", name="Move", exact=True).click()
            page.wait_for_url("**/topics/*-*/")
            used.author.wrote = False
            seen = stage.page("visitor").goto(used.topic)
            hold(seen and seen.status == 404, "a visitor sees what was moved")
            return
    hold(False, "nobody can move a topic to a private space")


def leave(stage: Stage, used: Used) -> None:
    """The author leaves; the link that brought them is forgotten with them."""
    page = go(stage.page(used.author.name), "/leaving/")
    page.locator("main input[name=name]").fill(used.author.name)
    page.get_by_role("button", name="Erase everything and leave").click()
    page.wait_for_url(lambda url: "/leaving/" not in url)
    used.author.has_left = True


def wait_until_down(stage: Stage, used: Used, cause: str) -> None:
    """Read back from both networks. The author's page says why, and what each network answered; of who has left, the staff's does
    (of what moved out of their sight it would not)."""
    visitor = stage.page("visitor")
    page = signed_in(stage, "dov") if used.author.has_left else stage.page(used.author.name)
    wait_for(lambda: used.record not in records(stage), f"the record of what was {cause} to go from Bluesky")
    wait_for(lambda: gone(visitor.goto(used.on_plaza)), f"the post of what was {cause} to go from Plaza")
    down = page.locator("#uses li.row").filter(has_text="Taken down").filter(has_text="The network answered")
    address = f"{'/desk' if used.author.has_left else ''}/stories/{used.right}/"
    wait_for(lambda: go(page, address) and down.count() == 2, f"both networks' answers for what was {cause}")
    hold(CAUSES[cause][1] in words(page), f"the page of uses does not say that the text was {cause}")


def gone(answer: Any) -> bool:
    """Plaza says that it was taken down, or that there is nothing."""
    return answer is not None and (answer.status in (404, 410) or "taken down" in answer.text().lower())


CAUSES: dict[str, tuple[Callable[[Stage, Used], None], str]] = {
    "withdrawn": (withdraw, "The author withdrew the text."),
    "hidden": (be_hidden, "The text was hidden by a decision."),
    "moved": (move, "The text moved to where not every member reads it."),
    "orphaned": (leave, "The author left."),
}
