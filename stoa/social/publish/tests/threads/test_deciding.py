"""What people decide about a thread: mend the part that failed, go on without it, let the rest go, take it all down."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.errors import Invalid, NotPossible
from stoa.base.models import FactRow
from stoa.base.work.drain import drain
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import (
    change_delivery,
    confirm_published,
    hold_delivery,
    leave_out,
    let_go,
    send_again,
    withdraw_delivery,
)
from stoa.social.publish.check import check
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_thread, run
from stoa.social.publish.tests.threads.test_hostile import chain, states
from stoa.social.publish.together import together
from stoa.spaces.tests.makers import make_staff

LATER = START + timedelta(hours=1)


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def stuck(network: HostileNetwork, channel: Channel, staff: Actor) -> list[Delivery]:
    """Of three parts the second was refused."""
    network.choose = lambda n: "refused" if n == 2 else "ok"
    rows = make_thread(channel, by=staff)
    run(hours=1)
    assert states(rows) == ["published", "refused", "planned"]
    return [fresh(row) for row in rows]


def test_its_state_says_how_much_is_there(stuck: list[Delivery]) -> None:
    assert [each.state for each in together(Delivery.objects.all())] == [("1 of 3 parts published", "bad")]
    words = {name: state[0] for name, _row, state in together(Delivery.objects.all())[0].pieces}
    assert words == {"Part 1": "Published", "Part 2": "Refused", "Part 3": "Waits for part 2"}


def test_the_part_that_failed_is_sent_again_and_the_rest_follows(
    stuck: list[Delivery], network: HostileNetwork, staff: Actor
) -> None:
    with clock.pinned(LATER):
        send_again(stuck[1], by=staff)
    run(LATER)
    assert chain(network) == [("One.", ""), ("Two.", "One."), ("Three.", "Two.")]
    assert stuck[0].attempts.count() == 1


def test_its_text_is_changed_and_the_rest_follows(stuck: list[Delivery], network: HostileNetwork, staff: Actor) -> None:
    with clock.pinned(LATER):
        change_delivery(stuck[1], "Second.", wall=None, by=staff)
    run(LATER)
    assert chain(network) == [("One.", ""), ("Second.", "One."), ("Three.", "Second.")]
    assert Post.objects.get().text == "One.\n---\nSecond.\n---\nThree."
    assert {post.key for post in network.posts} == {row.key for row in stuck}


@pytest.mark.parametrize("text", ["", "Two.\n---\nand a half"])
def test_one_part_cannot_be_emptied_or_parted(text: str, stuck: list[Delivery], staff: Actor) -> None:
    before = Delivery.objects.filter(id=stuck[1].id).values().get()
    with pytest.raises(Invalid):
        change_delivery(stuck[1], text, wall=None, by=staff)
    assert Delivery.objects.filter(id=stuck[1].id).values().get() == before


def test_the_rest_is_published_without_it(stuck: list[Delivery], network: HostileNetwork, staff: Actor) -> None:
    with clock.pinned(LATER):
        leave_out(stuck[1], by=staff)
    run(LATER)
    assert chain(network) == [("One.", ""), ("Three.", "One.")]
    assert states(stuck) == ["published", "withdrawn", "published"]
    assert not list(check())


def test_the_first_part_is_not_left_out_nor_one_on_its_way(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    rows = make_thread(channel, by=staff)
    for row in (rows[0], _due(rows[1])):
        with pytest.raises(NotPossible):
            leave_out(row, by=staff)
    assert states(rows) == ["planned"] * 3


def _due(row: Delivery) -> Delivery:
    Delivery.objects.filter(id=row.id).update(due_at=START)
    return row


def test_the_rest_is_let_go_and_the_beginning_stands(
    stuck: list[Delivery], network: HostileNetwork, staff: Actor
) -> None:
    let_go(stuck[1], "Enough.", by=staff)
    run(LATER)
    assert (states(stuck), network.sent) == (["published", "withdrawn", "withdrawn"], 2)
    with pytest.raises(NotPossible):
        send_again(fresh(stuck[2]), by=staff)


def test_the_whole_is_taken_down_the_last_part_first(network: HostileNetwork, channel: Channel) -> None:
    rows = make_thread(channel, comment="More below.")
    run()
    withdraw_delivery(fresh(rows[0]), "Taken back.", by=system("bridge"))
    run(LATER)
    assert states(rows) == ["withdrawn"] * 4
    deletes = [call.rsplit("/", 1)[1] for call in network.calls if call.startswith("DELETE")]
    order = [fresh(row).remote_id for row in rows]
    assert deletes[-1] == order[0]
    assert deletes.index(order[2]) < deletes.index(order[1])


def test_a_part_that_cannot_be_taken_down_keeps_no_other_up(network: HostileNetwork, channel: Channel) -> None:
    network.deletes = lambda n: "ignored" if n == 1 else "ok"
    rows = make_thread(channel)
    run()
    withdraw_delivery(fresh(rows[0]), "Taken back.", by=system("bridge"))
    with clock.pinned(clock.now() + timedelta(seconds=10)):
        pass
    run(LATER, hours=0.01)
    assert states(rows)[:2] == ["withdrawn"] * 2
    run(LATER)
    assert states(rows) == ["withdrawn"] * 3


def test_what_was_taken_back_in_the_middle_sends_no_more(network: HostileNetwork, channel: Channel) -> None:
    rows = make_thread(channel)
    asked = []

    def take_back(what: str) -> None:
        if what == "POST posts" and network.sent == 1 and not asked:
            asked.append(withdraw_delivery(fresh(rows[0]), "Taken back.", by=system("bridge")))

    network.during = take_back
    run()
    assert (states(rows), network.sent) == (["withdrawn", "withdrawn", "held"], 2)
    assert network.gone == {"r1", "r2"}


def test_what_waits_is_held_with_what_it_follows_and_goes_with_it(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    rows = make_thread(channel, by=staff, minutes=60)
    withdraw_delivery(rows[0], "Not now.", by=staff)
    assert states(rows) == ["held"] * 3
    send_again(fresh(rows[0]), by=staff)
    run()
    assert states(rows) == ["published"] * 3


def test_a_part_that_is_held_back_is_not_released(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    rows = make_thread(channel, by=staff)
    hold_delivery(rows[1], "Wait.", by=staff)
    run(hours=1)
    assert states(rows) == ["published", "held", "planned"]
    with clock.pinned(LATER):
        send_again(fresh(rows[1]), by=staff)
    run(LATER)
    assert chain(network) == [("One.", ""), ("Two.", "One."), ("Three.", "Two.")]


def test_a_part_sent_before_its_turn_waits_and_one_whose_beginning_is_gone_is_refused(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    rows = make_thread(channel, by=staff, minutes=60)
    hold_delivery(rows[1], "Wait.", by=staff)
    assert fresh(send_again(fresh(rows[1]), by=staff)).is_waiting
    hold_delivery(fresh(rows[1]), "Wait.", by=staff)
    Delivery.objects.filter(id=rows[0].id).update(state="withdrawn", due_at=None)
    with pytest.raises(NotPossible):
        send_again(fresh(rows[1]), by=staff)


def test_where_a_person_says_that_it_is_there_the_rest_asks_for_nobody_knows_its_id(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    network.choose, network.looks = (lambda n: "time-out after"), (lambda n: "500")
    rows = make_thread(channel, by=staff)
    run()
    assert states(rows) == ["asks", "planned", "planned"]
    confirm_published(fresh(rows[0]), "https://plaza.example/posts/r1", by=staff)
    row = fresh(rows[1])
    assert (fresh(rows[0]).state, row.state, row.question, row.due_at) == ("published", "asks", "partial", None)
    with pytest.raises(NotPossible):
        send_again(row, by=staff)
    let_go(row, "By hand.", by=staff)
    assert states(rows) == ["published", "withdrawn", "withdrawn"]
    assert network.sent == 1


def test_a_thread_that_has_not_begun_is_parted_anew(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    rows = make_thread(channel, by=staff, comment="More.", minutes=60)
    change_delivery(rows[0], "A\n---\nB", wall=None, by=staff)
    assert states(rows) == ["planned", "planned", "withdrawn", "planned"]
    change_delivery(fresh(rows[0]), "A\n---\nB\n---\nC\n---\nD", wall=None, by=staff)
    run()
    assert chain(network) == [("A", ""), ("B", "A"), ("C", "B"), ("D", "C"), ("More.", "A")]
    assert not list(check())


def test_a_comment_is_changed_and_let_go_without_touching_the_post(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    network.choose = lambda n: "refused" if n == 2 else "ok"
    rows = make_thread(channel, ["One."], comment="More.", by=staff)
    run(hours=1)
    with clock.pinned(LATER):
        change_delivery(fresh(rows[1]), "Less.", wall=None, by=staff)
        drain()
    assert chain(network) == [("One.", ""), ("Less.", "One.")]
    assert (Post.objects.get().comment, fresh(rows[0]).attempts.count()) == ("Less.", 1)


def test_nothing_is_sent_again_below_what_was_taken_down(
    stuck: list[Delivery], network: HostileNetwork, staff: Actor
) -> None:
    assert stuck[1].answers
    Delivery.objects.filter(id=stuck[0].id).update(state="withdrawn", takedown="gone")
    with pytest.raises(NotPossible, match="What it follows is not there"):
        send_again(fresh(stuck[1]), by=staff)
    assert (states(stuck), network.sent) == (["withdrawn", "refused", "planned"], 2)


def test_what_was_held_with_a_part_goes_on_without_it_and_says_so(
    stuck: list[Delivery], network: HostileNetwork, staff: Actor
) -> None:
    withdraw_delivery(stuck[1], "Not now.", by=staff)
    assert states(stuck) == ["published", "held", "held"]
    told = FactRow.objects.filter(name="publish.delivery_planned")
    before = told.count()
    with clock.pinned(LATER):
        leave_out(fresh(stuck[1]), by=staff)
    assert told.count() == before + 1
    run(LATER)
    assert chain(network) == [("One.", ""), ("Three.", "One.")]


def test_what_was_held_and_is_written_anew_is_said_to_be_planned(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    rows = make_thread(channel, by=staff, minutes=60)
    withdraw_delivery(rows[0], "Not now.", by=staff)
    told = FactRow.objects.filter(name="publish.delivery_planned")
    before = told.count()
    change_delivery(fresh(rows[0]), "A\n---\nB\n---\nC", wall=None, by=staff)
    assert (states(rows), told.count()) == (["planned"] * 3, before + 3)


def test_a_part_is_mended_though_one_that_is_out_would_not_fit_any_more(
    stuck: list[Delivery], network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    told = {"address": "https://plaza.example/limits", "text": len(stuck[0].text) - 1}
    Channel.objects.filter(id=channel.id).update(told=told, told_at=START)
    with clock.pinned(LATER):
        with pytest.raises(Invalid):
            change_delivery(fresh(stuck[1]), "x" * 200, wall=None, by=staff)
        change_delivery(fresh(stuck[1]), "Second.", wall=None, by=staff)
    run(LATER)
    assert chain(network)[1:] == [("Second.", "One."), ("Three.", "Second.")]


def test_a_part_that_a_person_posted_is_no_complaint(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    rows = make_thread(channel, by=staff)
    run()
    Delivery.objects.filter(id=rows[1].id).update(answers="")
    assert len(list(check())) == 1
    rows[1].attempts.update(kind="person")
    assert not list(check())


def test_the_parts_move_along_with_their_post(network: HostileNetwork, channel: Channel, staff: Actor) -> None:
    rows = make_thread(channel, by=staff, minutes=60)
    at = START + timedelta(hours=30)
    change_delivery(rows[0], "One.\n---\nTwo.\n---\nThree.", wall=at.replace(tzinfo=None), zone="UTC", by=staff)
    assert [fresh(row).planned_for for row in rows] == [at] * 3
