"""The Impact page: what it says, what it keeps back, and who may read it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from stoa.base import clock
from stoa.measure.tests.seeded import NOW, World
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
PAGE = "/desk/insights/impact/"


def reader(role: str = "lead") -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=make_staff(role).person_id).account)
    return client


@pytest.mark.parametrize("role", ["lead", "owner", "community_manager", "social_media_manager"])
def test_those_who_read_numbers_may(role: str) -> None:
    assert reader(role).get(PAGE).status_code == 200


def test_a_moderator_and_a_member_may_not() -> None:
    assert reader("moderator").get(PAGE).status_code == 403
    client = Client()
    client.force_login(Person.objects.get(id=make_actor("Ada").person_id).account)
    assert client.get(PAGE).status_code == 403


def test_an_empty_house_says_so() -> None:
    with clock.pinned(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        page = reader().get(PAGE).content.decode()
    assert "September 2026 (the last whole month old enough to judge): nobody joined." in page


def test_a_full_month_is_told_in_a_sentence() -> None:
    with clock.pinned(NOW):
        World(people=300)
        for query in ("", "?by=post", "?touch=first", "?month=2026-11", "?month=1999-01", "?month=nonsense"):
            page = reader("lead").get(PAGE + query)
            assert page.status_code == 200
