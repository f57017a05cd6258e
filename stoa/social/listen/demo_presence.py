"""The demo's channels as strangers see them, read from the practice network, and a year of their followers."""

from datetime import timedelta

from stoa.base import clock
from stoa.base.demo import Story
from stoa.demo_guild.rows import Channel as Told
from stoa.demo_guild.social import channels
from stoa.social.listen.actions.appearing import EVERY, seen_of
from stoa.social.listen.models import Appearance, FollowerCount
from stoa.social.networks.actions import open_credentials
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Line

YEAR = 365


def write_presence(story: Story) -> None:
    """What each channel's page shows: looked at once, now."""
    told = {row.key: row for row in channels()}
    rows = Channel.objects.in_bulk(list(story.made.get("channel", {}).values()))
    now = clock.now()
    for key, number in story.made.get("channel", {}).items():
        channel = rows[number]
        seen = channel.connector.present(over=Line(Indoors(), open_credentials(channel)))
        Appearance.objects.create(channel=channel, told=seen_of(channel, seen), read_at=now, due_at=now + EVERY)
        FollowerCount.objects.bulk_create(year_of(channel, told[key]))


def year_of(channel: Channel, told: Told) -> list[FollowerCount]:
    """A count for each week; a channel that is not told its reach is not told who follows either."""
    today = clock.now().date()
    grown = told.followers - told.followers_a_year_ago
    return [
        FollowerCount(
            channel=channel,
            day=today - timedelta(days=ago),
            value=told.followers - grown * ago // YEAR if told.offers_reach else None,
        )
        for ago in range(0, YEAR, 7)
    ]
