"""The demo's figures: every day of the year counted from the rows that the rooms below have filled."""

from datetime import timedelta

from stoa.base.demo import Story
from stoa.measure.actions import recount
from stoa.measure.days import DAY, Days, day_of, house_zone

YEAR = timedelta(days=380)


def fill(story: Story) -> None:
    with story.at(story.now):
        zone = house_zone()
        today = day_of(story.now, zone)
        recount(Days(today - YEAR, today + DAY, zone))
