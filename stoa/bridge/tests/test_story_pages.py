"""What the pages of a right and of a campaign say: the same last day everywhere, and what became of it in its own words."""

from datetime import date

import pytest
from django.test import Client

from stoa.base import clock
from stoa.bridge.actions import Terms, decline_use, make_campaign, take_back
from stoa.bridge.actions.rights import ask_use
from stoa.bridge.days import end_of
from stoa.bridge.models import UsageRight
from stoa.bridge.tests.makers import make_request, make_right, make_subject, make_use
from stoa.bridge.words import own_words
from stoa.people.models import Account
from stoa.people.tests.makers import actor_of
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import run
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


def page(person_id: int | None, address: str) -> str:
    client = Client()
    client.force_login(Account.objects.get(person__id=person_id))
    return client.get(address).content.decode()


def test_desk_and_author_read_the_same_last_day() -> None:
    subject, staff = make_subject(), make_staff("social_media_manager")
    day = date(clock.now().year + 1, 11, 24)
    right = ask_use(
        subject, Terms(own_words(subject.html), "Amara", end_of(day), [], False), purpose="A zip.", by=staff
    )
    shown = f"24 Nov {day.year}"
    assert f"until {shown}" in page(right.author_id, right.address)
    assert shown in page(staff.person_id, f"/desk/stories/{right.shown_id}/")


def test_a_campaign_names_the_last_day_that_was_chosen() -> None:
    staff = make_staff("social_media_manager")
    year = clock.now().year + 1
    campaign = make_campaign(
        name="Zip week", goal="Forty people.", starts_at=clock.now(), ends_at=end_of(date(year, 5, 7)), by=staff
    )
    for address in ("/desk/campaigns/", campaign.address):
        assert f"7 May {year}" in page(staff.person_id, address)


def test_a_refused_request_says_so_and_lists_no_uses() -> None:
    right = make_request()
    decline_use(right, by=actor_of(right.author))
    told = page(right.author_id, right.address)
    assert "You said no: nothing of this goes out." in told
    assert "Where your words went" not in told


def test_a_post_that_was_taken_down_went_out_and_waits_for_no_numbers(
    network: HostileNetwork, channel: Channel
) -> None:
    right = make_right(credit="Amara")
    make_use(right, channel)
    run()
    assert "out since" in page(right.author_id, right.address)
    take_back(UsageRight.objects.get(id=right.id), by=actor_of(right.author))
    run()
    told = page(right.author_id, right.address)
    assert "went out" in told
    assert "out since" not in told
    assert "Not read yet" not in told


def test_a_page_that_says_no_still_refreshes_from_the_address_of_the_right() -> None:
    """Terms that cannot be are answered at an address that only takes what is sent to it."""
    right = make_request()
    client = Client()
    client.force_login(Account.objects.get(person__id=right.author_id))
    sent = {"narrowed": "yes", "words": "Never written.", "credit": "A", "until": "2099-01-01"}
    refused = client.post(f"{right.address}grant/", sent)
    assert refused.status_code == 422
    assert f'data-refresh="{right.address}"' in refused.content.decode()
