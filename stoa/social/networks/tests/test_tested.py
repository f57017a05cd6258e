"""Whoever connects reads what the connector was tried against."""

import pytest
from django.test import Client
from django.urls import reverse

from stoa.people.models import Person
from stoa.social.networks.protocol import Connects
from stoa.social.networks.registry import connectors
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(Person.objects.get(id=make_staff("social_media_manager").person_id).account)
    return client


@pytest.mark.parametrize("key", list(connectors()))
def test_the_screen_where_one_connects_says_what_it_was_tested_against(staff: Client, key: str) -> None:
    connector = connectors()[key]
    connects = isinstance(connector, Connects)
    page = staff.get(reverse("networks:connecting" if connects else "networks:by_hand", args=[key])).content.decode()
    assert f"Tested against {connector.tested}." in page


def test_serving_by_hand_what_has_an_interface_says_nothing_of_that_interface(staff: Client) -> None:
    assert "Tested against" not in staff.get(reverse("networks:by_hand", args=["mastodon"])).content.decode()
