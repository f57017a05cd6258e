"""Limits let through what is allowed and no more, and give back over time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from stoa.base import clock, limits
from stoa.base.errors import TooMany
from stoa.base.models import Allowance

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def took(key: str, at: datetime) -> bool:
    with clock.pinned(at):
        try:
            limits.take(key, per=MINUTE, allowed=3)
        except TooMany:
            return False
    return True


def test_so_many_at_once_and_then_one_for_each_part_of_the_time() -> None:
    assert [took("a", NOW) for _ in range(5)] == [True, True, True, False, False]
    assert took("b", NOW)
    assert not took("a", NOW + timedelta(seconds=19))
    assert took("a", NOW + timedelta(seconds=20))
    assert not took("a", NOW + timedelta(seconds=21))
    assert [took("a", NOW + timedelta(minutes=5)) for _ in range(4)] == [True, True, True, False]


def test_a_refusal_says_when_to_come_back() -> None:
    for _ in range(3):
        took("a", NOW)
    with clock.pinned(NOW), pytest.raises(TooMany) as refused:
        limits.take("a", per=MINUTE, allowed=3)
    assert refused.value.reason == "That was too often. It is possible again in 21 seconds."


def test_keys_are_kept_as_digests_and_forgotten_when_full() -> None:
    took("sign-in 203.0.113.7", NOW)
    assert "203" not in Allowance.objects.get().key[:3] or len(Allowance.objects.get().key) == 64
    limits.forget_full(NOW + timedelta(seconds=10))
    assert Allowance.objects.count() == 1
    limits.forget_full(NOW + MINUTE)
    assert Allowance.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "unknown"),
        ("x", "unknown"),
    ],
)
def test_where_a_request_comes_from(address: str, place: str) -> None:
    assert limits.place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place
