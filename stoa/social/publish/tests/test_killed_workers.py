"""A worker that is killed at any point leaves nothing twice and nothing lost; one that was stopped and woken writes and sends nothing."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from stoa.base import clock
from stoa.base.work import Fenced, claim
from stoa.base.work.kinds import all_kinds
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import delivering, looking, outcomes, sending, takedown, turns, withdraw_delivery
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import Killed, expire_leases, fresh, make_delivery, run
from stoa.spaces.tests.makers import make_staff

POINTS: list[tuple[ModuleType, str, str]] = [
    (sending, "begin", "before"),
    (turns, "open_attempt", "before"),
    (turns, "open_attempt", "after"),
    (sending, "begin", "after"),
    (sending, "watched_line", "after"),
    (sending, "answer_of", "before"),
    (sending, "answer_of", "after"),
    (outcomes, "record", "before"),
    (turns, "write", "before"),
    (turns, "write", "after"),
    (outcomes, "record", "after"),
    (delivering, "lose", "after"),
    (looking, "begin", "after"),
    (looking, "ask_network", "after"),
    (looking, "record", "before"),
    (looking, "record", "after"),
    (takedown, "begin", "after"),
    (takedown, "ask_network", "after"),
    (takedown, "record", "after"),
]
FAULTS = ("ok", "time-out after", "500 before", "429", "truncated", "not sent", "ok")


def kill_at(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, when: str, often: int = 2) -> list[int]:
    """Every `often`-th passing of this point is the worker's last, for the first 8 of them. Gives the list of kills."""
    passed, kills = [0], []
    inner: Callable[..., Any] = getattr(module, name)

    def around(*args: Any, **kwargs: Any) -> Any:
        passed[0] += 1
        last = passed[0] % often == 0 and len(kills) < 8
        result = None if last and when == "before" else inner(*args, **kwargs)
        if last:
            kills.append(passed[0])
            raise Killed
        return result

    monkeypatch.setattr(module, name, around)
    return kills


@pytest.mark.parametrize(("module", "name", "when"), POINTS, ids=[f"{when} {name}" for _m, name, when in POINTS])
def test_a_kill_anywhere_duplicates_nothing_and_loses_nothing(
    module: ModuleType, name: str, when: str, network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.choose = lambda n: FAULTS[n % len(FAULTS)]
    network.retry_after = "5"
    channels = [channel, make_channel("hostile", "second")]
    deliveries = [make_delivery(channels[number % 2], f"Post {number}") for number in range(8)]
    withdraw = make_delivery(channels[0], "Taken back")
    withdraw_by = make_staff("social_media_manager")
    if module is delivering:
        kill_at(monkeypatch, sending, "answer_of", "after")
    kills = kill_at(monkeypatch, module, name, when, often=1 if module in (takedown, delivering) else 2)
    run()
    withdraw_delivery(fresh(withdraw), "Taken back.", by=withdraw_by)
    run(clock.now() + timedelta(hours=13))
    assert kills
    assert network.duplicates() == []
    for delivery in deliveries:
        row, there = fresh(delivery), network.count(delivery.marker)
        assert row.state in ("published", "asks")
        assert there == (1 if row.state == "published" else there)
    assert fresh(withdraw).state in ("withdrawn", "held")


def kind() -> Any:
    return next(each for each in all_kinds() if each.key == "publish.delivery")


def test_a_sending_whose_lease_ran_out_is_unknown_and_never_due(network: HostileNetwork, channel: Channel) -> None:
    delivery = make_delivery(channel)
    first = claim(kind())[0]
    assert sending.begin(first.id, first.fence) is not None
    expire_leases()
    second = claim(kind())[0]
    delivering.deliver(second.id, second.fence)
    assert fresh(delivery).state == "unknown"
    assert Attempt.objects.get().outcome == "lost"
    assert network.calls == []


def test_a_woken_worker_neither_sends_nor_writes(network: HostileNetwork, channel: Channel) -> None:
    """Stopped between its attempt's row and its call, while another took over."""
    delivery = make_delivery(channel)
    old = claim(kind())[0]
    turn = sending.begin(old.id, old.fence)
    assert turn is not None
    expire_leases()
    new = claim(kind())[0]
    delivering.deliver(new.id, new.fence)
    before = fresh(delivery).__dict__ | {"_state": None}
    with pytest.raises(Fenced):
        sending.call(turn)
    assert network.calls == []
    assert fresh(delivery).__dict__ | {"_state": None} == before


def test_a_worker_stopped_past_its_lease_sends_nothing_even_if_nobody_took_over(
    network: HostileNetwork, channel: Channel
) -> None:
    make_delivery(channel)
    old = claim(kind())[0]
    turn = sending.begin(old.id, old.fence)
    assert turn is not None
    expire_leases()
    with pytest.raises(Fenced):
        sending.call(turn)
    assert network.calls == []


def test_a_worker_woken_inside_its_call_sends_no_further_write(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped after the check before the call: each single write asks again."""
    delivery = make_delivery(channel)
    old = claim(kind())[0]
    turn = sending.begin(old.id, old.fence)
    assert turn is not None
    inner = sending.answer_of

    def stopped(*args: Any) -> Any:
        expire_leases()
        claim(kind())
        return inner(*args)

    monkeypatch.setattr(sending, "answer_of", stopped)
    with pytest.raises(Fenced):
        sending.call(turn)
    assert (network.sent, network.count(delivery.marker)) == (0, 0)


def test_a_late_answer_of_a_fenced_worker_changes_nothing(network: HostileNetwork, channel: Channel) -> None:
    """It sent, was stopped, and wakes with the answer when another has looked it up already."""
    delivery = make_delivery(channel)
    old = claim(kind())[0]
    turn = sending.begin(old.id, old.fence)
    assert turn is not None
    answer, credentials = sending.call(turn)
    expire_leases()
    run()
    assert fresh(delivery).state == "published"
    attempts = list(Attempt.objects.values())
    with pytest.raises(Fenced):
        outcomes.record(turn, answer, credentials)
    assert list(Attempt.objects.values()) == attempts
    assert network.count(delivery.marker) == 1


def test_the_attempt_is_committed_before_the_first_byte(network: HostileNetwork, channel: Channel) -> None:
    from django.db import connection

    seen: list[tuple[str, bool, int]] = []

    def look(what: str) -> None:
        ended = Attempt.objects.filter(kind="send", ended_at=None).count()
        seen.append((what, connection.in_atomic_block and len(connection.savepoint_ids) > 0, ended))

    network.during = look
    make_delivery(channel)
    run()
    assert seen == [("POST posts", False, 1)]
    assert Delivery.objects.get().state == "published"
