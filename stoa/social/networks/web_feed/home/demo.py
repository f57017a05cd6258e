"""The demo's feed: what the Guild said last, as those read it who use no network."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from stoa.base import clock, ids
from stoa.base.models.site import site
from stoa.demo_guild import SEED
from stoa.demo_guild.social import channels, moment_of, posts
from stoa.social.networks.web_feed.home.actions.entries import Draft, write_entry
from stoa.social.networks.web_feed.home.actions.feeds import open_feed
from stoa.social.networks.web_feed.home.models import Entry
from stoa.social.networks.web_feed.home.policy import feeds_key

SHOWN = 6


def fill(seed: int = SEED) -> int:
    """Writes the last posts of the first channel that are out by now and hold no member's words. Returns how many stand there; filling
    twice changes nothing."""
    now, zone, ours = clock.now(), ZoneInfo(site().zone), channels()[0]
    with transaction.atomic(), ids.seeded(seed):
        feed, _token = open_feed("guild", ours.name, "What we mend, and when you can come.", key=feeds_key())
        if Entry.objects.filter(feed=feed).exists():
            return Entry.objects.standing().count()
        today = now.astimezone(zone).date()
        said = [
            (datetime.combine(*moment_of(plan, today), tzinfo=zone), plan.key, dict(plan.variants)[ours.key])
            for plan in posts(seed)
            if ours.key in dict(plan.variants) and not plan.right and not plan.thread
        ]
        for at, key, text in sorted(each for each in said if each[0] <= now)[-SHOWN:]:
            first, _, rest = text.strip().partition("\n")
            draft = Draft(first, rest.strip()) if rest.strip() and len(first) < 120 else Draft("", text.strip())
            write_entry(draft, by=feed, key=f"demo-{key}", at=at)
        return Entry.objects.standing().count()
