"""The page of what is posted by hand: ready to copy, or why nothing may be posted now."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stoa.base import files
from stoa.base.actors import Actor, system
from stoa.base.work.drain import drain
from stoa.people.models import Person
from stoa.social.networks.actions import place_hold
from stoa.social.networks.models import Channel
from stoa.social.publish import gates
from stoa.social.publish.actions import Draft, VariantDraft, plan_post, withdraw_delivery
from stoa.social.publish.material import Shown
from stoa.social.publish.tests.by_hand.handing import THERE, handed
from stoa.social.publish.tests.makers import fresh
from stoa.social.publish.tests.test_pictures import lamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def test_the_page_shows_words_ready_to_copy_and_keeps_what_was_pasted_wrongly(
    browser: Client, channel: Channel, staff: Actor
) -> None:
    delivery = handed(channel, staff)
    address = f"/desk/deliveries/{delivery.shown_id}/hand/"
    shown = browser.get(address).content.decode()
    assert "Zips can be saved." in shown
    assert delivery.link.address in shown
    wrong = browser.post(address, {"address": "https://bsky.app/profile/other/post/1"})
    assert wrong.status_code == 422
    assert b"https://bsky.app/profile/other/post/1" in wrong.content
    done = browser.post(address, {"address": THERE})
    assert (done.status_code, fresh(delivery).state) == (303, "published")
    assert b"Zips can be saved." not in browser.get(address).content


def test_its_pictures_are_there_to_save_and_their_descriptions_to_copy(
    browser: Client, channel: Channel, staff: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.STOA_DATA = tmp_path
    lamps = [files.keep_picture(lamp(), by=staff, name="lamp.png") for _number in range(2)]
    draft = Draft("Two lamps.", pictures=tuple(Shown(each.id, f"Lamp {number}") for number, each in enumerate(lamps)))
    post = plan_post(by=staff, variants=[VariantDraft(channel)], draft=draft)
    drain()
    shown = browser.get(f"/desk/deliveries/{post.deliveries.get().shown_id}/hand/").content.decode()
    assert [each in shown for each in ("Save the 2 pictures.", "Lamp 0", "Lamp 1", lamps[1].address)] == [True] * 4


@pytest.mark.parametrize("why", ["switch", "gate", "taken back"])
def test_the_page_shows_no_words_that_may_not_go_out_now(
    why: str, browser: Client, channel: Channel, staff: Actor
) -> None:
    delivery = handed(channel, staff)
    if why == "switch":
        place_hold(None, reason="A crisis", by=staff)
    elif why == "gate":
        gates.gate("test.right")(lambda delivery: "The right has ended.")
    else:
        withdraw_delivery(delivery, "Their author took them back.", by=system("bridge"))
    try:
        shown = browser.get(f"/desk/deliveries/{delivery.shown_id}/hand/").content.decode()
    finally:
        gates._gates.pop("test.right", None)
    assert "Zips can be saved." not in shown
    assert ("It is posted" in shown) is (why != "taken back")  # whoever has posted it meanwhile can say so
    assert {"switch": "A crisis", "gate": "The right has ended.", "taken back": "nothing to post by hand"}[why] in shown
