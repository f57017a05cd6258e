"""Hostile texts in everything that is shown, opened in a real browser: nothing of them runs, neither under our policy nor without it.

Without the policy (`bypass_csp`) the escaping and the cleaner stand alone.
"""

import mimetypes
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from stoa.base import clock
from stoa.base.models.site import Site
from stoa.bridge.models import Campaign
from stoa.bridge.tests.world import make_row
from stoa.community.gather.actions import plan_event
from stoa.community.gather.models import Contribution, Goal
from stoa.community.gather.tests.makers import make_plan
from stoa.community.talk.actions import add_reply, open_topic
from stoa.community.talk.models import Reply
from stoa.moderation.actions.guidelines import write_norm
from stoa.moderation.actions.report import report
from stoa.moderation.models import Clause
from stoa.moderation.subjects import subject_of
from stoa.people.models import DoorQuestionWords, Identity, Person, Purpose
from stoa.people.tests.makers import actor_of, make_person
from stoa.social.listen.tests.makers import make_conversation
from stoa.social.networks.models import Channel, Hold
from stoa.social.networks.plaza.home.actions.accounts import open_account
from stoa.social.networks.plaza.home.actions.posts import Draft as PlazaDraft
from stoa.social.networks.plaza.home.actions.posts import write_post
from stoa.social.networks.plaza.home.policy import practice_key
from stoa.social.publish.models import Delivery
from stoa.spaces.models import Application
from stoa.spaces.tests.makers import give, make_space
from tests.access import asking
from tests.access.rules import ROUTES
from tests.access.world import World, still

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"
ORIGIN = "http://localhost:8000"
SCHEME = "javascript:fired(0)"
PAYLOADS = (
    "<script>fired(1)</script>",
    "<img src=x onerror=fired(2)>",
    '"><img src=x onerror=fired(3)>',
    "'><svg onload=fired(4)>",
    "</title><script>fired(5)</script>",
    "</textarea><script>fired(6)</script>",
    "[x](javascript:fired(7))",
    '![x](x" onerror="fired(8))',
    '" autofocus onfocus=fired(9) x="',
    "' onmouseover=fired(10) style='position:fixed;inset:0' x='",
    "{{ fired(11) }}{% raw %}${fired(11)}",
    "<iframe srcdoc='<script>parent.fired(12)</script>'>",
    "<details open ontoggle=fired(13)>x",
    "<math><mtext><style><img src=x onerror=fired(14)>",
    "</script><script>fired(15)</script>",
    "--><script>fired(16)</script><!--",
    "<a href=javas&#99;ript:fired(17)>x</a>",
    "\u202e<svg/onload=fired(18)>",
    "<base href=//evil.example/><x onclick=fired(19)>",
    "<meta http-equiv=refresh content=0;url=//evil.example/>",
    "`-fired(21)-`'-fired(21)-'",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "||<img src=x onerror=fired(27)>|| ||[x](javascript:fired(27))||",
    '::: spoiler "><img src=x onerror=fired(28)>\n<svg onload=fired(28)>\n:::',
    "```html\n</code></pre><script>fired(29)</script>\n```",
)
STANDING = """() => [...document.querySelectorAll('*')].flatMap(each => [...each.attributes]
  .filter(a => /^on/i.test(a.name) || (/^(href|src|action|formaction|data|xlink:href)$/i.test(a.name)
    && /^[\\s\\u0000-\\u001f]*(javascript|vbscript|data:text)/i.test(a.value)))
  .map(a => `${each.tagName} ${a.name}=${a.value.slice(0, 60)}`))
  .concat([...document.querySelectorAll('script:not([src]), iframe, base, meta[http-equiv=refresh], math, object, embed')]
    .filter(each => !/json/.test(each.type || '')).map(each => each.tagName))"""


def fill(world: World) -> list[str]:
    """Puts each payload into every text that is shown. Gives the pages of what was made, besides those that the rules know."""
    fill_what_is_there_once()
    pages: list[str] = []
    for number, payload in enumerate(PAYLOADS):
        reply, in_the_community = fill_community(world, payload)
        pages += in_the_community + fill_desk(world, number, payload, reply)
    Channel.objects.update(handle=PAYLOADS[2], name=PAYLOADS[1], reason=PAYLOADS[2])
    Delivery.objects.update(reason=PAYLOADS[1])
    return pages


def fill_what_is_there_once() -> None:
    """Texts of which there is one."""
    Site.objects.update_or_create(id=1, defaults={"name": PAYLOADS[2]})
    Purpose.objects.update_or_create(id=1, defaults={"sentence": "".join(PAYLOADS)[:300]})
    DoorQuestionWords.objects.update(label=PAYLOADS[1], hint=PAYLOADS[2])
    Goal.objects.update(sentence=PAYLOADS[1], unit=PAYLOADS[16][:40])
    Clause.objects.update(title=PAYLOADS[2], text="\n\n".join(PAYLOADS))
    Hold.objects.create(reason=PAYLOADS[2])


def fill_community(world: World, payload: str) -> tuple[Reply, list[str]]:
    """A person, a space, a topic with replies and an event of this name. Gives the reply, and the pages."""
    steward, author = world.actor("steward"), world.actor("space member")
    space = world.spaces["public"]
    person = make_person(payload[:80], bio=payload, helps_with=payload, interests=[payload], shown_to="everyone")
    give(person, "space.member", space)
    made = make_space(
        payload[:80], "public", description=payload, standards=payload, norm=payload, question=payload,
        interests=[payload], joining="apply",
    )  # fmt: skip
    Application.objects.create(space=made, person=person, answer=payload)
    topic = open_topic(space, title=payload, source="\n\n".join(PAYLOADS), by=actor_of(person))
    reply = add_reply(topic, source=f"{payload} @[person:{person.shown_id}]", by=author)
    add_reply(topic, source=f"> [quote:{reply.shown_id}:0-90]\n\n[x]({SCHEME})", by=actor_of(person))
    event = plan_event(space, make_plan(payload, source=payload, place=payload), by=steward)
    pages = [
        person.address, made.address, f"/spaces/{made.shown_id}/manage/", topic.get_absolute_url(), event.get_absolute_url(),
    ]  # fmt: skip
    return reply, pages


def fill_desk(world: World, number: int, payload: str, reply: Reply) -> list[str]:
    """A usage right, a report, a campaign, a conversation with a stranger of this name. Gives the pages."""
    right = make_row(world, reply.topic, purpose=payload, words=payload, credit=payload[:120])
    Contribution.objects.create(goal=Goal.objects.get(), number=1, day=clock.now().date(), note=payload)
    subject = subject_of("talk.reply")
    assert subject
    case = report(
        subject, reply.id, clause=Clause.objects.in_force().order_by("id")[0], words=payload, by=world.actor("owner")
    ).case
    ends = clock.now() + timedelta(days=9)
    campaign = Campaign.objects.create(name=payload, goal=payload, words=payload, starts_at=clock.now(), ends_at=ends)
    heard = make_conversation(Channel.objects.order_by("id")[0], "\n".join(PAYLOADS), handle=f"h{number}")
    Identity.objects.filter(remote_id=f"id-h{number}").update(handle=payload, name=payload)
    write_norm(payload[:80], payload, by=world.actor("community manager"))
    write_post(PlazaDraft(payload), by=open_account(f"hostile{number}", payload, key=practice_key())[0])
    return [
        f"/desk/stories/{right.shown_id}/", case.address, f"/desk/campaigns/{campaign.shown_id}/",
        f"/desk/inbox/{heard.shown_id}/",
    ]  # fmt: skip


def known_pages(world: World) -> list[str]:
    """Every page of the rules that needs no form, and the searches."""
    routes = [
        rule for rule in ROUTES if "GET" in rule.reads.split() and not rule.route.startswith(("account_", "mfa_"))
    ]
    skipped = (
        "plaza:picture", "plaza:avatar", "base:file", "base:manifest", "publish:link", "gather:event_calendar", "gather:feed",
        "people:draft",
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


class Watched:
    """A window whose every request is answered here, in the test's transaction, and what ran in it or left it."""

    def __init__(self, browser: Browser, client: Client, *, bypass: bool) -> None:
        self.client, self.fired, self.left, self.standing, self.opened, self.met = client, [], [], [], 0, 0
        self.context = browser.new_context(bypass_csp=bypass)
        self.context.expose_binding("fired", lambda source, number: self.fired.append((source["page"].url, number)))
        self.context.route("**/*", self.answer)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.fired.append((self.page.url, dialog.message)), dialog.dismiss()))

    def answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.hostname != "localhost":
            self.left.append((self.page.url, route.request.url))
            route.abort()
        elif asked.path.startswith("/static/"):
            file = finders.find(asked.path.removeprefix("/static/"))
            kind = mimetypes.guess_type(asked.path)[0] or "application/octet-stream"
            route.fulfill(body=Path(str(file)).read_bytes(), content_type=kind) if file else route.fulfill(status=404)
        elif route.request.resource_type == "document":
            route.fulfill(status=self.status, headers=self.headers, body=self.body)
        else:
            route.fulfill(status=404)

    def open(self, path: str) -> None:
        """The page is made before the browser asks for it: its questions come on another context, which has no part in this transaction."""
        with still(seed=9):
            got = self.client.get(path, follow=True)
        self.status, self.headers, self.body = got.status_code, dict(got.items()), got.getvalue()
        self.met += b"fired(" in self.body
        self.page.goto(ORIGIN + path, wait_until="load")
        self.opened += 1
        self.standing += [(path, each) for each in self.page.evaluate(STANDING)]

    @property
    def found(self) -> list[object]:
        return [*self.fired, *self.left, *self.standing]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no browser on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # the driver's loop runs in this thread; the database is asked beside it
    )
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def window(browser: Browser, world: World) -> Iterator[Callable[..., Watched]]:
    opened = []

    def made(kind: str, *, bypass: bool) -> Watched:
        opened.append(Watched(browser, asking.client(world, kind), bypass=bypass))
        return opened[-1]

    yield made
    for each in opened:
        each.context.close()


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


@pytest.mark.parametrize("bypass", [True, False])
def test_no_hostile_text_runs_on_any_page(window: Callable[..., Watched], world: World, bypass: bool) -> None:
    with still(seed=11):
        made, known = fill(world), known_pages(world)
    staff, reader = window("owner", bypass=bypass), window("space moderator", bypass=bypass)
    for page in [*known, *made[:: 3 if bypass else 10]]:
        staff.open(page)
    for page in ("/", "/topics/", "/events/", "/spaces/", "/people/", "/goal/", "/stories/", "/notices/", "/plaza/"):
        reader.open(page)
    assert staff.met > 80
    assert [*staff.found, *reader.found] == []
    assert Person.objects.filter(name=PAYLOADS[0]).exists()
