"""Groups of direct messages: who is added and asked, what they see of it, leaving, names."""

from collections.abc import Iterator

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.community.talk.actions import (
    accept_request,
    add_people,
    choose_who_writes,
    decline_request,
    leave_exchange,
    rename_exchange,
    send_message,
)
from stoa.community.talk.models import DirectMessage, Exchange, Participant
from stoa.community.talk.tests.makers import make_exchange
from stoa.community.talk.tests.penpals import begin, fresh, news, page, person, texts
from stoa.people.actions.profile import block_person
from stoa.people.tests.makers import make_actor

pytestmark = pytest.mark.django_db
State = Participant.State


@pytest.fixture(autouse=True)
def moments() -> Iterator[None]:
    """Each reading of the clock is a moment of its own, so that ids are in their order."""
    with clock.moved(rate=20):
        yield


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada")


@pytest.fixture
def bo() -> Actor:
    return make_actor("Bo")


def test_in_a_group_the_messages_of_somebody_blocked_are_folded_and_never_new(ada: Actor, bo: Actor) -> None:
    cy = make_actor("Cy")
    exchange = make_exchange(ada, bo, cy)
    block_person(person(ada), by=bo)
    bo = fresh(bo)
    send_message(exchange, source="From Cy.", by=cy)
    assert news(bo) == [1]
    assert [turn.is_unheard for turn in page(exchange, bo).turns] == [True, False]


def test_who_is_added_sees_what_comes_after_and_nothing_before(ada: Actor, bo: Actor) -> None:
    cy, dee = make_actor("Cy"), make_actor("Dee")
    exchange = make_exchange(ada, bo, cy, source="Before.")
    choose_who_writes("anyone", by=dee)
    assert add_people(exchange, [person(dee)], by=bo) == 1
    assert (texts(exchange, dee), news(dee)) == ([], [0])
    send_message(exchange, source="After.", by=bo)
    assert (texts(exchange, dee), news(dee)) == (["After."], [1])
    assert add_people(exchange, [person(dee)], by=bo) == 0


def test_a_stranger_who_is_added_reads_nothing_until_they_accept(ada: Actor, bo: Actor) -> None:
    cy, dee = make_actor("Cy"), make_actor("Dee")
    exchange = make_exchange(ada, bo, cy)
    add_people(exchange, [person(dee)], by=ada)
    send_message(exchange, source="Among us.", by=ada)
    assert (texts(exchange, dee), news(dee)) == ([], [0])
    accept_request(exchange, by=dee)
    assert texts(exchange, dee) == ["Among us."]


def test_who_is_asked_into_a_group_reads_the_one_message_that_asks(ada: Actor, bo: Actor) -> None:
    cy = make_actor("Cy")
    choose_who_writes("anyone", by=bo)
    exchange = begin(ada, bo, cy, source="Shall we?")
    send_message(exchange, source="Bo and me.", by=ada)
    assert texts(exchange, cy) == ["Shall we?"]
    assert texts(exchange, bo) == ["Shall we?", "Bo and me."]
    decline_request(exchange, by=cy)
    assert [each.name for each in page(exchange, ada).waiting] == ["Cy"]


def test_whom_somebody_blocked_cannot_add_them_to_a_group(ada: Actor, bo: Actor) -> None:
    cy, dee = make_actor("Cy"), make_actor("Dee")
    exchange = make_exchange(ada, bo, cy)
    block_person(person(ada), by=dee)
    with pytest.raises(NotPossible):
        add_people(exchange, [person(dee)], by=ada)
    assert exchange.participants.count() == 3


@pytest.mark.parametrize("declines", [False, True])
def test_who_was_asked_is_not_asked_again_by_another_way(ada: Actor, bo: Actor, declines: bool) -> None:
    cy = make_actor("Cy")
    choose_who_writes("anyone", by=cy)
    exchange = begin(ada, bo)
    if declines:
        decline_request(exchange, by=bo)
    with pytest.raises(NotPossible) as refused:
        begin(ada, bo, cy)
    assert refused.value.reason == "Bo has not answered your request yet."
    assert Exchange.objects.count() == 1


def test_a_group_has_eight_people_at_most_and_an_exchange_of_two_no_third(ada: Actor, bo: Actor) -> None:
    others = [make_actor(f"Number {number}") for number in range(8)]
    with pytest.raises(Invalid):
        begin(ada, *others)
    pair = make_exchange(ada, bo)
    with pytest.raises(NotPossible):
        add_people(pair, [person(others[0])], by=ada)
    for each in others:
        choose_who_writes("anyone", by=each)
    group = make_exchange(ada, *others[:7])
    with pytest.raises(Invalid):
        add_people(group, [person(others[7])], by=ada)
    assert group.participants.count() == 8


def test_who_leaves_a_group_sees_it_no_more_and_their_words_stay(ada: Actor, bo: Actor) -> None:
    cy = make_actor("Cy")
    exchange = make_exchange(ada, bo, cy)
    leave_exchange(exchange, by=ada)
    assert texts(exchange, ada) == []
    assert not Exchange.objects.visible_to(ada).exists()
    assert texts(exchange, bo) == ["Do you have a minute?"]
    choose_who_writes("anyone", by=ada)
    add_people(exchange, [person(ada)], by=bo)
    assert texts(exchange, ada) == []
    send_message(exchange, source="Welcome back.", by=bo)
    assert texts(exchange, ada) == ["Welcome back."]


def test_with_the_last_who_leaves_all_of_it_goes(ada: Actor, bo: Actor) -> None:
    cy = make_actor("Cy")
    exchange = make_exchange(ada, bo, cy)
    for each in (ada, bo):
        leave_exchange(exchange, by=each)
    with pytest.raises(NotPossible):
        send_message(exchange, source="Hello?", by=cy)
    leave_exchange(exchange, by=cy)
    assert (Exchange.objects.count(), DirectMessage.objects.count(), Participant.objects.count()) == (0, 0, 0)


def test_an_exchange_of_two_cannot_be_left(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    with pytest.raises(NotPossible):
        leave_exchange(exchange, by=ada)
    assert exchange.participants.taking_part().count() == 2


def test_a_group_is_named_by_who_takes_part(ada: Actor, bo: Actor) -> None:
    cy = make_actor("Cy")
    exchange = make_exchange(ada, bo, cy)
    assert page(exchange, ada).title == "Bo, Cy"
    rename_exchange(exchange, "  Zips   and more ", by=bo)
    assert page(exchange, ada).title == "Zips and more"
    with pytest.raises(NotAllowed):
        rename_exchange(exchange, "Mine", by=make_actor("Dee"))
    with pytest.raises(Invalid):
        rename_exchange(exchange, "x" * 61, by=bo)
    assert page(exchange, cy).title == "Zips and more"
