"""Threads by hand: all parts ready to copy in order, one address for all of them, and nothing taken for granted."""

from collections.abc import Callable

import pytest
from django.test import Client

from stoa.base.actors import Actor, system
from stoa.base.work.drain import drain
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.publish import today
from stoa.social.publish.actions import (
    confirm_all_posted,
    confirm_down,
    confirm_published,
    let_go,
    withdraw_delivery,
)
from stoa.social.publish.check import check
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.by_hand.handing import THERE, Page
from stoa.social.publish.tests.makers import fresh, make_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(channel: Channel, staff: Actor) -> list[Delivery]:
    made = make_thread(channel, comment="More below.", by=staff)
    drain()
    return [fresh(each) for each in made]


def states(rows: list[Delivery]) -> list[str]:
    return [fresh(row).state for row in rows]


def test_the_whole_thread_is_handed_over_once(rows: list[Delivery], staff: Actor) -> None:
    assert states(rows) == ["handed", "planned", "planned", "planned"]
    assert len([each for each in today.rows(staff) if each.key.startswith("publish.delivery")]) == 1
    browser = Client()
    browser.force_login(Person.objects.get(id=staff.person_id).account)
    shown = browser.get(f"/desk/deliveries/{rows[0].shown_id}/hand/").content.decode()
    places = [shown.index(text) for text in ("One.", "Two.", "Three.", "More below.")]
    assert places == sorted(places)
    assert "Address of part 1 on the network" in shown
    sent = browser.post(f"/desk/deliveries/{rows[0].shown_id}/hand/", {"address": THERE, "posted": "all"})
    assert (sent.status_code, states(rows)) == (303, ["published"] * 4)


def test_one_address_is_enough_for_all_of_it(
    rows: list[Delivery], staff: Actor, page: Callable[[str | None], Page]
) -> None:
    page("One.")
    confirm_all_posted(rows[0], THERE, by=staff)
    drain()
    assert states(rows) == ["published"] * 4
    assert [fresh(row).address for row in rows] == [THERE, "", "", ""]
    assert [row.attempts.get(kind="person").outcome for row in rows] == ["published"] * 4
    assert not list(check())


def test_who_has_posted_only_the_first_is_handed_the_next(
    rows: list[Delivery], staff: Actor, page: Callable[[str | None], Page]
) -> None:
    page(None)
    confirm_published(rows[0], THERE, by=staff)
    drain()
    assert states(rows) == ["published", "handed", "planned", "handed"]
    confirm_all_posted(fresh(rows[1]), THERE.replace("3kabc", "3kdef"), by=staff)
    assert states(rows) == ["published", "published", "published", "handed"]


def test_what_is_let_go_takes_the_rest_along(rows: list[Delivery], staff: Actor) -> None:
    let_go(rows[0], "Rain.", by=staff)
    assert states(rows) == ["withdrawn"] * 4


def test_what_is_taken_down_by_hand_is_said_once(
    rows: list[Delivery], staff: Actor, page: Callable[[str | None], Page]
) -> None:
    page(None)
    confirm_all_posted(rows[0], THERE, by=staff)
    drain()
    withdraw_delivery(fresh(rows[0]), "Taken back.", by=system("bridge"))
    drain()
    assert [fresh(row).takedown for row in rows] == ["unclear"] * 4
    work = [each for each in today.rows(staff) if each.key.startswith("publish.delivery")]
    assert [each.key for each in work] == [f"publish.delivery:{rows[0].shown_id}"]
    confirm_down(fresh(rows[0]), by=staff)
    assert states(rows) == ["withdrawn"] * 4


def test_words_taken_back_while_in_hand_ask_and_nothing_follows(
    rows: list[Delivery], staff: Actor, page: Callable[[str | None], Page]
) -> None:
    page(None)
    withdraw_delivery(rows[0], "Taken back.", by=system("bridge"))
    assert states(rows) == ["asks", "held", "held", "held"]
    confirm_all_posted(fresh(rows[0]), THERE, by=staff)
    assert states(rows) == ["published", "held", "held", "held"]
