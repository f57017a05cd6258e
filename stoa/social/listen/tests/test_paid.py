"""Numbers of a boosted post: two rows, never one; and what a network itself calls paid."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.social.listen.models import Measuring, Reading
from stoa.social.listen.numbers import table_of
from stoa.social.listen.paid import apart
from stoa.social.listen.tests.fake import START, HardOfHearing
from stoa.social.listen.tests.makers import work_on
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import NOT_OFFERED, Measure, Measured
from stoa.social.networks.protocol import Reading as Told
from stoa.social.publish.actions import Boosting, boost_delivery
from stoa.social.publish.models import Boost, Delivery
from stoa.social.publish.tests.makers import make_delivery
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def likes(value: int) -> Measured:
    return Measured((Told("ours1", "likes", value), Told("ours1", "reach", NOT_OFFERED)))


@pytest.fixture
def delivery(channel: Channel) -> Delivery:
    made = make_delivery(channel)
    work_on(START, minutes=0.1)
    return Delivery.objects.select_related("channel", "post").get(id=made.id)


def test_a_boost_is_read_at_its_edge_and_shown_apart(network: HardOfHearing, delivery: Delivery) -> None:
    manager = make_staff("social_media_manager")
    network.numbers = [likes(10), likes(14), likes(50)]
    work_on(START + HOUR, minutes=1)
    with clock.pinned(START + 2 * HOUR):
        boost_delivery(delivery, Boosting(), by=manager)
    work_on(START + 2 * HOUR, minutes=1)
    assert Reading.objects.filter(measure="likes").count() == 2
    assert Measuring.objects.get().due_at == (delivery.published_at or START) + 6 * HOUR
    work_on(START + 6 * HOUR, minutes=1)
    assert delivery.post is not None
    labels, rows = table_of(delivery.post, manager)
    place = labels.index("Likes") + 1
    assert [(row[0], row[place]) for row in rows] == [("Porch", "14"), ("Porch, while boosted", "36")]


def test_what_nobody_boosted_has_one_row(network: HardOfHearing, delivery: Delivery) -> None:
    network.numbers = [likes(10)]
    work_on(START + HOUR, minutes=1)
    assert delivery.post is not None
    assert len(table_of(delivery.post, make_staff("social_media_manager"))[1]) == 1
    assert apart([delivery]) == {}


def test_what_the_network_calls_paid_is_taken(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    connector = delivery.channel.connector
    offered = (*connector.measures, Measure("paid_reach", "Reach, paid", offered=True, paid_of="reach"))
    monkeypatch.setattr(type(connector), "measures", offered)
    for measure, value in (("reach", 500), ("paid_reach", 180), ("likes", 20)):
        Reading.objects.create(delivery=delivery, measure=measure, value=value, at=START + HOUR)
    found = apart([delivery])[delivery.id]
    assert (found.organic, found.boosted) == ({"reach": 320, "likes": 20}, {"reach": 180})


def test_of_a_boost_after_the_last_reading_nothing_is_known(delivery: Delivery) -> None:
    """Not 0: it was not read since."""
    published = delivery.published_at or START
    for hours, reach in ((1, 100), (300, 900)):
        Reading.objects.create(delivery=delivery, measure="reach", value=reach, at=published + hours * HOUR)
    Boost.objects.create(delivery=delivery, starts_at=published + 200 * HOUR, ends_at=published + 250 * HOUR)
    young = {delivery.id: published + 168 * HOUR}
    of_the_week = apart([delivery], young=young)[delivery.id]
    assert (of_the_week.organic, of_the_week.boosted) == ({"reach": 100}, {})
    later = apart([delivery])[delivery.id]
    assert (later.organic, later.boosted) == ({"reach": 100}, {"reach": 800})
