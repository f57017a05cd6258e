"""The line of a channel: each waits for those that go first, and whoever is through calls the next."""

from datetime import timedelta

from stoa.base.work import claim
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import delivering, sending
from stoa.social.publish.actions.following import place_in_line
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery
from stoa.social.publish.tests.test_walltime import work_of
from stoa.social.publish.times import IN_LINE


def test_who_is_through_calls_the_next_and_nobody_else(network: HostileNetwork, channel: Channel) -> None:
    made = sorted((make_delivery(channel, f"Number {number}.") for number in range(3)), key=lambda each: each.id)
    first, second, third = claim(work_of("publish.delivery"))
    delivering.deliver(third.id, third.fence)
    delivering.deliver(second.id, second.fence)
    assert [fresh(each).due_at for each in made[1:]] == [START + IN_LINE, START + 2 * IN_LINE]
    delivering.deliver(first.id, first.fence)
    assert [fresh(each).state for each in made] == ["published", "planned", "planned"]
    assert [fresh(each).due_at for each in made[1:]] == [START, START + 2 * IN_LINE]


def test_an_unknown_outcome_and_a_refusal_call_the_next_too(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: ("time-out after", "refused")[n - 1]
    made = sorted((make_delivery(channel, f"Number {number}.") for number in range(3)), key=lambda each: each.id)
    first, second, third = claim(work_of("publish.delivery"))
    for waiting in (third, second):
        sending.send(waiting.id, waiting.fence)
    sending.send(first.id, first.fence)
    assert (fresh(made[0]).state, fresh(made[1]).due_at) == ("unknown", START)
    again = claim(work_of("publish.delivery"))
    assert [each.id for each in again] == [made[1].id]
    sending.send(again[0].id, again[0].fence)
    assert (fresh(made[1]).state, fresh(made[2]).due_at) == ("refused", START)


def test_what_is_readied_for_long_keeps_nobody(network: HostileNetwork, channel: Channel) -> None:
    first, second = sorted((make_delivery(channel, f"Number {number}.") for number in range(2)), key=lambda row: row.id)
    assert place_in_line(fresh(second), START) == 1
    Delivery.objects.filter(id=first.id).update(handle="upload 1", due_at=START + timedelta(hours=1))
    assert place_in_line(fresh(second), START) == 0
    Delivery.objects.filter(id=first.id).update(due_at=START + timedelta(minutes=1))
    assert place_in_line(fresh(second), START) == 1
