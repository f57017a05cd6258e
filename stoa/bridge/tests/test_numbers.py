"""The author's page of uses: what each network tells of it, what it does not offer, what was not read yet."""

import pytest
from django.test import Client

from stoa.base import clock
from stoa.bridge.reading import Story
from stoa.bridge.tests.makers import make_right, make_use
from stoa.people.tests.makers import actor_of
from stoa.social.listen.models import Reading
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import run

pytestmark = pytest.mark.django_db


def test_the_author_reads_the_numbers_of_each_use(network: HostileNetwork, channel: Channel, client: Client) -> None:
    right = make_right()
    live, planned = make_use(right, channel), make_use(right, channel, minutes=6000)
    run(hours=1)
    Reading.objects.filter(delivery=live).delete()
    Reading.objects.create(delivery=live, measure="likes", value=0, at=clock.now())
    Reading.objects.create(delivery=live, measure="reach", value=None, at=clock.now())
    told = {each.use.delivery_id: each for each in Story.of(right, actor_of(right.author)).uses}
    assert [(each.label, each.value) for each in told[live.id].known] == [("Likes", 0)]
    assert "Reach" in told[live.id].not_offered
    assert "Replies" in told[live.id].unread
    assert (told[planned.id].known, told[planned.id].unread, told[planned.id].not_offered) == ([], [], [])
    client.force_login(right.author.account)  # type: ignore[arg-type]
    page = client.get(right.address).content.decode()
    assert "Likes <strong>0</strong>" in page
    assert "Not offered by this network:" in page
    assert "Not read yet:" in page
