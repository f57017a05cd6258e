"""Every figure of the funnel is counted twice: by the database, and in plain Python from the same rows."""

from collections import Counter
from datetime import date

import pytest

from stoa.base import clock
from stoa.measure.days import Days
from stoa.measure.readers.clicks import opened
from stoa.measure.readers.joined import came
from stoa.measure.tests.plainly import came_plainly
from stoa.measure.tests.seeded import NOW, World
from stoa.social.publish.models import Click

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("touch", ["first", "last"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_the_database_counts_what_the_formulas_count(touch: str, zone: str) -> None:
    with clock.pinned(NOW):
        World()
        days = Days(date(2026, 7, 1), date(2026, 11, 24), zone)
        counted: Counter[tuple[object, ...]] = Counter()
        for one in came(days, touch=touch):
            counted[one.day, one.via, one.wrote, one.answered, one.here] += one.n
        assert counted == came_plainly(days, touch=touch)
        assert sum(counted.values()) > 300
        for place in (2, 3, 4):
            assert {key[place] for key in counted} == {True, False}
        assert len({key[1] for key in counted}) == 10


def test_clicks_and_visits_are_counted_by_link_and_day() -> None:
    with clock.pinned(NOW):
        World(people=5)
        days = Days(date(2026, 7, 1), date(2026, 11, 24), "UTC")
        rows = [click for click in Click.objects.all() if click.at in days.period]
        clicks = Counter((click.at.date(), click.link_id) for click in rows)
        visits = Counter((day, link) for day, link, _who in {(row.at.date(), row.link_id, row.visitor) for row in rows})
        counted = {(row.day, row.link_id): (row.clicks, row.visits) for row in opened(days)}
        assert counted == {key: (clicks[key], visits[key]) for key in clicks}
