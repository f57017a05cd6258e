"""A real browser takes what is pushed: the service worker at the root, and a message by the browser's own tools. What a browser without
a screen shows of it cannot be seen."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.journeys.conftest import CHROMIUM, Place, sign_in

pytestmark = pytest.mark.browser
REGISTER = """async () => {
          const made = await navigator.serviceWorker.register("/push-worker.js", { scope: "/notices/push/" });
          const worker = made.installing ?? made.waiting ?? made.active;
          if (worker.state !== "activated") {
            await new Promise((done) => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
          }
          return made.scope;
        }"""


@pytest.fixture
def page(place: Place, tmp_path: Path) -> Iterator[Page]:
    """With a profile of its own: a private window shows no notifications."""
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no browser on this machine")
    with sync_playwright() as driver:
        options = {"executable_path": CHROMIUM, "args": ["--no-sandbox"], "base_url": place.origin}
        context = driver.chromium.launch_persistent_context(str(tmp_path / "profile"), **options)
        context.grant_permissions(["notifications"], origin=place.origin)
        yield context.new_page()
        context.close()


def test_the_service_worker_takes_a_message_and_nothing_of_the_site_goes_through_it(page: Page, place: Place) -> None:
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    sign_in(page, "tomasz")
    page.goto("/notices/wishes/")
    line = page.context.new_cdp_session(page)
    found: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(
            each["registrationId"] for each in told["registrations"] if "push" in each["scopeURL"]
        ),
    )
    line.send("ServiceWorker.enable")
    scope = page.evaluate(REGISTER)
    assert scope == f"{place.origin}/notices/push/"
    assert page.evaluate("navigator.serviceWorker.controller") is None
    page.wait_for_timeout(200)
    words = {"title": "Bo met Cy", "body": "Say hello.", "to": "/people/", "tag": "one"}
    given = {"origin": place.origin, "registrationId": found[-1], "data": json.dumps(words)}
    line.send("ServiceWorker.deliverPushMessage", given)
    page.wait_for_timeout(500)
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    assert problems == []


STAND_IN = """
  // No push service can be reached from here: a subscription that remembers whether it was ended.
  PushManager.prototype.getSubscription = async () => ({
    endpoint: "https://push.example/1",
    unsubscribe: async () => localStorage.setItem("ended", Number(localStorage.getItem("ended")) + 1),
  });
"""


def test_who_signs_out_leaves_no_subscription_behind(page: Page, place: Place) -> None:
    page.add_init_script(STAND_IN)
    sign_in(page, "tomasz")
    page.goto("/notices/wishes/")
    page.evaluate(REGISTER)
    before = int(page.evaluate("localStorage.getItem('ended')") or 0)
    page.goto("/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{place.origin}/")
    assert int(page.evaluate("localStorage.getItem('ended')")) == before + 1
    page.goto("/notices/wishes/")
    assert page.locator("h1").inner_text() != "How you are told"
    page.goto("/sign-in/")
    page.wait_for_function("(before) => Number(localStorage.getItem('ended')) === before + 2", arg=before)
