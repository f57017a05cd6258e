"""The way back: members' words that went out under a usage right."""

from dataclasses import dataclass
from datetime import datetime

from stoa.bridge.models import Use
from stoa.measure.days import WEEK, Days
from stoa.measure.readers.numbers import REACH, counted_channels, last_readings
from stoa.social.listen.paid import apart


@dataclass(frozen=True)
class Stories:
    """Of one month: how many stories were used in how many posts, how many of the stories have a right that holds now, and by how many
    readers (boosted ones left out) they were seen on the posts (`seen` of them) whose network offers it."""

    stories: int
    uses: int
    valid: int
    reach: int
    seen: int
    refused: int


def stories(days: Days, now: datetime) -> Stories:
    """Uses that went live in these days."""
    period = days.period
    rows = Use.objects.filter(live_at__gte=period.start, live_at__lt=period.end).filter(
        counted_channels("delivery__channel__")
    )
    uses = list(rows.select_related("right", "delivery__channel"))
    rights = {use.right_id: use.right for use in uses}
    read = last_readings({use.delivery_id for use in uses})
    paid = apart([use.delivery for use in uses], young={use.delivery_id: until(use) for use in uses})
    read |= {number: dict(each.organic) for number, each in paid.items()}
    told = [read[use.delivery_id][REACH] for use in uses if REACH in read.get(use.delivery_id, {})]
    known = [value for value in told if value is not None]
    valid = sum(right.is_valid(now) for right in rights.values())
    return Stories(len(rights), len(uses), valid, sum(known), len(known), len(told) - len(known))


def until(use: Use) -> datetime:
    """Until when a reading of its post counts."""
    return (use.delivery.published_at or use.planned_at) + WEEK


def story_posts() -> set[int]:
    """Every post that ever carried a member's words."""
    found = Use.objects.exclude(live_at=None).values_list("delivery__post", flat=True)
    return {post for post in found if post is not None}
