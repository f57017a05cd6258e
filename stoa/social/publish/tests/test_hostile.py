"""Against a hostile network: nothing goes out twice, nothing is lost, nothing is called published that is not."""

import random
from dataclasses import replace

import pytest

from stoa.base import clock
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Line, Outgoing, Published
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run

ONCE = {
    "ok": ("published", 1, ["published"]),
    "time-out after": ("published", 1, ["unknown", "published"]),
    "reset after": ("published", 1, ["unknown", "published"]),
    "500 after": ("published", 1, ["unknown", "published"]),
    "truncated": ("published", 1, ["unknown", "published"]),
    "not json": ("published", 1, ["unknown", "published"]),
    "time-out before": ("published", 1, ["unknown", "not there yet", "absent", "published"]),
    "500 before": ("published", 1, ["unknown", "not there yet", "absent", "published"]),
    "504 html": ("published", 1, ["unknown", "not there yet", "absent", "published"]),
    "200 with error": ("published", 1, ["unknown", "not there yet", "absent", "published"]),
    "429": ("published", 1, ["later", "published"]),
    "not sent": ("published", 1, ["not sent", "published"]),
    "refused": ("refused", 0, ["refused"]),
    "gone": ("refused", 0, ["refused"]),
    "reconnect": ("stopped", 0, ["reconnect"]),
}


@pytest.mark.parametrize("fault", ONCE)
def test_one_fault_ends_as_it_must(fault: str, network: HostileNetwork, channel: Channel) -> None:
    state, there, outcomes = ONCE[fault]
    network.choose = lambda n: fault if n == 1 else "ok"
    delivery = make_delivery(channel)
    run()
    assert fresh(delivery).state == state
    assert network.count(delivery.marker) == there
    assert list(delivery.attempts.values_list("outcome", flat=True)) == outcomes


def test_a_published_delivery_names_the_posts_id_address_and_instant(network: HostileNetwork, channel: Channel) -> None:
    delivery = make_delivery(channel)
    run()
    row = fresh(delivery)
    assert (row.remote_id, row.address, row.published_at) == ("r1", "https://plaza.example/posts/r1", START)
    assert (row.due_at, row.lease_until, row.reason) == (None, None, "")


def test_an_id_too_long_to_be_kept_names_nothing_and_is_looked_up(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = HostileConnector.publish

    def wide(self: HostileConnector, outgoing: Outgoing, *, over: Line) -> Published:
        return replace(plain(self, outgoing, over=over), id="r" * 501)

    monkeypatch.setattr(HostileConnector, "publish", wide)
    delivery = make_delivery(channel)
    run()
    assert (fresh(delivery).state, fresh(delivery).remote_id) == ("published", "r1")
    assert list(delivery.attempts.values_list("outcome", flat=True)) == ["unknown", "published"]
    assert network.sent == 1


def test_every_attempt_carries_the_same_key_and_hash(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: ["time-out before", "429", "not sent", "ok"][n - 1]
    delivery = make_delivery(channel)
    run()
    assert fresh(delivery).state == "published"
    assert set(Attempt.objects.values_list("key", "request_hash")) == {(delivery.key, delivery.request_hash)}
    assert {post.key for post in network.posts} == {delivery.key}


def test_a_lagging_read_back_is_waited_for(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    monkeypatch.setattr(HostileConnector, "lag", 900.0)
    network.lag = timedelta(minutes=14)
    network.choose = lambda n: "time-out after"
    delivery = make_delivery(channel)
    run()
    assert fresh(delivery).state == "published"
    assert network.sent == 1


def test_a_read_back_that_is_down_for_two_hours_is_waited_for(network: HostileNetwork, channel: Channel) -> None:
    from datetime import timedelta

    network.choose = lambda n: "time-out after"
    network.looks = lambda n: "ok" if clock.now() > START + timedelta(hours=2) else "time-out"
    delivery = make_delivery(channel)
    run()
    assert fresh(delivery).state == "published"
    assert network.sent == 1


def test_what_cannot_be_found_out_is_asked(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "time-out after"
    network.looks = lambda n: "500"
    delivery = make_delivery(channel)
    run()
    row = fresh(delivery)
    assert (row.state, row.question, network.sent) == ("asks", "ambiguous", 1)


@pytest.mark.parametrize("seed", range(4))
def test_a_storm_of_faults_duplicates_nothing_and_loses_nothing(
    seed: int, network: HostileNetwork, channel: Channel
) -> None:
    dice = random.Random(seed)
    faults = [*(fault for fault in ONCE if fault != "reconnect"), "ok", "ok", "time-out after", "500 after"]
    network.choose = lambda n: dice.choice(faults)
    network.looks = lambda n: dice.choice(["ok", "ok", "ok", "time-out", "500"])
    network.retry_after = "20"
    channels = [channel, *(make_channel("hostile", f"porch-{number}") for number in range(4))]
    deliveries = [make_delivery(channels[number % 5], f"Post {number}") for number in range(60)]
    run(hours=48)
    assert network.duplicates() == []
    ends = {row.id: row for row in Delivery.objects.all()}
    assert {row.state for row in ends.values()} <= {"published", "refused", "asks"}
    for delivery in deliveries:
        row, there = ends[delivery.id], network.count(delivery.marker)
        assert there == {"published": 1, "refused": 0}.get(row.state, there)
    assert not Attempt.objects.filter(ended_at=None).exists()


def test_time_outs_are_resolved_without_a_person(network: HostileNetwork, channel: Channel) -> None:
    dice = random.Random(11)
    network.choose = lambda n: "time-out after" if dice.random() < 0.3 else "ok"
    deliveries = [make_delivery(channel, f"Post {number}") for number in range(100)]
    run()
    assert Delivery.objects.filter(state="published").count() == 100
    assert [network.count(each.marker) for each in deliveries] == [1] * 100


def test_evidence_holds_no_token(network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    from stoa.social.networks.protocol import Refused

    def leak(self: object, outgoing: object, *, over: object) -> None:
        raise Refused(f"bad token {over.credentials['token']}", "mend")  # type: ignore[attr-defined]

    monkeypatch.setattr(HostileConnector, "publish", leak)
    make_delivery(channel)
    run()
    assert Attempt.objects.get().evidence == {"answer": "Refused", "said": "bad token …", "mend": "mend"}
