"""Crisis mode: a channel, a network or everything is stopped, answers too; what was missed asks; the desk says what is stopped."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.work.drain import drain
from stoa.people.models import Person
from stoa.social.networks import registry
from stoa.social.networks.actions import hold_over, lift_hold, place_hold
from stoa.social.networks.models import Channel, Hold
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import answer_on_network
from stoa.social.publish.actions.resuming import resume_held
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run
from stoa.social.publish.waiting import waiting
from stoa.spaces.tests.makers import make_staff


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(client: Client, staff: Actor) -> Client:
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def test_a_network_is_stopped_and_the_others_go_on(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    other = make_channel(registry.practice().key, "bench")
    hold = place_hold(None, network=channel.network, reason="It is down", by=staff)
    assert (hold_over(channel.id), hold_over(other.id)) == (hold, None)
    stopped, free = make_delivery(channel, by=staff, minutes=1), make_delivery(other, by=staff, minutes=1)
    run(hours=0.2)
    assert (fresh(stopped).state, fresh(stopped).reason, fresh(free).state) == ("held", "It is down", "published")
    with clock.pinned(START + timedelta(minutes=10)):
        lift_hold(hold, by=staff)
        resume_held()
        drain()
    assert fresh(stopped).state == "published"


def test_answers_are_stopped_too_and_what_was_missed_asks(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    hold = place_hold(None, reason="A crisis", by=staff)
    answered = answer_on_network(channel, answers="r1", text="Thank you.", by=staff)
    planned = [make_delivery(channel, by=staff, minutes=minutes) for minutes in (1, 2, 3)]
    run(hours=0.5)
    assert {fresh(each).state for each in (answered, *planned)} == {"held"}
    told = waiting(staff)
    assert [(each.channel.id, each.held, each.answers, each.planned) for each in told] == [(channel.id, 4, 1, 0)]
    later = START + timedelta(hours=2)
    with clock.pinned(later):
        lift_hold(hold, by=staff)
        resume_held()
    run(later)
    assert [(fresh(each).state, fresh(each).question) for each in (answered, *planned)] == [("asks", "missed")] * 4
    assert network.sent == 0


def test_a_hold_stands_over_one_thing_that_is_known(channel: Channel, staff: Actor) -> None:
    for wrong in ({"channel": channel, "network": channel.network}, {"channel": None, "network": "nowhere"}):
        with pytest.raises(Invalid):
            place_hold(wrong["channel"], network=wrong["network"], reason="x", by=staff)  # type: ignore[arg-type]
    assert not Hold.objects.exists()


def test_the_page_says_what_is_stopped_and_stops_and_lets_go(
    channel: Channel, staff: Actor, browser: Client, network: HostileNetwork
) -> None:
    assert "Nothing is stopped" in browser.get("/desk/stopped/").content.decode()
    asked = {"over": f"network:{channel.network}", "reason": "Its outage", "hours": "4"}
    assert browser.post("/desk/holds/", asked).headers["Location"] == "/desk/stopped/"
    make_delivery(channel, by=staff, minutes=60)
    page = browser.get("/desk/stopped/").content.decode()
    for words in ("Every channel on Hostile", "Its outage", "Social Media Manager", "What waits", "Let it go on"):
        assert words in page
    assert "Nothing goes out on Hostile" in browser.get(f"/desk/channels/{channel.shown_id}/").content.decode()
    hold = Hold.objects.get()
    assert (hold.network, hold.channel, hold.until) == (channel.network, None, START + timedelta(hours=4))
    assert browser.post(f"/desk/holds/{hold.shown_id}/", {"_method": "DELETE", "from": "stopped"}).status_code == 303
    page = browser.get("/desk/stopped/").content.decode()
    assert "Nothing is stopped" in page
    assert "What was stopped before" in page


def test_the_head_of_the_desk_says_so_while_everything_is_stopped(
    channel: Channel, staff: Actor, browser: Client
) -> None:
    bar = "Nothing goes out on any channel."
    place_hold(channel, reason="Lunch", by=staff)
    assert bar not in browser.get("/desk/posts/").content.decode()
    hold = place_hold(None, reason="A crisis", by=staff)
    page = browser.get("/desk/posts/").content.decode()
    assert bar in page
    assert "A crisis" in page
    assert bar not in browser.get("/").content.decode()
    browser.force_login(Person.objects.get(id=make_staff("moderator").person_id).account)
    assert bar not in browser.get("/desk/today/").content.decode()
    lift_hold(hold, by=staff)


@pytest.mark.parametrize("over", ["channel:nonsense", "channel:", "network:", "planet:earth"])
def test_what_cannot_be_read_stops_nothing(over: str, channel: Channel, browser: Client) -> None:
    assert browser.post("/desk/holds/", {"over": over, "reason": "x"}).status_code == 404
    assert not Hold.objects.exists()


def test_what_waits_is_told_of_channels_that_one_sees(channel: Channel, staff: Actor) -> None:
    place_hold(None, reason="A crisis", by=staff)
    make_delivery(channel, by=staff, minutes=60)
    assert [each.planned for each in waiting(staff)] == [1]
    assert waiting(make_staff("moderator")) == []
