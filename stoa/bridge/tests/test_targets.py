"""What a planned post leads to is looked at again when it goes out: nobody is sent to what is not there for them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings

from stoa.base import clock
from stoa.bridge.gates import leads_somewhere
from stoa.community.gather.models import Event
from stoa.community.gather.tests.makers import make_event
from stoa.community.talk.actions import hide_reply, hide_topic, move_topic, restore_topic, withdraw_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Draft, VariantDraft, mint_link, plan_post, send_again
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, run
from stoa.spaces.actions.space import Settings, change_space
from stoa.spaces.tests.makers import give, make_space, make_staff

LINK = "Its link leads to something that visitors cannot read any more."
WORDS = "An address in its text leads to something that members cannot read any more."


def plan(channel: Channel, target: str = "", text: str = "Come and read.", minutes: int = 30) -> Delivery:
    wall = (clock.now() + timedelta(minutes=minutes)).replace(tzinfo=None)
    by, draft = make_staff("social_media_manager"), Draft(text=text, target=target)
    post = plan_post(by=by, variants=[VariantDraft(channel)], draft=draft, wall=wall, zone="UTC")
    return Delivery.objects.get(post=post)


def public_topic() -> Topic:
    return make_topic(make_space("Sewing", "public"), by=make_actor("Amara"))


def moved(visibility: str) -> Callable[[Topic], None]:
    def move(topic: Topic) -> None:
        mover, place = make_person("Mover"), make_space("Elsewhere", visibility)
        for space in (topic.space, place):
            give(mover, "space.steward", space)
        move_topic(topic, to=place, by=actor_of(mover))

    return move


def hidden(topic: Topic) -> None:
    hide_topic(topic, by=make_staff("moderator"))


def withdrawn(topic: Topic) -> None:
    withdraw_topic(topic, by=actor_of(topic.author))


def closed(topic: Topic) -> None:
    change_space(topic.space, Settings(name="Sewing", visibility="members"), by=make_staff("owner"))


def asked_alone(topic: Topic) -> None:
    change_space(topic.space, Settings(name="Sewing", visibility="public", ask_team=True), by=make_staff("owner"))


@pytest.mark.parametrize(
    "end", [moved("members"), moved("private"), moved("secret"), hidden, withdrawn, closed, asked_alone]
)
def test_a_planned_post_is_held_when_its_topic_is_not_for_visitors_any_more(
    end: Callable[[Topic], None], network: HostileNetwork, channel: Channel
) -> None:
    topic = public_topic()
    delivery = plan(channel, target=topic.get_absolute_url())
    end(topic)
    run()
    assert (fresh(delivery).state, fresh(delivery).reason, fresh(delivery).held_by) == ("held", LINK, "gate")
    assert (network.calls, delivery.attempts.count()) == ([], 0)


def test_it_goes_out_when_its_topic_still_stands_in_public(network: HostileNetwork, channel: Channel) -> None:
    topic = public_topic()
    delivery = plan(channel, target=topic.get_absolute_url())
    moved("public")(topic)
    run()
    assert fresh(delivery).state == "published"


def test_what_was_held_goes_out_when_its_topic_is_back(network: HostileNetwork, channel: Channel) -> None:
    topic = public_topic()
    delivery = plan(channel, target=topic.get_absolute_url())
    hidden(topic)
    run()
    restore_topic(topic, by=make_staff("moderator"))
    with clock.pinned(START + timedelta(minutes=40)):
        send_again(fresh(delivery), by=make_staff("social_media_manager"))
    run(START + timedelta(minutes=40))
    assert fresh(delivery).state == "published"


def test_a_reply_that_was_hidden_or_taken_back_is_no_target(network: HostileNetwork, channel: Channel) -> None:
    reply = make_reply(public_topic())
    delivery = plan(channel, target=reply.get_absolute_url())
    assert leads_somewhere(delivery) == ""
    hide_reply(reply, by=make_staff("moderator"))
    assert leads_somewhere(delivery) == LINK


def test_an_event_that_was_hidden_or_closed_is_no_target(network: HostileNetwork, channel: Channel) -> None:
    event = make_event(make_space("Hall", "public"))
    delivery = plan(channel, target=event.get_absolute_url())
    assert leads_somewhere(delivery) == ""
    Event.objects.filter(id=event.id).update(presence="hidden")
    assert leads_somewhere(delivery) == LINK
    Event.objects.filter(id=event.id).update(presence="here")
    event.space.visibility = "private"
    event.space.save(update_fields=["visibility"])
    run()
    assert (fresh(delivery).state, fresh(delivery).reason) == ("held", LINK)


@pytest.mark.parametrize(
    "target", ["", "/", "/join/", "/topics/", "/nothing/here/", "https://elsewhere.example/topics/1/"]
)
def test_pages_that_are_nobodys_words_hold_nothing_up(target: str, network: HostileNetwork, channel: Channel) -> None:
    delivery = plan(channel, target=target)
    run()
    assert fresh(delivery).state == "published"


def test_a_space_that_visitors_read_is_a_target_until_it_closes(network: HostileNetwork, channel: Channel) -> None:
    space = make_space("Sewing", "public")
    delivery = plan(channel, target=space.address)
    assert leads_somewhere(delivery) == ""
    change_space(space, Settings(name="Sewing", visibility="private"), by=make_staff("owner"))
    assert leads_somewhere(delivery) == LINK


def test_an_address_in_the_words_may_lead_to_what_every_member_reads(network: HostileNetwork, channel: Channel) -> None:
    topic = make_topic(make_space("Sewing", "members"), by=make_actor("Amara"))
    delivery = plan(channel, text=f"It is answered: {settings.STOA_URL}{topic.get_absolute_url()}.")
    assert leads_somewhere(delivery) == ""
    moved("private")(topic)
    run()
    assert (fresh(delivery).state, fresh(delivery).reason) == ("held", WORDS)


def test_a_tracked_link_in_the_words_counts_as_what_it_leads_to(network: HostileNetwork, channel: Channel) -> None:
    topic = public_topic()
    link = mint_link(topic.get_absolute_url(), by=make_staff("social_media_manager"))
    delivery = plan(channel, text=f"Read on ({link.address})")
    assert leads_somewhere(delivery) == ""
    hidden(topic)
    assert leads_somewhere(delivery) == WORDS
