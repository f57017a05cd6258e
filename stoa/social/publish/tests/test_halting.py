"""What stops a sending that goes on piece by piece in this house: a hold, a closed channel, a taking back."""

from __future__ import annotations

import pytest

from stoa.base import actors, clock
from stoa.base.going_on import Against, against
from stoa.social.networks.actions import place_hold
from stoa.social.networks.models import Hold
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import let_go
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.makers import make_delivery
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
BY = actors.system("tests")


@pytest.fixture
def delivery() -> Delivery:
    return make_delivery(make_channel())


def said(delivery: Delivery) -> Against | None:
    return against(delivery.channel.network, delivery.channel.remote_id, delivery.key)


def test_nothing_speaks_against_what_goes_on_and_what_is_not_known(delivery: Delivery) -> None:
    assert said(delivery) is None
    assert against("elsewhere", "nobody", "k") is None


def test_a_hold_lets_it_wait_wherever_it_stands(delivery: Delivery) -> None:
    network = delivery.channel.network
    for channel, over in ((delivery.channel, ""), (None, network), (None, "")):
        place_hold(channel, reason="A crisis.", by=BY, network=over)
        assert said(delivery) == Against("A crisis.", for_good=False)
        Hold.objects.update(lifted_at=clock.now())
        assert said(delivery) is None
    place_hold(make_channel(handle="another"), reason="Elsewhere.", by=BY)
    assert said(delivery) is None


def test_what_was_never_connected_stands_under_what_holds_its_network_or_everything(delivery: Delivery) -> None:
    network = delivery.channel.network
    for over in (network, ""):
        place_hold(None, reason="A crisis.", by=BY, network=over)
        assert against(network, "nobody", "k") == Against("A crisis.", for_good=False)
        assert (against("elsewhere", "nobody", "k") is None) == bool(over)
        Hold.objects.update(lifted_at=clock.now())
    place_hold(delivery.channel, reason="This one.", by=BY)
    assert against(network, "nobody", "k") is None


def test_a_channel_that_is_closed_lets_it_wait(delivery: Delivery) -> None:
    delivery.channel.state, delivery.channel.reason = "reconnect", "The token is over."
    delivery.channel.save()
    assert said(delivery) == Against("The token is over.", for_good=False)


def test_what_is_taken_back_ends_before_what_would_let_it_wait(delivery: Delivery) -> None:
    place_hold(None, reason="A crisis.", by=BY)
    Delivery.objects.filter(id=delivery.id).update(takedown="asked", takedown_reason="Her right is over.")
    assert said(delivery) == Against("Her right is over.", for_good=True)


def test_what_was_let_go_after_it_asked_ends_for_good(delivery: Delivery) -> None:
    """It took so long that a person was asked: whoever lets it go reads that nobody sends it any more."""
    Delivery.objects.filter(id=delivery.id).update(state="asks", question="ambiguous", due_at=None)
    let_go(delivery, "Nobody needs it now.", by=make_staff("owner"))
    assert said(delivery) == Against("Nobody needs it now.", for_good=True)
