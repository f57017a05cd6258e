"""The newcomers beside Wanda: who came by which link and what each did. What the numbers say is held against this."""

from dataclasses import dataclass

from playwright.sync_api import Page

from proofs.thread import arrive
from proofs.thread.people import go, signed_in
from proofs.thread.stage import Stage, hold
from proofs.thread.talk import space_called

NAMES = (
    "Adam Berg", "Bela Sommer", "Carla Finch", "Dario Lund", "Edda Marsh", "Femi Okoro", "Greta Hollis", "Hugo Tarn",
    "Isla Penrose", "Jonas Weir", "Kamala Rao", "Lasse Holm", "Mona Petit", "Nils Arden", "Orla Quinn", "Pia Stroud",
)  # fmt: skip
EACH = 5
ADVICE = "Warm the glue a little first, {name}, then it lets go."


@dataclass
class Newcomer:
    """`first` and `last` are the codes of the links that they came by (empty: none); then how far they came."""

    name: str
    first: str
    last: str
    wrote: bool = False
    answered: bool = False
    here: bool = False
    has_left: bool = False

    @property
    def address(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@people.example"

    def code(self, touch: str) -> str:
        """The link to which their join is owed; whoever left takes it along."""
        return "" if self.has_left else self.first if touch == "first" else self.last


def arrive_all(stage: Stage) -> list[Newcomer]:
    """Five by the invitation, five by the story on Plaza, five who follow it on Bluesky too before they are in, one by themselves."""
    invited, plaza, bluesky = stage.kept["invitation"], stage.kept["links"]["plaza"], stage.kept["links"]["bluesky"]
    ways = [(invited, invited)] * EACH + [(plaza, plaza)] * EACH + [(plaza, bluesky)] * EACH + [("", "")]
    wanda = Newcomer(arrive.NAME, invited, invited, wrote=True, answered=True)
    stage.kept["newcomers"] = [wanda]
    for name, (first, last) in zip(NAMES, ways, strict=True):
        newcomer = Newcomer(name, first, last)
        come(stage, newcomer)
        stage.kept["newcomers"].append(newcomer)
    return list(stage.kept["newcomers"])


def come(stage: Stage, newcomer: Newcomer) -> None:
    """From the link, by the page to which it leads, through the door, without a script."""
    page = stage.page(newcomer.name, plain=True)
    if newcomer.first:
        stage.follow(page, newcomer.first)
    else:
        go(page, "/")
    if "/join/" not in page.url:
        go(page, str(page.locator("a[href^='/join/']").first.get_attribute("href")))
    hold(newcomer.first in page.url, f"the code {newcomer.first} was lost on the way to the form")
    arrive.join(page, newcomer.name, newcomer.address)
    arrive.confirm(page, newcomer.address)
    if newcomer.last != newcomer.first:
        stage.follow(page, newcomer.last)
    arrive.through_the_door(stage, page)
    page.goto("about:blank")


def by_way(stage: Stage, first: str, last: str) -> list[Newcomer]:
    """Those of the crowd who came this way, Wanda not among them."""
    return [each for each in stage.need("newcomers", "step 8")[1:] if (each.first, each.last) == (first, last)]


def open_topic(stage: Stage, newcomer: Newcomer, title: str, text: str) -> str:
    """In the public space. Gives its address."""
    page = stage.page(newcomer.name)
    go(page, space_called(page, "Needle and thread"))
    page.get_by_role("link", name="Open a topic").first.click()
    page.locator("main input[name=title]").fill(title)
    page.locator("main textarea[name=source]").fill(text)
    page.get_by_role("button", name="Open topic").click()
    page.wait_for_url("**/topics/*-*/")
    newcomer.wrote = True
    return page.url


def reply(page: Page, topic: str, words: str) -> None:
    go(page, topic)
    page.locator("main textarea[name=source]").fill(words)
    page.get_by_role("button", name="Reply", exact=True).click()
    page.locator("#replies", has_text=words).wait_for()


def speak(stage: Stage, newcomers: list[Newcomer]) -> None:
    """Each opens a first topic, and a member answers it."""
    for each in newcomers:
        topic = open_topic(
            stage, each, f"A first question of {each.name}", f"{each.name} asks: how do I loosen old glue?"
        )
        reply(signed_in(stage, "tomasz"), topic, ADVICE.format(name=each.name.split()[0]))
        each.answered = True
        stage.page(each.name).goto("about:blank")
