"""What headers say of how much is left is read in every form that is about, and never believed too far."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stoa.base import clock
from stoa.social.networks.actions import note_allowance
from stoa.social.networks.actions.budgets import KEPT
from stoa.social.networks.allowances import LONGEST, MOST, Allowance, allowance
from stoa.social.networks.models import Budget
from stoa.social.networks.reading import left_of
from stoa.social.networks.tests.makers import make_channel
from stoa.social.networks.waits import retry_after

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DATE = {"Date": "Mon, 04 May 2026 09:00:00 GMT"}
MASTODON = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "12", "X-RateLimit-Reset": "2026-05-04T09:05:00.000Z"}
BLUESKY = {"RateLimit-Limit": "3000", "RateLimit-Remaining": "0", "RateLimit-Reset": str(int(NOW.timestamp()) + 90)}
DISCORD = {
    "X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "1470173023.123",
    "X-RateLimit-Reset-After": "1.5", "X-RateLimit-Bucket": "abcd1234",
}  # fmt: skip
DRAFT = {"RateLimit-Limit": "100, 100;w=60", "RateLimit-Remaining": "7", "RateLimit-Reset": "30"}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (MASTODON, Allowance(12, 300, timedelta(minutes=5))),
        (BLUESKY, Allowance(0, 3000, timedelta(seconds=90))),
        (DISCORD, Allowance(4, 5, timedelta(seconds=1.5), "abcd1234")),
        (DRAFT, Allowance(7, 100, timedelta(seconds=30))),
        ({**MASTODON, "X-RateLimit-Remaining": "9" * 25}, Allowance(MOST, 300, timedelta(minutes=5))),
        ({**BLUESKY, "RateLimit-Reset": "99999999999999"}, Allowance(0, 3000, LONGEST)),
        ({**DRAFT, "RateLimit-Limit": "none"}, Allowance(7, 0, timedelta(seconds=30))),
    ],
)
def test_each_form_is_read(headers: dict[str, str], expected: Allowance) -> None:
    assert allowance({**DATE, **headers}, NOW + timedelta(days=3)) == expected
    assert allowance(headers, NOW) == expected


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-RateLimit-Remaining": "3"},
        {**MASTODON, "X-RateLimit-Remaining": "-1"},
        {**MASTODON, "X-RateLimit-Remaining": "nan"},
        {**MASTODON, "X-RateLimit-Reset": "2026-05-04T08:59:59Z"},
        {**MASTODON, "X-RateLimit-Reset": "soon"},
        {**DISCORD, "X-RateLimit-Reset-After": "-4"},
        {**DRAFT, "RateLimit-Reset": "inf", "RateLimit-Remaining": "0"},
    ],
)
def test_what_makes_no_sense_is_left(headers: dict[str, str]) -> None:
    assert allowance(headers, NOW) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Mon, 04 May 2026 09:00:40 GMT", 40.0),
        ("Mon, 04 May 2026 08:00:00 GMT", 60.0),
        ("", 60.0),
        ("-5", 60.0),
        ("soon", 60.0),
        ("nan", 60.0),
        ("9" * 50, 60.0),
        ("315360000", 315360000.0),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_an_instant(said: str, expected: float) -> None:
    assert retry_after({**DATE, "Retry-After": said}, 60.0) == expected


@pytest.mark.django_db
def test_it_is_kept_in_a_row_that_is_written_only_when_it_has_changed(django_assert_num_queries: Any) -> None:
    with clock.pinned(NOW):
        channel = make_channel()
        note_allowance(channel.id, "send", Allowance(12, 300, timedelta(minutes=5)))
        with django_assert_num_queries(1):
            note_allowance(channel.id, "send", Allowance(12, 300, timedelta(seconds=299)))
        note_allowance(channel.id, "send", Allowance(11, 300, timedelta(seconds=299)))
        note_allowance(channel.id, "look", Allowance(0, 0, timedelta(seconds=10)))
        assert sorted(Budget.objects.values_list("purpose", "left", "at_most")) == [("look", 0, 0), ("send", 11, 300)]
        assert [each[:2] for each in left_of(channel)] == [("Looking up", "0"), ("Posts", "11 of 300")]
    with clock.pinned(NOW + timedelta(minutes=1)):
        assert [each[:2] for each in left_of(channel)] == [("Posts", "11 of 300")]


@pytest.mark.django_db
def test_a_network_that_names_ever_new_buckets_fills_no_table() -> None:
    with clock.pinned(NOW):
        channel = make_channel()
        for number in range(KEPT + 5):
            note_allowance(channel.id, "send", Allowance(1, 5, timedelta(seconds=9), f"bucket {number}"))
    assert Budget.objects.count() == KEPT
