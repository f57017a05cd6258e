"""Reading numbers: thinner with age, appended, and never 0 for what a network does not tell."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.models import FactRow
from stoa.social.listen.models import Measuring, Reading
from stoa.social.listen.numbers import table_of
from stoa.social.listen.reading import NOT_READ_YET, numbers_of
from stoa.social.listen.tests.fake import START, HardOfHearing
from stoa.social.listen.tests.makers import work_on
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import NOT_OFFERED, Measured, TryLater, Unknown
from stoa.social.networks.protocol import Reading as Told
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.makers import make_delivery, make_post
from stoa.spaces.tests.makers import make_staff

AGES = [
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=28),
]


def likes(value: int) -> Measured:
    return Measured((Told("ours1", "likes", value), Told("ours1", "reach", NOT_OFFERED)))


@pytest.fixture
def delivery(channel: Channel) -> Delivery:
    made = make_delivery(channel)
    work_on(START, minutes=0.1)
    made.refresh_from_db()
    assert made.is_published
    return made


def test_readings_thin_out_with_age(network: HardOfHearing, delivery: Delivery) -> None:
    network.numbers = [likes(number) for number in range(1, 8)]
    for age in AGES:
        work_on(START + age - timedelta(seconds=30), minutes=1)
    assert list(Reading.objects.filter(measure="likes").order_by("at").values_list("value", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    assert [each.at - START for each in Reading.objects.filter(measure="reach").order_by("at")] == AGES
    assert Measuring.objects.get().due_at is None
    assert FactRow.objects.filter(name="listen.reading_taken").count() == 6


def test_not_offered_is_not_zero_and_not_unread(network: HardOfHearing, delivery: Delivery) -> None:
    assert numbers_of([delivery])[delivery.id]["likes"].value is NOT_READ_YET
    network.numbers = [likes(0)]
    work_on(START + timedelta(hours=1), minutes=0.1)
    numbers = numbers_of([delivery])[delivery.id]
    assert (numbers["likes"].value, numbers["reach"].value) == (0, NOT_OFFERED)
    assert numbers["reposts"].value is NOT_READ_YET
    assert numbers["quotes"].value is NOT_OFFERED


def test_the_newest_reading_counts(network: HardOfHearing, delivery: Delivery) -> None:
    network.numbers = [likes(7), likes(3)]
    work_on(START + timedelta(hours=1), minutes=0.1)
    work_on(START + timedelta(hours=6), minutes=0.1)
    assert numbers_of([delivery])[delivery.id]["likes"].value == 3
    assert Reading.objects.filter(measure="likes").count() == 2


def test_what_was_missed_is_read_once(network: HardOfHearing, delivery: Delivery) -> None:
    network.numbers = [likes(9), likes(10)]
    work_on(START + timedelta(days=4), minutes=2)
    assert Reading.objects.filter(measure="likes").count() == 1
    assert Measuring.objects.get().due_at == START + timedelta(days=7)


def test_trouble_leaves_the_reading_due(network: HardOfHearing, delivery: Delivery) -> None:
    network.numbers = [Unknown("No answer."), TryLater("Slowly.", after=60), likes(5)]
    work_on(START + timedelta(hours=1), minutes=30)
    assert list(Reading.objects.filter(measure="likes").values_list("value", flat=True)) == [5]


def test_a_post_that_the_network_does_not_know_has_no_numbers(network: HardOfHearing, delivery: Delivery) -> None:
    network.numbers = [Measured((), missing=("ours1",))]
    work_on(START + timedelta(hours=1), minutes=1)
    assert not Reading.objects.exists()
    assert Measuring.objects.get().missing == 1


def test_an_answer_is_not_measured(network: HardOfHearing, channel: Channel) -> None:
    from stoa.social.listen.actions import answer_conversation
    from stoa.social.listen.tests.makers import make_conversation
    from stoa.spaces.tests.makers import make_staff

    with clock.pinned(START):
        answer_conversation(make_conversation(channel), "Yes.", by=make_staff("social_media_manager"))
    work_on(START, minutes=1)
    assert Delivery.objects.get().is_published
    assert not Measuring.objects.exists()


def test_a_posts_page_tells_a_number_from_what_is_not_offered_and_not_read(
    network: HardOfHearing, channel: Channel
) -> None:
    staff = make_staff("social_media_manager")
    post = make_post([channel], by=staff)
    work_on(START, minutes=0.1)
    network.numbers = [likes(1204)]
    work_on(START + timedelta(hours=1), minutes=0.1)
    labels, rows = table_of(post, staff)
    assert dict(zip(labels, rows[0][1:], strict=True)) == {
        "Likes": "1,204", "Reposts": "not read yet", "Replies": "not read yet", "Quotes": "not offered",
        "Reach": "not offered", "Impressions": "not offered",
    }  # fmt: skip


def test_what_only_a_pasted_address_names_is_not_asked_for(network: HardOfHearing, delivery: Delivery) -> None:
    """A person posted it before the channel was connected: the network may know it by another name."""
    network.numbers = [likes(10)]
    delivery.attempts.filter(outcome="published").update(kind="person")
    work_on(START + timedelta(hours=1), minutes=1)
    row = Measuring.objects.get()
    assert (row.due_at, "a person posted it" in row.trouble) == (None, True)
    assert not Reading.objects.exists()
