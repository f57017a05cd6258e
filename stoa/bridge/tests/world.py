"""What the bridge puts into the world of the access tests: in each space a request for the words of its member's topic.

In closed spaces there would be none; one stands there all the same, as after a topic was moved.
"""

from datetime import datetime, timedelta

from stoa.base import clock
from stoa.bridge.actions.rights import note
from stoa.bridge.models import Campaign, UsageRight
from stoa.bridge.models.right import hash_of_source
from stoa.community.talk.models import Topic
from stoa.people.models import Identity
from stoa.social.listen.models import Conversation
from stoa.social.networks import registry
from stoa.social.networks.models import Channel
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    topic = world.get("talk.topic", visibility)
    purpose, words = world.words("right.purpose"), world.words("right.words")
    world.put("bridge.right", make_row(world, topic, purpose=purpose, words=words, credit=world.words("right.credit")))

    if visibility == "public":
        now = clock.now()
        world.put("bridge.campaign", make_campaign(now))
        world.put("bridge.conversation", make_conversation(now))


def make_campaign(now: datetime) -> Campaign:
    return Campaign.objects.create(name="Zips", goal="Forty menders.", starts_at=now, ends_at=now + timedelta(days=9))


def make_conversation(now: datetime) -> Conversation:
    """Somebody outside asks, on a channel of the practice network."""
    practice = registry.practice().key
    channel = Channel.objects.create(network=practice, remote_id="bridge", handle="bridge", name="Bridge")
    stranger = Identity.objects.create(network=practice, remote_id="stranger", handle="stranger")
    return Conversation.objects.create(
        channel=channel, identity=stranger, root="r1", waiting_since=now, opened_at=now, last_at=now
    )


def make_row(world: World, topic: Topic, **texts: str) -> UsageRight:
    asker = world.people["social media manager"]
    right = UsageRight.objects.create(
        topic=topic, author=topic.author, asked_by=asker, until=clock.now() + timedelta(days=90),
        content_hash=hash_of_source(topic.source), **texts,
    )  # fmt: skip
    note(right, by=world.actor("social media manager"))
    return right


def grow(world: World, visibility: str) -> None:
    """Nine more, for the nine more topics."""
    topics = Topic.objects.filter(space=world.spaces[visibility], usage_rights=None).order_by("id")
    for number, topic in enumerate(topics[:9]):
        make_row(world, topic, purpose=f"Purpose {number}", words="More words.", credit="Somebody")
