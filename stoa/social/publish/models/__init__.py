"""This room's tables, one noun per file."""

from stoa.social.publish.models.asset_use import AssetUse
from stoa.social.publish.models.attempt import Attempt
from stoa.social.publish.models.boost import Boost
from stoa.social.publish.models.click import Click, ClickDay, Salt
from stoa.social.publish.models.correction import Correction
from stoa.social.publish.models.delivery import Delivery
from stoa.social.publish.models.link import Link
from stoa.social.publish.models.post import Post, Variant
from stoa.social.publish.models.schedule import Occurrence, Schedule, ScheduleChannel
from stoa.social.publish.models.video_fit import VideoFit

__all__ = [
    "AssetUse",
    "Attempt",
    "Boost",
    "Click",
    "ClickDay",
    "Correction",
    "Delivery",
    "Link",
    "Occurrence",
    "Post",
    "Salt",
    "Schedule",
    "ScheduleChannel",
    "Variant",
    "VideoFit",
]
