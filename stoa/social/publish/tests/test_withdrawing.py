"""Withdrawing: taken down and read back, held where it is not there yet, and the network's answer shown."""

import pytest

from stoa.base.actors import system
from stoa.base.work.drain import drain
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import withdraw_delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import fresh, make_delivery, run


def test_withdrawing_takes_down_and_reads_back(network: HostileNetwork, channel: Channel) -> None:
    delivery = make_delivery(channel)
    run()
    withdraw_delivery(delivery, "Taken back.", by=system("bridge"))
    run()
    row = fresh(delivery)
    assert (row.state, row.takedown, row.takedown_answer) == (
        "withdrawn",
        "gone",
        "Plaza confirms that the post is deleted.",
    )
    assert network.calls[-2:] == ["DELETE posts/r1", "GET posts/r1"]
    assert network.gone == {"r1"}


def test_a_network_that_keeps_it_is_shown_as_it_says(network: HostileNetwork, channel: Channel) -> None:
    network.deletes = lambda n: "refused"
    delivery = make_delivery(channel)
    run()
    withdraw_delivery(delivery, "Taken back.", by=system("bridge"))
    run()
    row = fresh(delivery)
    assert (row.state, row.takedown, row.takedown_answer) == ("published", "stands", "This post is locked.")


def test_a_deletion_that_did_nothing_is_not_believed(network: HostileNetwork, channel: Channel) -> None:
    network.deletes = lambda n: "ignored" if n < 3 else "ok"
    delivery = make_delivery(channel)
    run()
    withdraw_delivery(delivery, "Taken back.", by=system("bridge"))
    run()
    assert (fresh(delivery).takedown, network.deleted) == ("gone", 3)


def test_withdrawing_what_is_planned_holds_it(network: HostileNetwork, channel: Channel) -> None:
    delivery = make_delivery(channel, minutes=30)
    withdraw_delivery(delivery, "Taken back.", by=system("bridge"))
    run()
    assert (fresh(delivery).state, fresh(delivery).reason, network.calls) == ("held", "Taken back.", [])


@pytest.mark.parametrize(("fault", "end"), [("time-out after", "withdrawn"), ("time-out before", "held")])
def test_withdrawing_what_may_be_there_looks_first(
    fault: str, end: str, network: HostileNetwork, channel: Channel
) -> None:
    network.choose = lambda n: fault
    delivery = make_delivery(channel)
    drain()
    assert fresh(delivery).state == "unknown"
    withdraw_delivery(delivery, "Taken back.", by=system("bridge"))
    run()
    assert (fresh(delivery).state, network.sent) == (end, 1)


@pytest.mark.parametrize(("fault", "end"), [("ok", "withdrawn"), ("429", "held"), ("time-out after", "withdrawn")])
def test_withdrawing_while_it_is_being_sent_holds_afterwards(
    fault: str, end: str, network: HostileNetwork, channel: Channel
) -> None:
    delivery = make_delivery(channel)

    def take_back(what: str) -> None:
        if what == "POST posts":
            withdraw_delivery(fresh(delivery), "Taken back.", by=system("bridge"))

    network.choose, network.during = (lambda n: fault), take_back
    run()
    assert (fresh(delivery).state, network.sent) == (end, 1)
    assert len(network.gone) == len(network.posts)
