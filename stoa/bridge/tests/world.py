"""What the bridge puts into the world of the access tests: in each space a request for the words of its member's topic.

In closed spaces there would be none; one stands there all the same, as after a topic was moved. So does a post that was planned
with the words of the secret one, and a campaign whose link leads there.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from stoa.base import clock
from stoa.bridge.actions.campaigns import add_link
from stoa.bridge.actions.rights import note
from stoa.bridge.actions.uses import MATERIAL
from stoa.bridge.models import Campaign, UsageRight
from stoa.bridge.models.right import hash_of_source
from stoa.community.talk.models import Topic
from stoa.people.models import Identity
from stoa.social.listen.models import Conversation
from stoa.social.networks import registry
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Draft, VariantDraft, plan_post
from stoa.social.publish.material import Material, kinds
from tests.access import asking
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    topic = world.get("talk.topic", visibility)
    purpose, words = world.words("right.purpose"), world.words("right.words")
    world.put("bridge.right", make_row(world, topic, purpose=purpose, words=words, credit=world.words("right.credit")))

    if visibility == "public":
        now = clock.now()
        world.put("bridge.campaign", make_campaign(now))
        world.put("bridge.conversation", make_conversation(now))


def beside(world: World) -> None:
    """What was planned while the topic stood elsewhere: a post, a campaign with a link to it."""
    by, topic = world.actor("social media manager"), world.get("talk.named", "secret")
    story = Material(
        MATERIAL, world.get("bridge.right", "secret").id, "A story", credit="A member", target=address_of(topic)
    )
    wall, channel = datetime(2026, 3, 6, 9), world.get("networks.channel", "public")  # noqa: DTZ001
    with world.at("public"):
        campaign = make_campaign(clock.now())
        world.put("bridge.other_campaign", campaign)
        link = add_link(campaign, label="A poster", target=address_of(topic), by=by).link
        world.put("bridge.link", link)
        draft = Draft("Words that were granted.", target=address_of(topic))
        post = plan_post(by=by, variants=[VariantDraft(channel)], draft=draft, material=story, wall=wall, zone="UTC")
        world.put("bridge.post", post)
        world.put("bridge.delivery", post.deliveries.get())


def address_of(topic: Topic) -> str:
    return f"/topics/{topic.shown_id}/"


def outputs(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    """Where the composer would find something to begin with; where the links lead; the page of joining by such a link."""
    actor = world.actor(kind)
    for each in kinds():
        yield f"the composer's {each.key}", "\n".join(repr(found) for found in each.offers(actor, "", 100)).encode()
    browser, link, post = (
        asking.client(world, kind),
        world.get("bridge.link", "public"),
        world.get("bridge.post", "public"),
    )
    for path in (
        f"/l/{link.code}", f"/l/{post.deliveries.get().link.code}", f"{reverse('account_signup')}?via={link.code}",
        f"/desk/posts/{post.shown_id}/", f"/desk/campaigns/{world.get('bridge.other_campaign', 'public').shown_id}/",
    ):  # fmt: skip
        yield path, asking.ask(browser, "GET", path).all


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
