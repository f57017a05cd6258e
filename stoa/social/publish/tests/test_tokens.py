"""A token that was revoked, has expired or was rotated: nothing goes out twice, nothing is lost, and a person is asked only if need be."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.http.errors import NotSent
from stoa.social.networks import lines
from stoa.social.networks.actions import credentials
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted, TryLater
from stoa.social.publish.models import Attempt
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import START, Killed, fresh, make_delivery, run
from stoa.spaces.tests.makers import make_staff

REASON = "Plaza no longer accepts this account's token."
SERVER = "https://plaza.example"


@pytest.fixture
def staff(db: None) -> Actor:
    return make_staff("social_media_manager")


def connect_again(channel: Channel, token: str, by: Actor) -> Channel:
    account = Account(id=channel.remote_id, handle=channel.handle)
    return keep_channel(channel.network, account, Granted({"server": SERVER, "token": token}), by=by)


def test_after_a_revoked_token_all_that_was_planned_waits_with_the_reason_and_goes_out_later(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    deliveries = [make_delivery(channel, f"Post {number}", by=staff, minutes=number) for number in range(4)]
    network.token = "of another sign-in"
    now = run(hours=1)
    rows = [fresh(each) for each in deliveries]
    assert [(each.state, each.reason, each.mend) for each in rows] == [
        ("stopped", REASON, "Connect the channel again.")
    ] * 4
    assert (rows[0].channel.state, rows[0].channel.reason, network.posts) == ("reconnect", REASON, [])
    with clock.pinned(now + timedelta(minutes=1)):
        again = connect_again(channel, network.token, staff)
        assert (again.id, again.state) == (channel.id, "connected")
    run(now + timedelta(minutes=1))
    assert [fresh(each).state for each in deliveries] == ["published"] * 4
    assert [network.count(each.marker) for each in deliveries] == [1] * 4


def test_what_waited_too_long_for_a_new_sign_in_asks_and_nothing_goes_out_in_a_burst(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    deliveries = [make_delivery(channel, f"Post {number}", by=staff) for number in range(3)]
    network.token = "of another sign-in"
    run(hours=1)
    with clock.pinned(START + timedelta(hours=5)):
        connect_again(channel, network.token, staff)
    run(START + timedelta(hours=5))
    assert [(fresh(each).state, fresh(each).question) for each in deliveries] == [("asks", "late")] * 3
    assert network.posts == []


def test_what_is_unknown_when_the_token_is_revoked_is_looked_up_after_connecting_again(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    network.choose = lambda n: "time-out after"
    delivery = make_delivery(channel, by=staff)

    def revoke(what: str) -> None:
        if what == "GET posts" and not network.token:
            network.token = "of another sign-in"

    network.during = revoke
    now = run(hours=2)
    assert (fresh(delivery).state, fresh(delivery).channel.state) == ("unknown", "reconnect")
    with clock.pinned(now):
        connect_again(channel, network.token, staff)
    run(now)
    assert (fresh(delivery).state, network.count(delivery.marker)) == ("published", 1)


def test_an_expired_token_is_renewed_and_stored_before_it_is_used(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HostileConnector, "expires", True)
    network.token, network.rotates, stored = f"token-of-{channel.handle}-1", True, []
    Channel.objects.filter(id=channel.id).update(fresh_until=START)

    def watch(what: str) -> None:
        if what == "POST posts":
            stored.append((lines.line_for(Channel.objects.get(id=channel.id)).credentials["token"], network.token))

    network.during = watch
    delivery = make_delivery(channel)
    run()
    assert (fresh(delivery).state, network.refreshed) == ("published", 1)
    assert stored == [("renewed-token-1", "renewed-token-1")]


def test_a_worker_killed_between_renewing_and_storing_ends_in_an_honest_reconnect(
    network: HostileNetwork, channel: Channel, staff: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network has taken the old token back and nobody has the new one: no design brings it again. It is said, and nothing is lost."""
    network.token, network.rotates = f"token-of-{channel.handle}-1", True
    Channel.objects.filter(id=channel.id).update(fresh_until=START)
    inner, kills = credentials._store, []

    def die(*args: object) -> None:
        if not kills:
            kills.append(1)
            run_out = clock.db_now() - timedelta(seconds=1)  # as if its lease had run out meanwhile
            Channel.objects.filter(id=channel.id).update(refreshing_until=run_out)
            raise Killed
        inner(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(credentials, "_store", die)
    deliveries = [make_delivery(channel, f"Post {number}", by=staff) for number in range(2)]
    now = run(hours=1)
    assert kills == [1]
    assert [(fresh(each).state, fresh(each).reason) for each in deliveries] == [("stopped", REASON)] * 2
    assert (fresh(deliveries[0]).channel.state, network.posts, network.refreshed) == ("reconnect", [], 1)
    with clock.pinned(now):
        connect_again(channel, network.token, staff)
    run(now)
    assert [network.count(each.marker) for each in deliveries] == [1, 1]
    assert not Attempt.objects.filter(ended_at=None).exists()


def test_a_renewal_whose_answer_was_lost_is_tried_again_and_says_what_came_of_it(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    network.token, network.rotates = f"token-of-{channel.handle}-1", True
    Channel.objects.filter(id=channel.id).update(fresh_until=START)
    inner, lost = network.refresh, []

    def lose(shown: str) -> object:
        answer = inner(shown)
        if not lost:
            lost.append(answer)
            raise NotSent("Cut off.")
        return answer

    network.refresh = lose  # type: ignore[method-assign, assignment]
    delivery = make_delivery(channel, by=staff)
    run(hours=1)
    assert (fresh(delivery).state, fresh(delivery).channel.state) in {
        ("stopped", "reconnect"),
        ("planned", "connected"),
    }
    assert network.posts == []


def test_a_renewal_that_comes_home_after_a_new_sign_in_overwrites_nothing(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    """Somebody connected the channel again while a worker was on its way with the old tokens."""

    def connect_meanwhile(what: str) -> None:
        if what == "POST token":
            connect_again(channel, "of the new sign-in", staff)

    network.during = connect_meanwhile
    with pytest.raises(credentials.InFlight):
        credentials.refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
    assert lines.line_for(Channel.objects.get(id=channel.id)).credentials["token"] == "of the new sign-in"


def test_a_renewal_that_nobody_understands_is_tried_later(network: HostileNetwork, channel: Channel) -> None:
    def broken(shown: str) -> object:
        raise KeyError("access_token")

    network.refresh = broken  # type: ignore[method-assign, assignment]
    with pytest.raises(TryLater):
        credentials.refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
    assert Channel.objects.get(id=channel.id).refreshing_until is None


def test_a_renewal_that_comes_home_after_disconnecting_opens_nothing(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    from stoa.social.networks.actions import disconnect_channel

    network.during = lambda what: disconnect_channel(Channel.objects.get(id=channel.id), by=staff)
    with pytest.raises(credentials.InFlight):
        credentials.refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
    left = Channel.objects.get(id=channel.id)
    assert (left.state, left.sealed) == ("disconnected", None)


def test_what_was_planned_on_a_channel_that_is_renamed_goes_out_with_its_links(
    network: HostileNetwork, channel: Channel
) -> None:
    delivery = make_delivery(channel)
    Channel.objects.filter(id=channel.id).update(handle="workshop", name="Workshop")
    run()
    row = fresh(delivery)
    assert (row.state, row.channel_id, network.count(row.marker)) == ("published", channel.id, 1)
