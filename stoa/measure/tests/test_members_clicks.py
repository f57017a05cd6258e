"""What somebody who is signed in follows counts in the funnel: the last link before the join is its last touch."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.facts import announce
from stoa.base.work.drain import drain
from stoa.measure.days import Days
from stoa.measure.readers.joined import came
from stoa.measure.tests.seeded import NOW
from stoa.people.actions.joining import sign_up
from stoa.people.facts import PersonJoined
from stoa.people.models import Account
from stoa.people.tests.makers import actor_of
from stoa.social.publish.models import Link

pytestmark = pytest.mark.django_db
SAID = {"sec-fetch-mode": "navigate", "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}


def test_a_link_followed_between_sign_up_and_the_door_is_the_last_touch_of_the_join(client: Client) -> None:
    for code in ("first", "last", "later"):
        Link.objects.create(code=code, target="/join/")
    with clock.pinned(NOW):
        person = sign_up(Account.objects.create(email="new@example.org"), name="New", via="first")
        drain()
    client.force_login(person.account)  # type: ignore[arg-type]
    with clock.pinned(NOW + timedelta(hours=2)):
        client.get("/l/last", headers=SAID)
        announce(PersonJoined(person.id, None), by=actor_of(person))
    with clock.pinned(NOW + timedelta(hours=3)):
        client.get("/l/later", headers=SAID)
    days = Days(NOW.date(), NOW.date() + timedelta(days=1), "UTC")
    found = {touch: [(one.via, one.n) for one in came(days, touch=touch)] for touch in ("first", "last")}
    assert found == {"first": [("first", 1)], "last": [("last", 1)]}
    assert person.touches.count() == 3
