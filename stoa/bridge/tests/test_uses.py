"""From the right to the network and back: material, the gate, taking down for every cause."""

from datetime import timedelta

import pytest
from django.db import transaction

from stoa.base import clock
from stoa.base.facts import announce
from stoa.base.models import FactRow
from stoa.base.work.drain import drain
from stoa.bridge.actions import grant_use, settle_use, take_back
from stoa.bridge.gates import right_stands
from stoa.bridge.models import UsageRight, Use
from stoa.bridge.tests.makers import make_request, make_right, make_use, terms
from stoa.community.talk.actions import edit_topic, hide_topic, move_topic, withdraw_topic
from stoa.community.talk.facts import TopicMoved
from stoa.community.talk.tests.makers import make_topic
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Notice
from stoa.people.tests.makers import actor_of, make_actor
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish import material
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, run
from stoa.spaces.facts import SpaceChanged
from stoa.spaces.tests.makers import make_space, make_staff


def use_of(delivery: Delivery) -> Use:
    return Use.objects.select_related("delivery", "right").get(delivery=delivery)


def test_granted_words_are_material_with_credit(channel: Channel) -> None:
    right = make_right(credit="Amara", channels=[channel.id])
    by = make_staff("social_media_manager")
    found = material.find("bridge.right", right.id, by=by)
    assert found
    assert (found.text, found.credit, found.channels) == (right.words, "Amara", frozenset({channel.id}))
    kind = next(kind for kind in material.kinds() if kind.key == "bridge.right")
    assert [each.id for each in kind.offers(by, "", 10)] == [right.id]
    assert [each.id for each in kind.offers(by, "no such words", 10)] == []


def test_what_is_not_granted_is_no_material(channel: Channel) -> None:
    right = make_request()
    assert material.find("bridge.right", right.id, by=make_staff("social_media_manager")) is None


def test_a_use_is_followed_from_plan_to_network(network: HostileNetwork, channel: Channel) -> None:
    right = make_right(credit="Amara")
    delivery = make_use(right, channel, minutes=30)
    drain()
    assert use_of(delivery).state == "planned"
    run()
    use = use_of(delivery)
    assert (use.state, use.address, use.live_at) == ("live", fresh(delivery).address, fresh(delivery).published_at)
    assert "Amara" in fresh(delivery).text
    assert set(Notice.objects.filter(person=right.author).values_list("kind", flat=True)) == {
        "bridge.asked",
        "bridge.out",
    }


def test_taking_back_takes_every_use_down_and_shows_the_answer(network: HostileNetwork, channel: Channel) -> None:
    right = make_right()
    live, later = make_use(right, channel), make_use(right, channel, minutes=600, text="Again.\n" + right.words)
    run(hours=1)
    assert (use_of(live).state, use_of(later).state) == ("live", "planned")
    taken = take_back(right, by=actor_of(right.author))
    assert (taken.state, taken.cause) == ("withdrawn", "author")
    assert (use_of(live).state, use_of(later).state) == ("taking_down", "held")
    run()
    use = use_of(live)
    assert (use.state, use.answer) == ("down", "Plaza confirms that the post is deleted.")
    assert network.gone == {"r1"}
    assert fresh(later).state == "held"
    assert "bridge.down" in Notice.objects.filter(person=right.author).values_list("kind", flat=True)


def test_a_network_that_keeps_it_is_shown_as_still_there(network: HostileNetwork, channel: Channel) -> None:
    network.deletes = lambda n: "refused"
    right = make_right()
    delivery = make_use(right, channel)
    run()
    take_back(right, by=actor_of(right.author))
    run()
    assert (use_of(delivery).state, use_of(delivery).answer) == ("stands", "This post is locked.")


def end_by_hiding(right: UsageRight) -> None:
    hide_topic(right.topic, by=make_staff("moderator"))


def end_by_withdrawing(right: UsageRight) -> None:
    withdraw_topic(right.topic, by=actor_of(right.author))


def end_by_moving(right: UsageRight) -> None:
    right.topic.space = make_space("Closed", "private")
    right.topic.save(update_fields=["space"])
    with transaction.atomic():
        announce(TopicMoved(right.topic.id, right.topic.space_id, 0), by=make_staff("owner"))


def end_by_leaving(right: UsageRight) -> None:
    erase_person(right.author, by=actor_of(right.author))


@pytest.mark.parametrize(
    ("end", "cause"),
    [
        (end_by_hiding, "decision"),
        (end_by_withdrawing, "withdrawn"),
        (end_by_moving, "moved"),
        (end_by_leaving, "erased"),
    ],
)
def test_every_cause_takes_the_use_down(end: object, cause: str, network: HostileNetwork, channel: Channel) -> None:
    right = make_right()
    delivery = make_use(right, channel)
    run()
    with clock.pinned(START + timedelta(hours=13)):
        end(right)  # type: ignore[operator]
    run(START + timedelta(hours=13))
    right.refresh_from_db()
    assert (right.state, right.cause, use_of(delivery).state) == ("withdrawn", cause, "down")
    assert network.gone == {"r1"}
    assert fresh(delivery).remote_id == "r1"


def test_a_person_who_leaves_leaves_no_words_but_the_digests(network: HostileNetwork, channel: Channel) -> None:
    right = make_right()
    before = list(right.events.values_list("terms_hash", flat=True))
    erase_person(right.author, by=actor_of(right.author))
    right.refresh_from_db()
    assert (right.words, right.credit, right.asked_text) == ("", "", "")
    assert list(right.events.values_list("terms_hash", flat=True))[:2] == before


def test_moving_to_another_open_space_changes_nothing(network: HostileNetwork, channel: Channel) -> None:
    right = make_right()
    delivery = make_use(right, channel)
    run()
    move_topic(right.topic, to=make_space("Open", "public"), by=make_staff("owner"))
    run()
    right.refresh_from_db()
    assert (right.state, use_of(delivery).state) == ("granted", "live")


def test_the_gate_holds_what_was_taken_back_before_anybody_heard(network: HostileNetwork, channel: Channel) -> None:
    right = make_right()
    delivery = make_use(right, channel, minutes=30)
    UsageRight.objects.filter(id=right.id).update(state="withdrawn")
    run()
    assert (fresh(delivery).state, fresh(delivery).reason) == ("held", "The usage right was taken back.")
    assert network.calls == []


def test_the_gate_holds_what_has_run_out(network: HostileNetwork, channel: Channel) -> None:
    right = make_right(days=1)
    delivery = make_use(right, channel, minutes=2 * 24 * 60)
    run(hours=72)
    assert (fresh(delivery).state, fresh(delivery).reason) == ("held", "The usage right has run out.")


def test_the_gate_holds_an_edited_text(network: HostileNetwork, channel: Channel) -> None:
    right = make_right()
    delivery = make_use(right, channel, minutes=30)
    edit_topic(right.topic, title="Zip", source="I said nothing.", by=actor_of(right.author))
    run()
    assert fresh(delivery).state == "held"
    assert fresh(delivery).reason == "The author has changed the text since they agreed: ask again."
    assert material.find("bridge.right", right.id, by=make_staff("social_media_manager")) is None


def test_the_gate_asks_for_channel_and_credit(network: HostileNetwork, channel: Channel) -> None:
    right = make_right(channels=[channel.id])
    delivery = make_use(right, channel, minutes=30)
    assert right_stands(delivery) == ""
    delivery.content = {**delivery.content, "text": "Without."}
    assert right_stands(delivery) == "The credit “Amara, Brackwater” is missing."
    delivery.channel = make_channel(handle="other")
    assert right_stands(delivery) == "The author has not agreed to this channel."


def test_a_narrowed_channel_counts(network: HostileNetwork, channel: Channel) -> None:
    other = make_channel(handle="other")
    asked = make_request(channels=[channel.id, other.id])
    narrower = terms(asked.words, channels=[other.id])
    right = grant_use(asked, by=actor_of(asked.author), terms=narrower)
    found = material.find("bridge.right", right.id, by=make_staff("social_media_manager"))
    assert found
    assert found.channels == frozenset({other.id})


def test_other_deliveries_pass_the_gate(network: HostileNetwork, channel: Channel) -> None:
    assert right_stands(Delivery(about_key="", about_id=None)) == ""


def test_hearing_twice_changes_nothing(network: HostileNetwork, channel: Channel) -> None:
    right = make_right()
    delivery = make_use(right, channel)
    run()
    before = FactRow.objects.filter(name="bridge.use_started").count()
    settle_use(delivery.id)
    assert (before, FactRow.objects.filter(name="bridge.use_started").count(), Use.objects.count()) == (1, 1, 1)


def test_closing_the_space_takes_down(network: HostileNetwork, channel: Channel) -> None:
    topic = make_topic(make_space("Sewing", "public"), by=make_actor("Amara"), source="Mine.")
    right = make_right(topic)
    delivery = make_use(right, channel)
    run()
    topic.space.visibility = "private"
    topic.space.save(update_fields=["visibility"])
    with transaction.atomic():
        announce(SpaceChanged(topic.space_id, sight_changed=True), by=make_staff("owner"))
    run()
    assert use_of(delivery).state == "down"
