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
from stoa.social.publish.facts import DeliveryPlanned, PostPlanned
from stoa.social.publish.models import Delivery, Post, Variant
from stoa.social.publish.outgoing import freeze, hash_of
from stoa.social.publish.times import GRACE

SOON, LAST = timedelta(hours=3), time(22, 30)
WRITTEN = timedelta(days=1)  # how long ago they were planned


def plan_ahead(story: Story) -> None:
    """Every coming post with its variants and deliveries."""
    here = story.now.astimezone(ZoneInfo(site().zone))
    posts: list[Post] = []
    variants: list[Variant] = []
    for plan in coming(here.date(), soon(here)):
        with story.at(story.now - WRITTEN):
            post = post_of(story, plan, here)
            variants += [variant_of(story, post, channel, text) for channel, text in plan.variants]
        posts.append(post)
    Post.objects.bulk_create(posts)
    Delivery.objects.bulk_create([each.delivery for each in variants if each.delivery])
    Variant.objects.bulk_create(variants)
    announce_past([fact for post in posts for fact in told(post, variants)])


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


def variant_of(story: Story, post: Post, channel: str, text: str) -> Variant:
    """The form for one channel, with the delivery that will send it."""
    number, content, at = ids.new(), freeze(text, language="en"), post.at or story.now
    delivery = Delivery(
        id=number, key=ids.shown(number), post=post, channel_id=story.id_of("channel", channel), content=content,
        request_hash=hash_of(content), by_id=post.by_id, planned_for=at, late_after=at + GRACE, due_at=at,
    )  # fmt: skip
    return Variant(post=post, channel_id=delivery.channel_id, is_own=True, text=text, delivery=delivery)


def told(post: Post, variants: list[Variant]) -> list[Past]:
    own = [each.delivery for each in variants if each.post is post and each.delivery]
    at, made = post.at or post.made_at, post.made_at
    facts = [
        Past(DeliveryPlanned(each.id, each.channel_id, post.id, at, again=False), made, post.by_id) for each in own
    ]
    return [Past(PostPlanned(post.id, at, tuple(each.id for each in own)), made, post.by_id), *facts]
