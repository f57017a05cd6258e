"""A network's budget is obeyed before it has to say no: counted from the attempts, in a sliding window."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stoa.social.networks.actions import note_allowance
from stoa.social.networks.allowances import Allowance
from stoa.social.networks.limits import Rate
from stoa.social.networks.models import Budget, Channel
from stoa.social.networks.plaza.connector import RULES
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions.budgets import room_for
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run
from stoa.social.publish.times import LOOKS, pause


@pytest.fixture
def tight(network: HostileNetwork, monkeypatch: pytest.MonkeyPatch) -> HostileNetwork:
    """Two publications in ten minutes: seven points, of which each costs three; sign-ins are another matter."""
    source = RULES.rates[0].source
    rates = (Rate("points", 7, 600, source, weight=3), Rate("sign-ins", 1, 86_400, source, weight=0))
    monkeypatch.setattr(HostileConnector, "rules", property(lambda self: replace(RULES, lag=self.lag, rates=rates)))
    return network


def test_what_does_not_fit_waits_until_there_is_room_and_is_not_late(tight: HostileNetwork, channel: Channel) -> None:
    made = sorted([make_delivery(channel, f"Number {number}.") for number in range(5)], key=lambda each: each.id)
    run(hours=0.1)
    assert [fresh(each).state for each in made] == ["published", "published", "planned", "planned", "planned"]
    assert fresh(made[2]).due_at == fresh(made[0]).attempts.get().started_at + timedelta(minutes=10)
    assert "as much as its network allows" in fresh(made[2]).reason
    run(START + timedelta(minutes=6), hours=1)
    assert [fresh(each).state for each in made] == ["published"] * 5
    assert (len(tight.posts), fresh(made[4]).reason) == (5, "")
    times = sorted(Attempt.objects.filter(kind="send").values_list("started_at", flat=True))
    assert all(later - first >= timedelta(minutes=10) for first, later in zip(times, times[2:], strict=False))


def test_another_channel_has_a_budget_of_its_own(tight: HostileNetwork, channel: Channel) -> None:
    other = make_channel(channel.network, "bench")
    for place in (channel, channel, other):
        make_delivery(place)
    run(hours=0.1)
    assert Delivery.objects.filter(state="published").count() == 3


def test_what_never_left_this_house_costs_nothing(tight: HostileNetwork, channel: Channel) -> None:
    tight.choose = lambda n: "not sent" if n <= 3 else "ok"
    delivery = make_delivery(channel)
    run(hours=0.2)
    assert fresh(delivery).state == "published"
    assert Attempt.objects.filter(outcome="not sent").count() == 3


def test_what_the_network_says_is_left_is_obeyed_before_it_says_no(network: HostileNetwork, channel: Channel) -> None:
    made = sorted([make_delivery(channel, f"Number {number}.") for number in range(2)], key=lambda each: each.id)
    network.tells = {"X-RateLimit-Limit": "1", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "300"}
    run(hours=0.05)
    told = Budget.objects.get()
    assert (told.purpose, told.left, told.at_most) == ("send", 0, 1)
    assert told.resets_at == told.learned_at + timedelta(minutes=5)
    assert [fresh(each).state for each in made] == ["published", "planned"]
    assert (fresh(made[1]).due_at, len(network.posts)) == (told.resets_at, 1)
    assert "as much as its network allows" in fresh(made[1]).reason
    run(START + timedelta(minutes=3), hours=1)
    assert (fresh(made[1]).state, len(network.posts)) == ("published", 2)


def test_a_budget_of_uploads_keeps_back_only_what_has_pictures(channel: Channel) -> None:
    delivery = make_delivery(channel)
    note_allowance(channel.id, "prepare", Allowance(0, 30, timedelta(minutes=30)))
    note_allowance(channel.id, "look", Allowance(0, 30, timedelta(minutes=30)))
    assert room_for(delivery, START) is None
    delivery.content = {**delivery.content, "pictures": [{"file": 1, "alt": ""}]}
    assert room_for(delivery, START) == START + timedelta(minutes=30)


def test_pauses_of_many_that_failed_together_come_apart_and_are_never_shorter() -> None:
    pauses = {pause(LOOKS, 1, number) for number in range(1, 200)}
    assert len(pauses) > 190
    assert LOOKS[1] <= min(pauses) < max(pauses) <= LOOKS[1] * 1.2
    assert (pause(LOOKS, 1, 7), pause(LOOKS, 1)) == (pause(LOOKS, 1, 7), LOOKS[1])
