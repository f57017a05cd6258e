"""Hostile texts where no page is opened: previews, what scripts offer while somebody writes, files for programs, letters and pushes."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.urls import reverse
from playwright.sync_api import Page

from stoa.base import things
from stoa.base.models import Letter
from stoa.community.gather.models import Event
from stoa.community.talk.actions import open_topic
from stoa.community.talk.tests.world import letter_to
from stoa.people.actions.pushing import said
from stoa.people.models import Notice
from stoa.people.notices import kind_of
from tests.access import asking
from tests.access.world import World, still
from tests.payloads.sowing import fill
from tests.payloads.texts import PAYLOADS
from tests.payloads.watching import STANDING, Watched

pytestmark = pytest.mark.browser


BOTH = (True, False)  # without our policy, and with it


def test_no_hostile_text_runs_in_a_preview(window: Callable[..., Watched], world: World) -> None:
    """All of them in one text, as every writing box shows it before it is sent."""
    typed = "\n\n".join(PAYLOADS)
    space, topic, idea = (world.get(key, "public") for key in ("spaces.space", "talk.topic", "talk.idea"))
    boxes = {"source": typed, "opening": typed, "how": typed}
    form = {**boxes, "title": PAYLOADS[3], "tags": PAYLOADS[2], "name": PAYLOADS[1], "reason": PAYLOADS[4]}
    for bypass in BOTH:
        staff = window("owner", bypass=bypass)
        for path, box in (
            (f"/spaces/{space.shown_id}/topics/new/", "source"), (f"/topics/{topic.shown_id}/replies/", "source"),
            (f"/topics/{idea.shown_id}/outcome/", "source"), (f"/spaces/{space.shown_id}/events/new/", "source"),
            (f"/spaces/{space.shown_id}/rituals/new/", "source"), ("/desk/programme/new/", "opening"), ("/desk/programme/new/", "how"),
        ):  # fmt: skip
            staff.open(path, {**form, "preview": box})
            assert staff.page.locator("#preview .prose").count() == 1, path
        assert staff.found == []


def test_no_hostile_text_runs_in_what_is_offered_while_writing(window: Callable[..., Watched], world: World) -> None:
    """Whom one may name, what a search may become, topics about the same: what scripts draw from an answer."""
    space = world.get("spaces.space", "public")
    people = [{"insert": text, "label": text, "note": text, "picture": PAYLOADS[2]} for text in PAYLOADS]
    found = [{"kind": text, "label": text, "address": "/"} for text in PAYLOADS]
    with still(seed=12):
        for payload in PAYLOADS[1:4]:
            open_topic(space, title=f"Xylograph quern {payload}", source=payload, by=world.actor("steward"))
        alike = asking.client(world, "owner").get("/topics/similar/?title=Xylograph+quern").content.decode()
    assert "fired(" in alike
    for bypass in BOTH:
        staff = window("owner", bypass=bypass)
        staff.answers = {
            reverse("spaces:mentionable", args=[space.id]): ("application/json", json.dumps({"people": people})),
            "/search/suggestions/": ("application/json", json.dumps({"suggestions": found})),
            "/topics/similar/": ("text/html", alike),
        }
        staff.open(f"/spaces/{space.shown_id}/topics/new/")
        offer(staff.page)
        assert [*staff.page.evaluate(STANDING), *staff.found] == []


def offer(page: Page) -> None:
    """Types until each of the three offers something; takes one of those whom one may name."""
    page.locator("#id_title").press_sequentially("Xylo")
    page.wait_for_selector("#similar :text('Xylograph')")
    page.locator("#id_source").focus()
    page.wait_for_selector(".composer-tools:not([hidden])")  # what follows "@" is there with them
    page.locator("#id_source").press_sequentially("@a")
    page.wait_for_selector(".offers li")
    assert page.locator(".offers li").count() == len(PAYLOADS)
    page.keyboard.press("Enter")
    page.locator("input[data-suggests]").first.press_sequentially("ket")
    page.wait_for_selector(".suggestions:not(.offers) li")


def test_what_is_no_page_is_never_read_as_one(world: World) -> None:
    """Calendars, feeds and answers for programs: their type is their own, and no browser guesses another."""
    with still(seed=11):
        fill(world, PAYLOADS[:5])
    asked, told = list(files_of(world)), list[HttpResponse]()
    with still(seed=12):
        told = [asking.client(world, kind).get(path) for kind, path in asked]
    wrong = [
        (path, answer.status_code, answer.headers["Content-Type"])
        for (_kind, path), answer in zip(asked, told, strict=True)
        if answer.status_code != 200
        or not answer.headers["Content-Type"].startswith(("text/calendar", "application/"))
        or answer.headers["X-Content-Type-Options"] != "nosniff"
    ]
    assert wrong == []
    assert sum(b"fired(" in answer.getvalue() for answer in told) > 5


def files_of(world: World) -> Iterator[tuple[str, str]]:
    """Who asks for them, and where they are."""
    space = world.get("spaces.space", "public")
    for event in Event.objects.filter(title__contains="fired("):
        yield "owner", f"/events/{event.shown_id}/calendar.ics"
    with still(seed=12):
        page = asking.client(world, "steward").post("/events/calendar/", follow=True).content.decode()
    yield from (("anonymous", urlsplit(each).path) for each in re.findall(r"http://localhost[^\s\"<]+\.ics", page))
    yield "owner", "/manifest.webmanifest"
    yield "owner", "/search/suggestions/?q=fired"
    yield "owner", "/drafts/topic-1/"
    yield "steward", reverse("spaces:mentionable", args=[space.id]) + "?q=s"


def test_letters_and_pushes_hold_hostile_texts_as_text(world: World) -> None:
    """A letter of ours is plain text, without a part in HTML; what a device shows is JSON of plain strings."""
    with still(seed=11):
        fill(world, PAYLOADS[:5])
        digests = [letter_to(world.actor(kind)) for kind in ("owner", "steward", "space member", "space moderator")]
        shown = list(pushed(world))
    assert not Letter.objects.exclude(html="").exists()
    assert any("fired(" in digest for digest in digests)
    assert all(type(word) is str for words in shown for word in words.values())
    assert any("fired(" in words["title"] for words in shown)
    assert all(urlsplit(words["to"]).scheme == "" for words in shown)


def pushed(world: World) -> Iterator[dict[str, str]]:
    """What the owner's device would show of their notices."""
    person, owner = world.people["owner"], world.actor("owner")
    for notice in Notice.objects.filter(person=person)[:60]:
        kind, card = kind_of(notice.kind), things.cards([notice.reference], to=owner).get(notice.reference)
        if kind and card:
            yield json.loads(said(kind, notice, card))
