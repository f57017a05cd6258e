"""Changing what has not gone out: frozen anew under a new fence, and refused as soon as the network may have it."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.work import Fenced
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import change_delivery, hold_delivery, sending
from stoa.social.publish.models import Delivery, Link, Post
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, make_post, run
from stoa.spaces.tests.makers import make_staff


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


def later(hours: float) -> object:
    return (START + timedelta(hours=hours)).replace(tzinfo=None)


def test_a_planned_delivery_goes_out_with_its_new_words_at_its_new_time(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    delivery = make_delivery(channel, minutes=60)
    code, key, before = delivery.marker, delivery.key, delivery.request_hash
    change_delivery(delivery, "Wax the zip.", wall=later(3), zone="UTC", by=staff)  # type: ignore[arg-type]
    row = fresh(delivery)
    assert (row.state, row.planned_for, row.key, row.marker) == ("planned", START + timedelta(hours=3), key, code)
    assert (row.fence, row.request_hash == before) == (delivery.fence + 1, False)
    post = Post.objects.get()
    assert (post.at, post.text, post.what) == (row.planned_for, "Wax the zip.", "Wax the zip.")
    assert Link.objects.get().what == "Wax the zip."
    run(hours=2)
    assert network.posts == []
    run(START + timedelta(hours=2), hours=2)
    assert [each.text.startswith("Wax the zip.") for each in network.posts] == [True]
    assert fresh(delivery).attempts.get().request_hash == row.request_hash
    assert FactRow.objects.filter(name="publish.delivery_changed").count() == 1


def test_a_refused_delivery_is_mended_and_sent(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    network.choose = lambda n: "refused" if n == 1 else "ok"
    delivery = make_delivery(channel)
    run(hours=1)
    assert fresh(delivery).state == "refused"
    with clock.pinned(START + timedelta(hours=1)):
        change_delivery(fresh(delivery), "Wax the zip.", wall=None, by=staff)
    run(START + timedelta(hours=1), hours=1)
    assert (fresh(delivery).state, len(network.posts)) == ("published", 1)


def test_a_held_delivery_is_planned_again(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    delivery = make_delivery(channel, minutes=60)
    hold_delivery(delivery, "Not yet.", by=staff)
    change_delivery(delivery, delivery.text, wall=later(5), zone="UTC", by=staff)  # type: ignore[arg-type]
    row = fresh(delivery)
    assert (row.state, row.held_by, row.reason, row.due_at) == ("planned", "", "", START + timedelta(hours=5))


def test_what_is_out_or_may_be_is_not_changed(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    out = make_delivery(channel)
    run(hours=1)
    network.choose = lambda n: "time-out after"
    unclear = make_delivery(channel, minutes=120)
    with clock.pinned(START + timedelta(hours=2)):
        from stoa.base.work.drain import drain

        drain()
    assert (fresh(out).state, fresh(unclear).state) == ("published", "unknown")
    for delivery, said in ((out, "it is out"), (unclear, "the network, which may have it")):
        before = Delivery.objects.filter(id=delivery.id).values().get()
        with pytest.raises(NotPossible, match=said):
            change_delivery(fresh(delivery), "Other words.", wall=None, by=staff)
        assert Delivery.objects.filter(id=delivery.id).values().get() == before


def test_what_was_tried_without_a_clear_end_is_not_changed_even_when_it_is_not_there(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    delivery = make_delivery(channel, minutes=60)
    delivery.attempts.create(
        number=1, kind="send", fence=1, key=delivery.key, request_hash=delivery.request_hash, started_at=START,
        ended_at=START, outcome="lost",
    )  # fmt: skip
    with pytest.raises(NotPossible):
        change_delivery(delivery, "Other words.", wall=None, by=staff)
    assert fresh(delivery).text == delivery.text


def test_a_worker_that_has_claimed_it_and_not_begun_sends_nothing_of_the_old_words(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    delivery = make_delivery(channel)
    Delivery.objects.filter(id=delivery.id).update(fence=7, lease_until=clock.db_now() + timedelta(minutes=5))
    change_delivery(fresh(delivery), "Wax the zip.", wall=None, by=staff)
    with pytest.raises(Fenced):
        sending.send(delivery.id, 7)
    assert (network.posts, fresh(delivery).attempts.count(), fresh(delivery).lease_until) == ([], 0, None)
    run(hours=1)
    assert [each.text.startswith("Wax the zip.") for each in network.posts] == [True]


def test_a_worker_that_has_begun_has_won(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    delivery, said = make_delivery(channel), []

    def meanwhile(what: str) -> None:
        if what.startswith("POST") and not said:
            with pytest.raises(NotPossible) as refused:
                change_delivery(fresh(delivery), "Wax the zip.", wall=None, by=staff)
            said.append(refused.value.reason)

    network.during = meanwhile
    run(hours=1)
    assert said == ["It is too late to change this: it was handed to the network, which may have it."]
    assert (fresh(delivery).state, len(network.posts)) == ("published", 1)
    assert network.posts[0].text.startswith("Zips can be saved.")


def test_of_several_channels_one_has_its_own_words_and_all_that_wait_move(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    post = make_post([channel, make_channel(channel.network, "bench")], minutes=60)
    first, second = Delivery.objects.filter(post=post).order_by("id")
    change_delivery(first, "Only here.", wall=later(4), zone="UTC", by=staff)  # type: ignore[arg-type]
    assert [fresh(each).planned_for for each in (first, second)] == [START + timedelta(hours=4)] * 2
    assert (fresh(first).text.startswith("Only here."), fresh(second).text == second.text) == (True, True)
    assert Post.objects.get().text == "Zips can be saved."
    assert fresh(second).fence == second.fence + 1


@pytest.mark.parametrize("text", ["", "x" * 4000])
def test_what_the_network_would_refuse_is_refused_and_nothing_is_changed(
    network: HostileNetwork, channel: Channel, staff: Actor, text: str
) -> None:
    delivery = make_delivery(channel, minutes=60)
    before = Delivery.objects.filter(id=delivery.id).values().get()
    with pytest.raises(Invalid):
        change_delivery(delivery, text, wall=later(2), zone="UTC", by=staff)  # type: ignore[arg-type]
    assert Delivery.objects.filter(id=delivery.id).values().get() == before


def test_only_who_publishes_there_changes_it(channel: Channel) -> None:
    with pytest.raises(NotAllowed):
        change_delivery(make_delivery(channel, minutes=60), "Mine.", wall=None, by=make_staff("moderator"))


def test_the_composer_opens_with_what_it_holds_and_says_when_it_is_too_late(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    browser = Client()
    browser.force_login(Person.objects.get(id=staff.person_id).account)  # type: ignore[arg-type]
    delivery = make_delivery(channel, minutes=60)
    page, form = f"/desk/deliveries/{delivery.shown_id}/", f"/desk/deliveries/{delivery.shown_id}/edit/"
    assert form in browser.get(page).content.decode()
    drawn = browser.get(form).content.decode()
    assert "Zips can be saved.</textarea>" in drawn
    assert 'value="2026-05-04T10:00"' in drawn
    given = {"channels": channel.shown_id, "text": "Wax it.", "wall": "2026-05-04T11:00", "zone": "UTC", "act": "plan"}
    assert browser.post(form, given | {"wall": ""}).status_code == 422
    sent = browser.post(form, given)
    assert (sent.status_code, sent["Location"]) == (303, page)
    assert fresh(delivery).text.startswith("Wax it.")
    run(hours=4)
    late = browser.get(form)
    assert late.status_code == 409
    assert "It is too late to change this: it is out." in late.content.decode()
    assert form not in browser.get(page).content.decode()
