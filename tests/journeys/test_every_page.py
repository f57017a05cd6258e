"""Every page, with what is hard to draw, as a visitor, a member and the owner see it: it fits a narrow screen, and axe finds nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.journeys.conftest import Place, sign_in

NEWCOMER = "amara"

pytestmark = [pytest.mark.browser, pytest.mark.patient]
NARROW, MIDDLE, WIDE = (ViewportSize(width=width, height=900) for width in (360, 768, 1280))
DESK = "/desk/"
STEWARD = "ines"
WHO = ("", "tomasz", NEWCOMER, STEWARD, "marta")
CLOSED = {403, 404}
OPTIONS = {"preload": {"assets": ["media"]}}  # it would ask for the style sheets' imports at addresses beside the page


@dataclass(frozen=True)
class Addresses:
    """The pages of the demo with the hard things in it: what a rule knows by its route, the rest, and what only a newcomer sees."""

    by_route: dict[str, str]
    others: list[str]
    of_newcomer: list[str]

    def to(self, key: str) -> list[str]:
        """What somebody is shown; nobody but staff walks the desk."""
        if key == NEWCOMER:
            return self.of_newcomer
        if key == STEWARD:  # closed spaces of hers: nobody else is let in
            return [each for each in self.others if each.startswith("/spaces/")]
        every = dict.fromkeys([*self.others, *self.by_route.values()])
        return [each for each in every if key == "marta" or not each.startswith(DESK)]


@pytest.fixture(scope="module")
def addresses(place: Place) -> Addresses:
    told = place.manage("shell", "-v", "0", "-c", "from tests.journeys.hard import tell; tell()").stdout
    found = json.loads(told.strip().splitlines()[-1])
    others = [*found["hard"].values(), "/nothing/", "/mailbox/", "/show-me/"]
    return Addresses(found["pages"], others, list(found[NEWCOMER].values()))


@pytest.fixture(scope="module")
def windows(browser: Browser, place: Place) -> Iterator[dict[str, Page]]:
    """A window of a visitor, of a member, of a newcomer, of a steward and of the owner."""
    contexts = {
        key: browser.new_context(base_url=place.origin, viewport=NARROW, reduced_motion="reduce") for key in WHO
    }
    yield {key: signed_in(context, key) for key, context in contexts.items()}
    for context in contexts.values():
        context.close()


def signed_in(context: BrowserContext, key: str) -> Page:
    page = context.new_page()
    if key:
        sign_in(page, key)
    return page


@pytest.mark.parametrize("key", WHO)
def test_every_page_fits_a_narrow_screen_and_axe_finds_nothing(
    windows: dict[str, Page], addresses: Addresses, key: str
) -> None:
    page, wrong, closed = windows[key], list[str](), set[int]()
    for address in addresses.to(key):
        answer = page.goto(address)
        assert answer
        if answer.status >= 500:
            wrong.append(f"{address}: {answer.status}")
        if answer.status not in closed:  # what is not for them looks alike everywhere
            wrong += [f"{address} {said}" for said in looked_at(page)]
        closed |= {answer.status} & CLOSED
    assert not wrong, "\n".join(wrong)


def test_every_page_that_the_rules_know_was_seen_by_somebody(windows: dict[str, Page], addresses: Addresses) -> None:
    """A page that answers *not found* to everyone above would be looked at by nobody."""
    unseen = {
        route: address
        for route, address in addresses.by_route.items()
        if not any(windows[key].request.get(address).ok for key in ("marta", "tomasz", ""))
    }
    assert unseen == {}


def looked_at(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open: narrow and light, as wide as a tablet, then wide and dark with all that opens open."""
    shown(page, NARROW, "light")
    yield from sideways(page)
    yield from found(page, "narrow")
    shown(page, MIDDLE, "light")
    yield from sideways(page)
    yield from found(page, "middle")
    shown(page, WIDE, "dark")
    yield from sideways(page)
    page.eval_on_selector_all("details", "all => all.forEach((each) => (each.open = true))")
    shown(page, WIDE, "dark")
    yield from found(page, "wide, dark, opened")
    for name in page.eval_on_selector_all("dialog[id]:not(#keys)", "all => all.map((each) => each.id)"):
        page.eval_on_selector(f"#{name}", "dialog => dialog.showModal()")
        yield from found(page, f"dialog {name}")
        page.eval_on_selector(f"#{name}", "dialog => dialog.close()")


def shown(page: Page, size: ViewportSize, theme: Literal["light", "dark"]) -> None:
    """Changes size and theme, and waits until it is drawn: what fades from one colour to the other is neither."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def sideways(page: Page) -> Iterator[str]:
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if over > 0:
        yield f"is {over} px wider than {page.viewport_size}"


def found(page: Page, when: str) -> Iterator[str]:
    """What axe finds, a line each."""
    for each in Axe().run(page, options=OPTIONS).response["violations"]:
        nodes = [f"\n    {node['html'][:200]}" for node in each["nodes"][:3]]
        yield f"({when}): {each['id']}: {each['help']}{''.join(nodes)}"


def test_the_list_of_keys_is_sound_on_both_faces(windows: dict[str, Page]) -> None:
    page = windows["marta"]
    for address in ("/", "/desk/today/"):
        page.goto(address)
        shown(page, WIDE, "light")
        page.keyboard.press("?")
        page.wait_for_selector("#keys[open]")
        assert not list(found(page, "keys"))
