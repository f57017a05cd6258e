"""Usage rights, uses and loops go with words that were split off or merged into another topic."""

from datetime import timedelta

import pytest

from stoa.base import actors, clock
from stoa.base.work.drain import drain
from stoa.bridge.check import check
from stoa.bridge.models import UsageRight
from stoa.bridge.tests.makers import make_right, make_use
from stoa.bridge.tests.test_uses import use_of
from stoa.community.talk.actions import merge_topic, split_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, run
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_space, make_staff

WORDS = "The zip moves again.\nA pencil was all it took."


def replied() -> tuple[Topic, UsageRight]:
    """A topic and a right for a reply in it."""
    topic = make_topic(by=make_actor("Asker"))
    return topic, make_right(make_reply(topic, WORDS))


def split(topic: Topic, right: UsageRight, to: Space) -> Topic:
    mover = make_actor("Mover")
    for space in (topic.space, to):
        give(Person.objects.get(id=mover.own_id), "space.moderator", space)
    assert right.reply_id is not None
    by = actors.of_person(mover.own_id)
    return split_topic(topic, [right.reply_id], title="Elsewhere", source="Away from there.", to=to, by=by)


def test_a_right_for_a_reply_stands_where_the_reply_stands_now(network: HostileNetwork, channel: Channel) -> None:
    topic, right = replied()
    delivery = make_use(right, channel)
    run()
    new = split(topic, right, make_space("Open", "public"))
    run()
    right.refresh_from_db()
    assert (right.topic_id, right.state, use_of(delivery).state) == (new.id, "granted", "live")
    assert list(check()) == []


@pytest.mark.parametrize("visibility", ["private", "secret"])
def test_split_into_a_closed_space_it_ends_and_its_use_comes_down(
    visibility: str, network: HostileNetwork, channel: Channel
) -> None:
    topic, right = replied()
    delivery = make_use(right, channel)
    run()
    with clock.pinned(START + timedelta(hours=13)):
        split(topic, right, make_space("Closed", visibility))
    run(START + timedelta(hours=13))
    right.refresh_from_db()
    assert (right.state, right.cause, use_of(delivery).state) == ("withdrawn", "moved", "down")
    assert list(check()) == []


def test_a_right_for_a_topics_own_words_goes_with_them_and_its_ledger_says_so(
    network: HostileNetwork, channel: Channel
) -> None:
    with clock.pinned(START - timedelta(days=1)):
        old = make_topic(by=make_actor("Asker"))
    right = make_right()
    delivery = make_use(right, channel)
    run()
    lines = right.events.count()
    merge_topic(Topic.objects.select_related("space").get(id=right.topic_id), into=old, by=make_staff("owner"))
    words = right.topic_id
    drain()
    drain()
    right = UsageRight.objects.with_all().get(id=right.id)
    assert (right.topic_id, right.reply_id, right.state) == (old.id, words, "granted")
    assert (right.is_as_agreed, right.events.count(), use_of(delivery).state) == (True, lines + 1, "live")
    assert list(check()) == []
