"""A post of the demo that a person was handed this morning and has said nothing of: it asks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stoa.base import ids
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.models.site import site
from stoa.base.walltime import tzdata_version
from stoa.social.library.models import Asset
from stoa.social.networks.demo_by_hand import KIND
from stoa.social.networks.models import Channel
from stoa.social.publish.demo_pictures import freeze_with_pictures, shown_in_post
from stoa.social.publish.facts import DeliveryAsks, DeliveryHanded, DeliveryPlanned, PostPlanned
from stoa.social.publish.models import Attempt, Delivery, Post, Variant
from stoa.social.publish.models.delivery import ASKS
from stoa.social.publish.outgoing import hash_of
from stoa.social.publish.pieces import Written, pieces_of
from stoa.social.publish.times import FORGOTTEN, GRACE

AGO, WRITTEN = timedelta(hours=5), timedelta(days=1)
TEXT = (
    "The umbrella that came in with three ribs out went home dry.\n\n"
    "Saturday, Hall 3, ten to two. Bring what has given up; we will look at it together."
)
WHY = "Nobody has said yet that it was posted."


def hand_one_over(story: Story) -> None:
    for number in story.made.get(KIND, {}).values():
        channel, at = Channel.objects.get(id=number), story.now - AGO
        with story.at(at - WRITTEN):
            post = planned_post(story, at)
            delivery = delivery_of(post, channel, at)
        variant = Variant.objects.create(post=post, channel=channel, delivery=delivery)
        asset = Asset.objects.with_file().filter(id=story.known("asset", "umbrella-after") or 0).first()
        if asset:
            shown_in_post(post, (asset,))
            freeze_with_pictures(variant, post)
        delivery.refresh_from_db()
        Attempt.objects.create(
            delivery=delivery, number=1, kind="hand", fence=1, key=delivery.key, request_hash=delivery.request_hash, started_at=at,
            ended_at=at, outcome="handed",
        )  # fmt: skip
        announce_past(told(post, delivery))


def planned_post(story: Story, at: datetime) -> Post:
    wall = at.astimezone(ZoneInfo(site().zone)).replace(tzinfo=None, second=0, microsecond=0)
    return Post.objects.create(
        what=TEXT.partition("\n")[0][:120], state="planned", text=TEXT, wall=wall.isoformat(timespec="minutes"), zone=site().zone,
        tzdata=tzdata_version(), at=at, by_id=story.known("person", "dov"), language="en",
    )  # fmt: skip


def delivery_of(post: Post, channel: Channel, at: datetime) -> Delivery:
    (piece,), number = pieces_of(Written(TEXT, language="en"), channel), ids.new()
    return Delivery.objects.create(
        id=number, key=ids.shown(number), post=post, channel=channel, content=piece.content, request_hash=hash_of(piece.content),
        by_id=post.by_id, planned_for=at, late_after=at + GRACE, state=ASKS, question="forgotten", reason=WHY,
        since=at + FORGOTTEN, fence=2,
    )  # fmt: skip


def told(post: Post, delivery: Delivery) -> list[Past]:
    at, channel, by = delivery.planned_for, delivery.channel_id, post.by_id
    return [
        Past(PostPlanned(post.id, at, (delivery.id,)), post.made_at, by),
        Past(DeliveryPlanned(delivery.id, channel, post.id, at, again=False), post.made_at, by),
        Past(DeliveryHanded(delivery.id, channel, post.id), at),
        Past(DeliveryAsks(delivery.id, channel, post.id, ambiguous=False), at + FORGOTTEN),
    ]
