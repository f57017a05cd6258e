"""What a network must get ready first: prepared in attempts of its own, which may be repeated and are never unknown; then sent."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import (
    Gone,
    Line,
    NotSent,
    Outgoing,
    Pending,
    Prepared,
    Prepares,
    Published,
    Reconnect,
    Refused,
    TryLater,
    Unknown,
)
from stoa.social.publish.actions import change_delivery, send_again
from stoa.social.publish.check import check
from stoa.social.publish.models import Delivery
from stoa.social.publish.reading import line_of
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import START, Killed, expire_leases, fresh, make_delivery, make_thread, run
from stoa.spaces.tests.makers import make_staff

Meets = list[object]


class Preparing:
    """`meets`: what each asking in turn comes to; after them all is ready. `asked`: the handles that were given."""

    def __init__(self) -> None:
        self.meets: Meets = []
        self.asked: list[tuple[str, str]] = []
        self.sent: list[tuple[str, str]] = []
        self.gone = 0

    def prepare(self, outgoing: Outgoing, handle: str) -> object:
        self.asked.append((outgoing.key, handle))
        met = self.meets.pop(0) if self.meets else Prepared(f"box {len(self.asked)}")
        if isinstance(met, BaseException):
            raise met
        return met


@pytest.fixture
def prepared(network: HostileNetwork, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preparing]:
    made, publish = Preparing(), HostileConnector.publish

    def prepare(self: object, outgoing: Outgoing, *, over: Line, handle: str = "") -> object:
        return made.prepare(outgoing, handle)

    def send(self: HostileConnector, outgoing: Outgoing, *, over: Line) -> Published:
        made.sent.append((outgoing.key, outgoing.prepared))
        if made.gone:
            made.gone -= 1
            raise Gone("The container has expired.")
        return publish(self, outgoing, over=over)

    monkeypatch.setattr(HostileConnector, "prepare", prepare, raising=False)
    monkeypatch.setattr(HostileConnector, "publish", send)
    yield made
    Prepares._abc_caches_clear()  # type: ignore[attr-defined]  # else every later test of this process takes that connector for one that prepares


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


def told(delivery: Delivery) -> list[tuple[str, str]]:
    return list(delivery.attempts.order_by("number").values_list("kind", "outcome"))


def test_it_is_prepared_then_sent_with_what_the_network_called_it(prepared: Preparing, channel: Channel) -> None:
    delivery = make_delivery(channel)
    run()
    assert told(delivery) == [("prepare", "ready"), ("send", "published")]
    assert (prepared.sent, fresh(delivery).state) == ([(delivery.key, "box 1")], "published")
    words = [(line_of(each).what, line_of(each).outcome) for each in delivery.attempts.order_by("number")]
    assert words == [("Prepared", "the network has it ready, nobody sees it yet"), ("Sent", "published")]
    assert not list(check())


def test_a_network_that_works_on_it_is_asked_again_with_its_own_handle(prepared: Preparing, channel: Channel) -> None:
    prepared.meets = [Pending("upload 1", 600), Pending("upload 1", 600), Prepared("box")]
    delivery = make_delivery(channel)
    run()
    assert [handle for _key, handle in prepared.asked] == ["", "upload 1", "upload 1"]
    assert told(delivery) == [("prepare", "being readied")] * 2 + [("prepare", "ready"), ("send", "published")]
    assert fresh(delivery).published_at >= START + timedelta(minutes=20)  # type: ignore[operator]  # later than the grace, not late


@pytest.mark.parametrize(
    ("met", "outcome", "state"),
    [
        (Unknown("No answer."), "not ready", "published"),
        (ValueError("no"), "not ready", "published"),
        (None, "not ready", "published"),
        (Prepared(""), "not ready", "published"),
        (Prepared("x" * 501), "not ready", "published"),
        (NotSent("No way."), "not sent", "published"),
        (TryLater("Busy.", 30), "later", "published"),
        (Gone("The account."), "refused", "refused"),
        (Refused("Too large.", "Shrink it."), "refused", "refused"),
        (Reconnect("Closed."), "reconnect", "stopped"),
    ],
)
def test_its_trouble_is_never_unknown(
    met: object, outcome: str, state: str, prepared: Preparing, network: HostileNetwork, channel: Channel
) -> None:
    prepared.meets = [met]
    delivery = make_delivery(channel)
    run()
    assert (told(delivery)[0], fresh(delivery).state) == (("prepare", outcome), state)
    assert "unknown" not in [each for _kind, each in told(delivery)]
    assert network.sent == (1 if state == "published" else 0)


def test_a_worker_killed_while_preparing_prepares_again(
    prepared: Preparing, network: HostileNetwork, channel: Channel
) -> None:
    prepared.meets = [Killed()]
    delivery = make_delivery(channel)
    run()
    assert told(delivery) == [("prepare", "lost"), ("prepare", "ready"), ("send", "published")]
    assert network.sent == 1


def test_what_is_ready_no_more_is_prepared_again_but_not_for_ever(
    prepared: Preparing, network: HostileNetwork, channel: Channel
) -> None:
    prepared.gone = 1
    delivery = make_delivery(channel)
    run()
    assert [box for _key, box in prepared.sent] == ["box 1", "box 2"]
    assert told(delivery)[1] == ("send", "ready no more")
    assert fresh(delivery).state == "published"
    prepared.gone = 9
    other = make_delivery(channel)
    run()
    assert (fresh(other).state, len(told(other))) == ("refused", 6)


def test_a_network_that_never_gets_it_ready_is_given_up(prepared: Preparing, channel: Channel) -> None:
    prepared.meets = [Pending("upload", 1)] * 100
    delivery = make_delivery(channel)
    run(hours=48)
    assert (fresh(delivery).state, fresh(delivery).reason) == ("refused", "The network did not get it ready in hours.")


def test_an_unknown_sending_keeps_what_was_ready_and_new_words_do_not(
    prepared: Preparing, network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    network.choose = lambda n: {1: "500 before", 2: "refused"}.get(n, "ok")
    delivery = make_delivery(channel, by=staff)
    run()
    assert [box for _key, box in prepared.sent] == ["box 1", "box 1"]
    row = fresh(delivery)
    assert (row.state, row.prepared) == ("refused", "")
    other = make_delivery(channel, by=staff, minutes=60)
    Delivery.objects.filter(id=other.id).update(prepared="old box")
    change_delivery(fresh(other), "New words.", wall=None, by=staff)
    assert fresh(other).prepared == ""


def test_a_second_worker_does_not_prepare_what_another_has_in_hand(prepared: Preparing, channel: Channel) -> None:
    from stoa.base.work import Fenced, claim
    from stoa.social.publish.actions import preparing, sending
    from stoa.social.publish.tests.test_killed_workers import kind

    delivery = make_delivery(channel)
    old = claim(kind())[0]
    assert claim(kind()) == []
    turn = sending.begin(old.id, old.fence)
    assert turn is not None
    expire_leases()
    assert claim(kind())[0].fence > old.fence
    with pytest.raises(Fenced):
        preparing.record(turn, Prepared("late"), {})
    assert fresh(delivery).prepared == ""


def test_every_part_of_a_thread_is_prepared_for_itself(
    prepared: Preparing, network: HostileNetwork, channel: Channel
) -> None:
    rows = make_thread(channel)
    run()
    assert [box for _key, box in prepared.sent] == ["box 1", "box 2", "box 3"]
    assert [fresh(row).state for row in rows] == ["published"] * 3


def test_what_was_only_prepared_is_sent_by_a_person_without_looking_it_up(
    prepared: Preparing, network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    prepared.meets = [Refused("Too large.", "Shrink it.")]
    delivery = make_delivery(channel, by=staff)
    run()
    with clock.pinned(START + timedelta(hours=1)):
        send_again(fresh(delivery), by=staff)
    run(START + timedelta(hours=1))
    assert (fresh(delivery).state, network.looked, network.sent) == ("published", 0, 1)


@pytest.mark.parametrize(
    ("met", "times", "state"),
    [
        (Gone("It is over."), 3, "published"),
        (Gone("It is over."), 4, "refused"),
        (Refused("It could not be fetched.", "Look."), 1, "published"),
        (Refused("It could not be fetched.", "Look."), 2, "refused"),
    ],
)
def test_what_broke_while_it_was_being_readied_is_begun_again_but_not_for_ever(
    met: object, times: int, state: str, prepared: Preparing, network: HostileNetwork, channel: Channel
) -> None:
    """A hold closes the addresses of its pictures, and a network keeps what it was readying for a day."""
    prepared.meets = [each for _time in range(times) for each in (Pending("whole:1", 5), met)]
    delivery = make_delivery(channel)
    run()
    assert [handle for _key, handle in prepared.asked][:3] == ["", "whole:1", ""]
    assert told(delivery)[1] == ("prepare", "ready no more")
    assert (fresh(delivery).state, network.sent) == (state, int(state == "published"))


def test_what_answers_takes_no_turn_where_answers_need_none(
    prepared: Preparing, network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HostileConnector, "prepares_answers", False, raising=False)
    post, comment = make_thread(channel, ["One."], comment="More below.")
    run()
    assert told(post) == [("prepare", "ready"), ("send", "published")]
    assert told(comment) == [("send", "published")]


def test_a_comment_below_what_is_gone_is_tried_once(
    prepared: Preparing, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reply(self: object, outgoing: Outgoing, *, over: Line) -> Published:
        raise Gone("What it answers is not there.")

    monkeypatch.setattr(HostileConnector, "prepares_answers", False, raising=False)
    monkeypatch.setattr(HostileConnector, "reply", reply)
    _post, comment = make_thread(channel, ["One."], comment="More below.")
    run()
    assert (fresh(comment).state, told(comment)) == ("refused", [("send", "refused")])
