"""Hostile texts in everything that is shown, opened in a real browser: nothing of them runs, neither under our policy nor without it.

Without the policy (`bypass_csp`) the escaping and the cleaner stand alone.
"""

from collections.abc import Callable
from functools import partial
from itertools import chain

import pytest
from playwright.sync_api import Route

from stoa.people.models import Person
from tests.access import asking
from tests.access.rules import ROUTES
from tests.access.world import World, still
from tests.payloads.sowing import fill
from tests.payloads.texts import PAYLOADS
from tests.payloads.watching import ORIGIN, STANDING, Watched

pytestmark = pytest.mark.browser


def known_pages(world: World) -> list[str]:
    """Every page of the rules that needs no form, and the searches."""
    routes = [
        rule for rule in ROUTES if "GET" in rule.reads.split() and not rule.route.startswith(("account_", "mfa_"))
    ]
    skipped = (
        "plaza:picture", "plaza:avatar", "base:file", "base:manifest", "publish:link", "gather:event_calendar", "gather:feed",
        "people:draft", "web_feed:picture", "web_feed:atom", "web_feed:rss",
    )  # fmt: skip
    found = [asking.address(rule, world) for rule in routes if rule.route not in skipped]
    asked = [
        f"/search/?q={text}"
        for text in ("%3Cscript%3Efired(23)%3C/script%3E", "fired", '"onfocus=fired(24) autofocus x="')
    ]
    return list(
        dict.fromkeys(
            [
                *found,
                *asked,
                "/people/?q=%22%3E%3Cscript%3Efired(25)%3C/script%3E",
                "/join/?via=%22%3E%3Cscript%3Efired(26)",
            ]
        )
    )


def planted_page(route: Route, *, headers: dict[str, str], body: str) -> None:
    route.fulfill(headers=headers, body=body)


def test_what_runs_is_seen_here_unless_the_policy_forbids_it(window: Callable[..., Watched], world: World) -> None:
    """The control: the same texts, unescaped, run without the policy and do not under it."""
    said = "".join(f"<div>{payload}</div>" for payload in PAYLOADS[:5])
    ran = {}
    for bypass in (True, False):
        watched = window("anonymous", bypass=bypass)
        policy = watched.client.get("/").headers["Content-Security-Policy"]
        planted = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
        watched.page.route("**/planted", partial(planted_page, headers=planted, body=said))
        watched.page.goto(f"{ORIGIN}/planted")
        ran[bypass] = sorted(int(number) for _url, number in watched.fired)
        assert len(watched.page.evaluate(STANDING)) > 3
    assert ran == {True: [1, 2, 3, 4, 5], False: []}


def sampled(pages: list[list[str]], every: int) -> list[str]:
    """Of the pages of each payload every so many, so that each kind of page meets payloads of all sorts: they run through both lists."""
    return [page for number, row in enumerate(pages) for kind, page in enumerate(row) if (number + kind) % every == 0]


def test_no_hostile_text_runs_on_any_page(window: Callable[..., Watched], world: World) -> None:
    """With our policy fewer of the pages: it only has to forbid what was not escaped."""
    with still(seed=11):
        made, known = fill(world), known_pages(world)
    for bypass, every, least in ((True, 9, 180), (False, 27, 60)):
        staff, reader = window("owner", bypass=bypass), window("space moderator", bypass=bypass)
        for page in [*(known if bypass else known[::3]), *sampled(made, every)]:
            staff.open(page)
        for page in (
            "/",
            "/topics/",
            "/events/",
            "/spaces/",
            "/people/",
            "/goal/",
            "/stories/",
            "/notices/",
            "/plaza/",
        ):
            reader.open(page)
        assert staff.met > least
        assert [*staff.found, *reader.found] == []
        assert [each for each in staff.refused if each[0] in set(chain(*made))] == []
    assert Person.objects.filter(name=PAYLOADS[0]).exists()
