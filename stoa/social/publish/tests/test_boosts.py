"""Paid reach: said by a person, kept apart from what came by itself. Sums were worked out by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Boosting, boost_delivery, end_boost, withdraw_boost
from stoa.social.publish.models import Boost, Click, ClickDay, Delivery
from stoa.social.publish.models.boost import split
from stoa.social.publish.reading import delivery_rows
from stoa.social.publish.tests.makers import START, make_delivery, run
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OUT = datetime(2026, 5, 4, 10, tzinfo=UTC)


def span(start: float, end: float | None) -> Boost:
    return Boost(starts_at=OUT + start * HOUR, ends_at=None if end is None else OUT + end * HOUR)


@pytest.mark.parametrize(
    ("readings", "boosts", "expected"),
    [
        ([(1, 40), (6, 100)], [], (100, None)),
        ([], [span(0, 2)], (None, None)),
        ([(1, None), (6, None)], [span(0, 2)], (None, None)),
        ([(1, 40), (6, 100), (24, 300), (72, 320)], [span(6, 24)], (120, 200)),
        ([(1, 40), (6, 100), (24, 300), (72, 320)], [span(7, 20)], (120, 200)),
        ([(1, 40), (6, 100), (24, 300), (72, 320)], [span(24, None)], (300, 20)),
        ([(1, 40), (6, 100), (24, 300), (72, 320)], [span(0, 1), span(25, 30)], (260, 60)),
        ([(1, 40), (6, 100), (24, 300)], [span(5.9, None)], (100, 200)),
        ([(1, 40), (6, 100), (24, 300)], [span(5.9, 5.95)], (240, 60)),
        ([(1, 40), (6, 100)], [span(7, None)], (100, 0)),
        ([(1, 40), (6, 30)], [span(2, 3)], (30, 0)),
        ([(1, 40), (6, None), (24, 100)], [span(2, 3)], (40, 60)),
    ],
)
def test_what_grew_while_boosted_is_apart(
    readings: list[tuple[float, int | None]], boosts: list[Boost], expected: tuple[int | None, int | None]
) -> None:
    assert split([(OUT + at * HOUR, value) for at, value in readings], OUT, boosts) == expected


@pytest.fixture
def manager(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def delivery(manager: Actor, channel: Channel) -> Delivery:
    made = make_delivery(channel, by=manager)
    run(START, hours=1)
    return Delivery.objects.select_related("channel").get(id=made.id)


def wall(hours: float) -> datetime:
    return (START + hours * HOUR).replace(tzinfo=None)


def test_a_boost_is_kept_ended_and_taken_out(delivery: Delivery, manager: Actor) -> None:
    with clock.pinned(START + 2 * HOUR):
        boost = boost_delivery(
            delivery, Boosting(budget=Decimal("20.50"), currency="eur", note="To Brackwater"), by=manager
        )
    assert (boost.starts_at, boost.ends_at, boost.budget, boost.currency) == (
        START + 2 * HOUR,
        None,
        Decimal("20.50"),
        "EUR",
    )
    with clock.pinned(START + 5 * HOUR):
        assert end_boost(boost, by=manager).ends_at == START + 5 * HOUR
        boost_delivery(delivery, Boosting(starts=wall(6), ends=wall(7)), by=manager)
        withdraw_boost(boost, by=manager)
    assert list(Boost.objects.values_list("starts_at", "ends_at")) == [(START + 6 * HOUR, START + 7 * HOUR)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Boosting(starts=wall(-1)), "starts"),
        (Boosting(starts=wall(2), ends=wall(2)), "ends"),
        (Boosting(budget=Decimal(-1), currency="EUR"), "budget"),
        (Boosting(budget=Decimal(10) ** 9, currency="EUR"), "budget"),
        (Boosting(budget=Decimal(5)), "currency"),
        (Boosting(currency="€"), "currency"),
        (Boosting(starts=wall(3), ends=wall(5)), "starts"),
    ],
)
def test_what_cannot_be_is_refused(delivery: Delivery, manager: Actor, said: Boosting, field: str) -> None:
    with clock.pinned(START + 2 * HOUR):
        boost_delivery(delivery, Boosting(starts=wall(4), ends=wall(6)), by=manager)
        with pytest.raises(Invalid) as refused:
            boost_delivery(delivery, said, by=manager)
    assert refused.value.field == field
    assert Boost.objects.count() == 1


def test_what_is_not_out_is_not_boosted_and_strangers_say_nothing(channel: Channel, manager: Actor) -> None:
    planned = make_delivery(channel, by=manager, minutes=60)
    with pytest.raises(NotPossible):
        boost_delivery(planned, Boosting(), by=manager)
    with pytest.raises(NotAllowed):
        boost_delivery(planned, Boosting(), by=make_actor("Stranger"))
    assert not Boost.objects.exists()


def test_clicks_of_that_time_stand_apart(delivery: Delivery, manager: Actor) -> None:
    link = delivery.link
    for number, hours in enumerate((1, 2.5, 3, 9)):
        Click.objects.create(link=link, visitor=f"{number}", hour=START, at=START + hours * HOUR)
    ClickDay.objects.create(link=link, day=START.date(), clicks=4, previews=7)
    with clock.pinned(START + 2 * HOUR):
        boost_delivery(delivery, Boosting(starts=wall(2), ends=wall(4)), by=manager)
    assert delivery.post is not None
    (row,) = delivery_rows(delivery.post, manager)
    assert (row.clicks, row.previews, row.boosted) == (2, 7, 2)


def test_its_page_keeps_what_was_typed_and_says_what_is_wrong(delivery: Delivery, manager: Actor) -> None:
    browser = Client()
    browser.force_login(Person.objects.get(id=manager.person_id).account)
    address = reverse("publish:boosts", args=[delivery.id])
    with clock.pinned(START + 2 * HOUR):
        assert address in browser.get(reverse("publish:delivery", args=[delivery.id])).content.decode()
        wrong = browser.post(address, {"budget": "20", "note": "To Brackwater"})
        assert wrong.status_code == 422
        assert "Three letters, as EUR." in wrong.content.decode()
        assert 'value="To Brackwater"' in wrong.content.decode()
        assert browser.post(address, {"budget": "20", "currency": "EUR", "note": "To Brackwater"}).status_code == 303
        assert "Boosted now" in browser.get(address).content.decode()
        boost = Boost.objects.get()
        browser.post(reverse("publish:boost", args=[boost.id]), {"_method": "DELETE"})
    assert not Boost.objects.exists()
