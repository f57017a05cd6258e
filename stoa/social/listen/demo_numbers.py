"""The demo's readings: how the numbers of each post rose, as the network would have told them."""

from collections.abc import Iterator
from datetime import datetime

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.demo_guild.rows import Reading as Told
from stoa.demo_guild.social import posts
from stoa.social.listen.actions.measuring import AGES, passed
from stoa.social.listen.facts import ReadingTaken
from stoa.social.listen.models import Measuring, Reading
from stoa.social.publish.models import Delivery


def write_numbers(story: Story) -> None:
    """Every reading up to now, and when the next one is due."""
    deliveries = Delivery.objects.select_related("channel").in_bulk(list(story.made.get("delivery", {}).values()))
    readings: list[Reading] = []
    facts: list[Past] = []
    for plan in posts(story.seed):
        for channel, rows in plan.readings:
            delivery = deliveries.get(story.known("delivery", f"{plan.key}-{channel}") or 0)
            if delivery is not None and delivery.published_at is not None:
                for row in rows:
                    at = delivery.published_at + row.after
                    if at <= story.now:
                        made = list(readings_of(story, delivery, row, at))
                        readings += made
                        offered = sum(each.is_offered for each in made)
                        fact = ReadingTaken(delivery.id, delivery.channel_id, offered, len(made) - offered)
                        facts.append(Past(fact, at))
    Reading.objects.bulk_create(readings, batch_size=2000)
    Measuring.objects.bulk_create([plan_of(story, each) for each in deliveries.values()], batch_size=500)
    announce_past(facts)


def readings_of(story: Story, delivery: Delivery, row: Told, at: datetime) -> Iterator[Reading]:
    """One of each measure that the network knows; those that it does not tell are *not offered*."""
    told = {"likes": row.likes, "reposts": row.reposts, "replies": row.replies, "reach": row.views}
    with story.at(at):
        for measure in delivery.channel.connector.measures:
            yield Reading(delivery=delivery, measure=measure.key, value=told.get(measure.key), at=at)


def plan_of(story: Story, delivery: Delivery) -> Measuring:
    published = delivery.published_at or story.now
    step = passed(published, story.now)
    return Measuring(delivery=delivery, step=step, due_at=published + AGES[step] if step < len(AGES) else None)
