"""What this room puts into the world of the access tests: a planned post with its delivery and link, a draft, and a schedule."""

from datetime import datetime, time

from stoa.base.actors import Actor
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Draft, VariantDraft, plan_post, repeat_post, save_draft
from stoa.social.publish.models import Boost, Post, Schedule
from stoa.social.publish.repeating import SchedulePlan
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    if visibility != "public":
        return
    by, channel = world.actor("social media manager"), world.get("networks.channel", "public")
    post = make(channel, by)
    delivery = post.deliveries.get()
    world.put("publish.post", post)
    world.put("publish.delivery", delivery)
    world.put("publish.link", delivery.link)
    world.put("publish.boost", Boost.objects.create(delivery=delivery, starts_at=delivery.made_at, by_id=by.person_id))
    world.put("publish.schedule", repeat(post, channel, by))
    world.put("publish.draft", save_draft(None, Draft("A draft"), [VariantDraft(channel)], by=by))


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        by = world.actor("social media manager")
        for channel in Channel.objects.order_by("id"):
            repeat(make(channel, by), channel, by)
            save_draft(None, Draft("Another"), [VariantDraft(channel)], by=by)


def make(channel: Channel, by: Actor) -> Post:
    draft, wall = Draft("Zips can be saved.", target="/spaces/"), datetime(2026, 3, 5, 9)  # noqa: DTZ001
    return plan_post(by=by, variants=[VariantDraft(channel)], draft=draft, wall=wall, zone="UTC")


def repeat(post: Post, channel: Channel, by: Actor) -> Schedule:
    return repeat_post(post, SchedulePlan((channel,), "weekly", time(9), (2,)), by=by)
