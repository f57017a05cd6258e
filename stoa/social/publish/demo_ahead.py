"""The demo's next two weeks: posts that a worker will send when their time comes, the first one some hours from now."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from stoa.base import ids
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.models.site import site
from stoa.base.walltime import tzdata_version
from stoa.demo_guild.rows import Post as Plan
from stoa.demo_guild.social import coming, moment_of
from stoa.social.networks.models import Channel
from stoa.social.publish.facts import DeliveryPlanned, PostPlanned
from stoa.social.publish.models import Delivery, Post, Variant
from stoa.social.publish.outgoing import hash_of
from stoa.social.publish.pieces import Written, pieces_of
from stoa.social.publish.times import GRACE

SOON, LAST = timedelta(hours=3), time(22, 30)
WRITTEN = timedelta(days=1)  # how long ago they were planned


def plan_ahead(story: Story) -> None:
    """Every coming post with its variants and deliveries."""
    here = story.now.astimezone(ZoneInfo(site().zone))
    posts: list[Post] = []
    variants: list[Variant] = []
    deliveries: list[Delivery] = []
    for plan in coming(here.date(), soon(here)):
        with story.at(story.now - WRITTEN):
            post = post_of(story, plan, here)
            for channel, text in plan.variants:
                made = deliveries_of(story, post, channel, text)
                deliveries += made
                variants.append(
                    Variant(post=post, channel_id=made[0].channel_id, is_own=True, text=text, delivery=made[0])
                )
        posts.append(post)
    Post.objects.bulk_create(posts)
    Delivery.objects.bulk_create(deliveries)
    Variant.objects.bulk_create(variants)
    announce_past([fact for post in posts for fact in told(post, deliveries)])


def soon(here: datetime) -> time | None:
    """The half hour about three hours from now; None when the day is over by then."""
    then = here + SOON
    rounded = then.replace(minute=then.minute // 30 * 30, second=0, microsecond=0)
    return rounded.time() if then.date() == here.date() and rounded.time() <= LAST else None


def post_of(story: Story, plan: Plan, here: datetime) -> Post:
    wall = datetime.combine(*moment_of(plan, here.date()))
    at = wall.replace(tzinfo=here.tzinfo).astimezone(story.now.tzinfo)
    post = Post(
        what=plan.title[:120], state="planned", text=plan.variants[0][1], wall=wall.isoformat(timespec="minutes"),
        zone=site().zone, tzdata=tzdata_version(), at=at, by_id=story.known("person", plan.author), language="en",
    )  # fmt: skip
    story.remember("post", plan.key, post.id)
    return post


def deliveries_of(story: Story, post: Post, channel: str, text: str) -> list[Delivery]:
    """What will be sent to one channel: one delivery, or one for each part, of which only the first has a time."""
    made: list[Delivery] = []
    at, where = post.at or story.now, Channel.objects.get(id=story.id_of("channel", channel))
    for piece in pieces_of(Written(text, language="en"), where):
        number, before = ids.new(), made[-1] if made else None
        made.append(Delivery(
            id=number, key=ids.shown(number), post=post, channel_id=where.id, content=piece.content,
            request_hash=hash_of(piece.content), by_id=post.by_id, planned_for=at, late_after=at + GRACE,
            due_at=None if before else at, follows=before, part=piece.part, role=piece.role,
        ))  # fmt: skip
    return made


def told(post: Post, deliveries: list[Delivery]) -> list[Past]:
    own = [each for each in deliveries if each.post is post]
    at, made = post.at or post.made_at, post.made_at
    facts = [
        Past(DeliveryPlanned(each.id, each.channel_id, post.id, at, again=False), made, post.by_id) for each in own
    ]
    return [Past(PostPlanned(post.id, at, tuple(each.id for each in own)), made, post.by_id), *facts]
