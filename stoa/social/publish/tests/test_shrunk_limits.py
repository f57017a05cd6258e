"""What fitted when it was planned and does not any more is refused with its mend, and nothing is sent."""

import pytest

from stoa.base import clock
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run


def told(channel: Channel, most: int) -> None:
    Channel.objects.filter(id=channel.id).update(
        told={"address": "https://plaza.example/limits", "text": most}, told_at=START
    )


@pytest.mark.django_db
def test_a_limit_that_shrank_refuses_what_was_planned(network: HostileNetwork, channel: Channel) -> None:
    with clock.pinned(START):
        delivery = make_delivery(channel, "Zips can be saved, every one of them.")
    told(channel, 20)
    run()
    delivery = fresh(delivery)
    assert (delivery.state, network.sent) == ("refused", 0)
    assert "this network takes 20." in delivery.reason
    assert delivery.mend.startswith("Shorten it by")


@pytest.mark.django_db
def test_a_limit_that_shrank_and_still_holds_it_changes_nothing(network: HostileNetwork, channel: Channel) -> None:
    with clock.pinned(START):
        delivery = make_delivery(channel)
    told(channel, 400)
    run()
    assert (fresh(delivery).state, network.sent) == ("published", 1)
