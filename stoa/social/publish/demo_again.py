"""The demo's repeated post: one that stays true, out again each month; its next time is some days further off than posts are planned
ahead."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.models.site import site
from stoa.base.recurring import MONTHLY
from stoa.social.publish.facts import ScheduleKept
from stoa.social.publish.models import Post, Schedule, ScheduleChannel
from stoa.social.publish.times import AHEAD

EVERGREEN = "Foot up"
LATER = AHEAD + timedelta(days=3)


def repeat_one(story: Story) -> None:
    posts = Post.objects.filter(state="planned", at__lt=story.now)
    post = posts.filter(what=EVERGREEN).first() or posts.order_by("at").first()
    if post is None:
        return
    here = ZoneInfo(site().zone)
    with story.at(story.now - timedelta(days=1)):
        schedule = Schedule(
            post=post, kept_by_id=story.known("person", "dov"), rhythm=MONTHLY, day=(story.now.astimezone(here) + LATER).day,
            at=time(12, 30), zone=site().zone, since=story.now.astimezone(here).date(),
        )  # fmt: skip
        schedule.next_number, moment = next(schedule.times(after=story.now))
        schedule.due_at = moment.at - AHEAD
        schedule.save(force_insert=True)
        channels = list(post.variants.values_list("channel", flat=True))
        ScheduleChannel.objects.bulk_create([ScheduleChannel(schedule=schedule, channel_id=each) for each in channels])
    announce_past([Past(ScheduleKept(schedule.id, post.id), story.now - timedelta(days=1), schedule.kept_by_id)])
