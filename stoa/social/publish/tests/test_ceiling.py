"""What one delivery costs the database: a fixed number of statements, however much else is due."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stoa.base import clock
from stoa.base.work import claim
from stoa.base.work.drain import run_one
from stoa.base.work.kinds import Kind, all_kinds
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery

MOST = 21  # statements of one sending with a tracked link and one rate, from the claimed row to its end


def statements(seen: CaptureQueriesContext) -> list[str]:
    """Without the database's clock, transactions and savepoints."""
    asked = [each["sql"] for each in seen.captured_queries]
    return [sql for sql in asked if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) and "clock_t" not in sql]


def delivery_kind() -> Kind:
    return next(each for each in all_kinds() if each.key == "publish.delivery")


def sent_one() -> list[str]:
    (claimed,) = claim(delivery_kind(), 1)
    with CaptureQueriesContext(connection) as seen:
        run_one(delivery_kind(), claimed)
    return statements(seen)


@pytest.fixture
def warm(network: HostileNetwork, channel: Channel) -> Channel:
    """What is written once per process is written."""
    network.choose = lambda number: "ok"
    make_delivery(channel)
    sent_one()
    return channel


def test_a_sending_takes_so_many_statements(warm: Channel) -> None:
    delivery = make_delivery(warm, "Another.")
    asked = sent_one()
    assert fresh(delivery).state == "published"
    assert len(asked) <= MOST, "\n".join(asked)


def test_one_that_waits_takes_no_more_when_much_is_due(warm: Channel) -> None:
    for number in range(12):
        make_delivery(warm, f"Number {number}.")
    claim(delivery_kind(), 1)
    assert len(asked := sent_one()) <= MOST, "\n".join(asked)


def test_what_is_due_behind_one_that_waits_is_lined_up_at_once(network: HostileNetwork, warm: Channel) -> None:
    """Only the second finds out that it is not its turn; each is called by the one before it, and all go out in order."""
    made = [make_delivery(warm, f"Number {number}.") for number in range(9)]
    rows = sorted(made, key=lambda row: row.id)
    first, second = claim(delivery_kind(), 2)
    assert [first.id, second.id] == [rows[0].id, rows[1].id]
    run_one(delivery_kind(), second)
    due = dict(Delivery.objects.values_list("id", "due_at"))
    assert due[rows[1].id] == START + timedelta(seconds=2)
    assert {due[row.id] for row in rows[2:]} == {START + timedelta(seconds=40)}
    run_one(delivery_kind(), first)
    while claimed := claim(delivery_kind(), 1):
        run_one(delivery_kind(), claimed[0])
    assert [post.key for post in network.posts][1:] == [row.key for row in rows]
    assert set(Delivery.objects.values_list("tries", flat=True)) == {1, 2}
    assert clock.now() == START


def test_what_goes_before_one_that_waits_is_not_lined_up(warm: Channel) -> None:
    rows = sorted((make_delivery(warm, f"Number {number}.") for number in range(4)), key=lambda row: row.id)
    Delivery.objects.filter(id=rows[2].id).update(due_at=START - timedelta(seconds=1))
    (third,) = claim(delivery_kind(), 1)
    run_one(delivery_kind(), third)
    wait = {row.id: fresh(row).due_at - START for row in rows}  # type: ignore[operator]
    assert [wait[row.id].total_seconds() for row in rows] == [0, 0, 4, 40]
