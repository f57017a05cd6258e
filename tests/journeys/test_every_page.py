"""Every page, with what is hard to draw, as a visitor, a member and the owner see it: it fits a narrow screen, and axe finds nothing."""

import json
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.journeys.conftest import Place, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.patient]
NARROW, WIDE = ViewportSize(width=360, height=800), ViewportSize(width=1280, height=900)
DESK = "/desk/"


@pytest.fixture(scope="module")
def addresses(place: Place) -> list[str]:
    """The pages of the demo with the hard things in it."""
    told = place.manage("shell", "-v", "0", "-c", "from tests.journeys.hard import tell; tell()").stdout
    found = json.loads(told.strip().splitlines()[-1])
    return list(dict.fromkeys([*found["hard"].values(), *found["pages"].values(), "/nothing/", "/mailbox/"]))


@pytest.fixture(scope="module")
def windows(browser: Browser, place: Place) -> Iterator[dict[str, Page]]:
    """A window of a visitor, of a member and of the owner."""
    contexts = {
        key: browser.new_context(base_url=place.origin, viewport=NARROW, reduced_motion="reduce")
        for key in ("", "tomasz", "marta")
    }
    yield {key: signed_in(context, key) for key, context in contexts.items()}
    for context in contexts.values():
        context.close()


def signed_in(context: BrowserContext, key: str) -> Page:
    page = context.new_page()
    if key:
        sign_in(page, key)
    return page


@pytest.mark.parametrize("key", ["", "tomasz", "marta"])
def test_every_page_fits_a_narrow_screen_and_axe_finds_nothing(
    windows: dict[str, Page], addresses: list[str], key: str
) -> None:
    page, wrong = windows[key], list[str]()
    for address in addresses:
        if key == "marta" or not address.startswith(DESK):
            answer = page.goto(address)
            assert answer
            if answer.status >= 500:
                wrong.append(f"{address}: {answer.status}")
            wrong += [f"{address} {said}" for said in looked_at(page)]
    assert not wrong, "\n".join(wrong)


def looked_at(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open: narrow and light, then wide and dark with all that opens open."""
    shown(page, NARROW, "light")
    yield from sideways(page)
    yield from found(page, "narrow")
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
    for each in Axe().run(page).response["violations"]:
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
