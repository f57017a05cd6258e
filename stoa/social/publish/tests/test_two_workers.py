"""Two workers at once, on real threads and a real database: one claim each, one renewal of credentials, one post."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from stoa.base import clock
from stoa.base.work import claim
from stoa.base.work.drain import run_one
from stoa.base.work.kinds import all_kinds
from stoa.people.rights import all_rights
from stoa.social.networks import lines
from stoa.social.networks.actions import InFlight, refresh_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import make_delivery, make_thread
from stoa.spaces.actions.roles import ship
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> None:
    """Runs these on threads that start together."""
    gate = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> None:
        gate.wait(10)
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(begin, work) for work in works]:
            future.result(60)


def work_until_done() -> None:
    kind = next(each for each in all_kinds() if each.key == "publish.delivery")
    for _round in range(400):
        for claimed in claim(kind, 2):
            run_one(kind, claimed)
        if not Delivery.objects.filter(due_at__isnull=False).exists():
            return


@pytest.fixture
def channels(network: HostileNetwork, settings: object, tmp_path: Path) -> list[Channel]:
    settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
    assert all_rights()
    ship()
    return [make_channel("hostile", f"porch-{number}") for number in range(3)]


def test_two_workers_send_each_delivery_once(network: HostileNetwork, channels: list[Channel]) -> None:
    network.choose = lambda n: "time-out after" if n % 4 == 0 else "ok"
    staff = make_staff("social_media_manager")
    deliveries = [make_delivery(channels[number % 3], f"Post {number}", by=staff) for number in range(18)]
    with clock.moved(rate=60):
        at_once(work_until_done, work_until_done, work_until_done)
    assert Delivery.objects.filter(state="published").count() == 18
    assert [network.count(each.marker) for each in deliveries] == [1] * 18
    assert not Attempt.objects.filter(ended_at=None).exists()


def test_two_workers_send_each_part_once_and_in_order(network: HostileNetwork, channels: list[Channel]) -> None:
    network.choose = lambda n: "time-out after" if n % 5 == 0 else "ok"
    staff = make_staff("social_media_manager")
    threads = [make_thread(channels[n % 2], [f"{n} {k}" for k in range(4)], by=staff) for n in range(4)]
    with clock.moved(rate=60):
        at_once(work_until_done, work_until_done, work_until_done)
    assert network.duplicates() == []
    ids = {post.key: post.id for post in network.posts}
    answered = {post.key: post.answers for post in network.posts}
    for rows in threads:
        assert [answered[row.key] for row in rows] == ["", *(ids[row.key] for row in rows[:-1])]
    assert Delivery.objects.filter(state="published").count() == 16


def test_credentials_are_renewed_by_one_worker(
    network: HostileNetwork, channels: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second finds it in flight, or done."""
    monkeypatch.setattr(HostileConnector, "expires", True)
    channel, refused = channels[0], []

    def renew() -> None:
        try:
            refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
        except InFlight as waiting:
            refused.append(waiting)

    at_once(renew, renew, renew, renew)
    assert network.refreshed == 1
    stored = Channel.objects.get(id=channel.id)
    assert (stored.opened, stored.refreshing_until) == (channel.opened + 1, None)
    assert lines.line_for(stored).credentials["token"] == "renewed-token-1"


def test_expired_credentials_are_renewed_once_and_all_goes_out(
    network: HostileNetwork, channels: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HostileConnector, "expires", True)
    network.token = "another"
    deliveries = [make_delivery(channels[0], f"Post {number}") for number in range(4)]
    with clock.moved(rate=60):
        at_once(work_until_done, work_until_done)
    assert (network.refreshed, [network.count(each.marker) for each in deliveries]) == (1, [1] * 4)


def test_credentials_that_end_soon_are_renewed_first(network: HostileNetwork, channels: list[Channel]) -> None:
    Channel.objects.filter(id=channels[0].id).update(fresh_until=clock.now() + timedelta(seconds=30))
    make_delivery(channels[0])
    work_until_done()
    assert network.calls == ["POST token", "POST posts"]
