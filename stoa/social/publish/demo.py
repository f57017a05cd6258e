"""The demo's year of posts: what went out on three channels, read back from the network, with the campaigns' links and their clicks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stoa.base import ids
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.models.site import site
from stoa.base.walltime import tzdata_version
from stoa.demo_guild.reach import CARD, campaigns, carried, code_of
from stoa.demo_guild.rows import LinkPlacement
from stoa.demo_guild.rows import Post as Plan
from stoa.demo_guild.social import moment_of, posts
from stoa.social.networks.actions import open_credentials
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Card, Line, Outgoing, Published
from stoa.social.publish.demo_again import repeat_one
from stoa.social.publish.demo_ahead import plan_ahead
from stoa.social.publish.demo_boost import boost_one
from stoa.social.publish.demo_by_hand import hand_one_over
from stoa.social.publish.demo_pictures import show_pictures
from stoa.social.publish.facts import DeliveryPlanned, DeliveryPublished, PostPlanned
from stoa.social.publish.models import Attempt, Click, ClickDay, Delivery, Link, Post, Variant
from stoa.social.publish.models.link import address_of
from stoa.social.publish.outgoing import freeze, hash_of
from stoa.social.publish.times import GRACE

AHEAD = timedelta(hours=20)  # how long before its moment a post was planned


def fill(story: Story) -> None:
    """Posts that have gone out, what is planned, then links and clicks."""
    lines = {
        row.id: Line(Indoors(), open_credentials(row))
        for row in Channel.objects.filter(id__in=story.made["channel"].values())
    }
    Telling(story, lines).tell()
    plan_ahead(story)
    show_pictures(story)
    repeat_one(story)
    hand_one_over(story)
    boost_one(story)
    write_links(story)


class Telling:
    """Collects the rows of all posts, and writes them at once."""

    def __init__(self, story: Story, lines: dict[int, Line]) -> None:
        self.story, self.lines, self.zone = story, lines, site().zone
        self.channels = Channel.objects.in_bulk(list(lines))
        self.posts: list[Post] = []
        self.deliveries: list[Delivery] = []
        self.variants: list[Variant] = []
        self.told: list[Past] = []

    def tell(self) -> None:
        today = self.story.now.astimezone(ZoneInfo(self.zone)).date()
        for plan in posts(self.story.seed):
            wall = datetime.combine(*moment_of(plan, today))
            at = wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(self.story.now.tzinfo)
            if at <= self.story.now:
                self.post(plan, wall, at)
        Post.objects.bulk_create(self.posts, batch_size=500)
        Delivery.objects.bulk_create(self.deliveries, batch_size=200)
        Variant.objects.bulk_create(self.variants, batch_size=500)
        Attempt.objects.bulk_create([attempt_of(each) for each in self.deliveries], batch_size=500)
        announce_past(self.told)

    def post(self, plan: Plan, wall: datetime, at: datetime) -> None:
        by, topic = self.story.known("person", plan.author), self.story.known("topic", plan.thread)
        with self.story.at(at - AHEAD):
            post = Post(
                what=plan.title[:120], state="planned", text=plan.variants[0][1], wall=wall.isoformat(timespec="minutes"),
                zone=self.zone, tzdata=tzdata_version(), at=at, by_id=by, language="en",
                material_key="talk.topic" if topic else "", material_id=topic,
            )  # fmt: skip
            made = [self.delivery(post, plan, channel, text, at) for channel, text in plan.variants]
        self.posts.append(post)
        self.story.remember("post", plan.key, post.id)
        kept = [each for each in made if each]
        self.told.append(Past(PostPlanned(post.id, at, tuple(each.id for each in kept)), at - AHEAD, by))
        for each in kept:
            planned = DeliveryPlanned(each.id, each.channel_id, post.id, at, again=False)
            out = DeliveryPublished(each.id, each.channel_id, post.id, at, 1)
            self.told += [Past(planned, at - AHEAD, by), Past(out, at)]

    def delivery(self, post: Post, plan: Plan, channel: str, text: str, at: datetime) -> Delivery | None:
        """One delivery as the network knows it, found by the key that the demo's year gave it there."""
        row = self.channels[self.story.id_of("channel", channel)]
        asked = Outgoing(text, f"demo-{plan.key}-{channel}", at, at)
        found = row.connector.settle(asked, over=self.lines[row.id])
        if not isinstance(found, Published):
            return None
        code = carried(self.story.seed).get((plan.key, channel), "")
        card, link = (Card(CARD), address_of(code)) if code else (None, "")
        number, content = ids.new(), freeze(text, link=link, card=card, language="en")
        made = Delivery(
            id=number, key=ids.shown(number), marker=code, post=post, channel=row, about_key=post.material_key,
            about_id=post.material_id, content=content, request_hash=hash_of(content), by_id=post.by_id, planned_for=at,
            late_after=at + GRACE, state="published", since=at, remote_id=found.id, remote_version=found.version,
            address=found.address, published_at=at,
        )  # fmt: skip
        self.deliveries.append(made)
        self.variants.append(variant_of(post, made))
        self.story.remember("delivery", f"{plan.key}-{channel}", number)
        return made


def variant_of(post: Post, delivery: Delivery) -> Variant:
    return Variant(post=post, channel=delivery.channel, is_own=True, text=delivery.text, delivery=delivery)


def attempt_of(delivery: Delivery) -> Attempt:
    at = delivery.planned_for
    said = {"answer": "Published", "id": delivery.remote_id, "address": delivery.address}
    return Attempt(
        delivery=delivery, number=1, kind="send", fence=0, key=delivery.key, request_hash=delivery.request_hash,
        started_at=at, ended_at=at + timedelta(seconds=1), outcome="published", evidence=said,
    )  # fmt: skip


def write_links(story: Story) -> None:
    """The campaigns' links with the visits of each day, as people came."""
    links, clicks, days = [], [], []
    for campaign in campaigns(story.seed, story.scale):
        for placement in campaign.placements:
            link = link_of(story, placement, campaign.landing)
            links.append(link)
            story.remember("link", placement.key, link.id)
            for day, made in visits(story, placement, link):
                days.append(day)
                clicks += made
    Link.objects.bulk_create(links, batch_size=500)
    ClickDay.objects.bulk_create(days, batch_size=1000)
    Click.objects.bulk_create(clicks, batch_size=1000)


def link_of(story: Story, placement: LinkPlacement, landing: str) -> Link:
    code = code_of(placement.key, story.seed)
    delivery = story.known("delivery", f"{placement.post}-{placement.channel}") if placement.post else None
    target = landing if landing.startswith("/") else f"/{landing}"
    return Link(
        code=code, target=target, delivery_id=delivery, what=placement.label[:120], by_id=story.known("person", "dov")
    )


def visits(story: Story, placement: LinkPlacement, link: Link) -> Iterator[tuple[ClickDay, list[Click]]]:
    """Each day's count with its clicks: one visitor each, at hours when people are awake."""
    dice, midnight = story.dice(f"visits {placement.key}"), story.now.replace(hour=0, minute=0, second=0, microsecond=0)
    for offset, count in placement.visits:
        begin = midnight + timedelta(days=offset)
        hours = [begin + timedelta(hours=dice.randrange(7, 23)) for _each in range(count)]
        past = [hour for hour in hours if hour <= story.now]
        made = [Click(link=link, visitor=f"{dice.getrandbits(128):032x}", hour=hour, at=hour) for hour in past]
        if made:
            yield ClickDay(link=link, day=begin.date(), clicks=len(made), previews=dice.randrange(60)), made
