"""Direct messages: who may begin, who is asked first, what each of them sees, who may write."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible, TooMany
from stoa.base.options import set_option
from stoa.community.talk.actions import (
    accept_request,
    begin_exchange,
    choose_who_writes,
    decline_request,
    read_exchange,
    send_message,
    withdraw_message,
)
from stoa.community.talk.direct_reading import count_waiting, exchanges_page
from stoa.community.talk.models import DirectMessage, Exchange, Participant
from stoa.community.talk.reaching import Reach, reach_of
from stoa.community.talk.tests.makers import make_exchange, make_reply, make_topic
from stoa.community.talk.tests.penpals import begin, fresh, news, page, person, texts
from stoa.people.actions.profile import block_person, follow, unblock_person
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

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


def test_a_stranger_asks_with_one_message_and_can_write_no_more_until_it_is_accepted(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    assert exchange.participants.get(person=bo.own_id).state == State.INVITED
    for reader in (ada, bo):
        assert texts(exchange, reader) == ["Hello."]
    with pytest.raises(NotPossible):
        send_message(exchange, source="And more.", by=ada)
    with pytest.raises(NotPossible):
        begin(ada, bo, source="And more.")
    assert DirectMessage.objects.count() == 1
    accept_request(exchange, by=bo)
    send_message(exchange, source="And more.", by=ada)
    assert texts(exchange, bo) == ["Hello.", "And more."]


def test_declining_takes_it_out_of_ones_list_and_tells_the_sender_nothing(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    before = page(exchange, ada)
    decline_request(exchange, by=bo)
    assert not Exchange.objects.visible_to(bo).exists()
    assert texts(exchange, bo) == []
    after = page(exchange, ada)
    assert (before.barred, before.waiting) == (after.barred, after.waiting)
    assert "has not answered yet" in after.barred
    with pytest.raises(NotPossible):
        accept_request(exchange, by=bo)


def test_who_declined_once_may_write_first_and_takes_part_by_that(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    decline_request(exchange, by=bo)
    assert begin(bo, ada, source="On second thoughts.") == exchange
    assert texts(exchange, bo) == texts(exchange, ada) == ["Hello.", "On second thoughts."]


def test_between_two_people_there_is_one_exchange(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    assert begin(bo, ada, source="You too.") == exchange
    assert Exchange.objects.count() == 1
    assert exchange.participants.get(person=bo.own_id).state == State.ACCEPTED


def test_whom_one_shares_a_closed_space_with_may_write_at_once() -> None:
    for visibility, reach in (("secret", Reach.AT_ONCE), ("private", Reach.AT_ONCE), ("members", Reach.ASKING)):
        space = make_space(f"Cellar {visibility}", visibility)
        ada, bo = make_insider(space, name="Ada"), make_insider(space, name="Bo")
        assert reach_of([person(bo)], ada) == {bo.own_id: reach}


def test_whom_one_answered_may_write_at_once(ada: Actor, bo: Actor) -> None:
    topic = make_topic(by=ada)
    assert reach_of([person(bo)], ada) == {bo.own_id: Reach.ASKING}
    make_reply(topic, by=bo)
    assert reach_of([person(bo)], ada) == {bo.own_id: Reach.AT_ONCE}
    assert reach_of([person(ada)], bo) == {ada.own_id: Reach.ASKING}


def test_whom_one_wrote_to_may_write_at_once_in_a_group_too(ada: Actor, bo: Actor) -> None:
    make_exchange(ada, bo)
    assert reach_of([person(ada)], bo) == {ada.own_id: Reach.AT_ONCE}
    assert reach_of([person(bo)], ada) == {bo.own_id: Reach.ASKING}  # bo has not written yet


def test_following_somebody_opens_nothing_for_it_would_tell_whom_one_follows(ada: Actor, bo: Actor) -> None:
    follow(("people.person", ada.own_id), "watch", by=bo)
    assert reach_of([person(bo)], ada) == {bo.own_id: Reach.ASKING}


def test_everybody_chooses_who_may_write_to_them(ada: Actor, bo: Actor) -> None:
    choose_who_writes("anyone", by=bo)
    assert reach_of([person(bo)], ada) == {bo.own_id: Reach.AT_ONCE}
    choose_who_writes("nobody", by=bo)
    assert reach_of([person(bo)], ada) == {bo.own_id: Reach.CLOSED}
    with pytest.raises(NotPossible) as refused:
        begin(ada, bo)
    assert refused.value.reason == "Bo takes no direct messages at the moment."
    with pytest.raises(NotPossible):
        begin(bo, ada)
    with pytest.raises(Invalid):
        choose_who_writes("everybody and their dog", by=bo)
    assert not Exchange.objects.exists()


def test_a_block_is_the_same_sentence_as_nobody_to_the_letter(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    said = []
    for shut, open_ in (
        (lambda: choose_who_writes("nobody", by=bo), lambda: choose_who_writes("known", by=bo)),
        (lambda: block_person(person(ada), by=bo), lambda: unblock_person(person(ada), by=bo)),
    ):
        assert page(exchange, ada).barred == ""
        shut()
        with pytest.raises(NotPossible) as refused:
            send_message(exchange, source="More.", by=ada)
        said.append(
            (page(exchange, ada).barred, refused.value.reason, refused.value.mend, news(ada), texts(exchange, ada))
        )
        open_()
    assert said[0] == said[1]
    assert DirectMessage.objects.count() == 1


def test_a_block_closes_an_exchange_for_both_and_takes_it_out_of_ones_own_list(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    block_person(person(ada), by=bo)
    bo = fresh(bo)
    with pytest.raises(NotPossible):
        send_message(exchange, source="More.", by=bo)
    assert page(exchange, bo).barred == "You blocked Ada. On their page you can take it back."
    assert [row.exchange for row in exchanges_page(bo).rows] == []
    assert [row.exchange for row in exchanges_page(ada).rows] == [exchange]
    assert count_waiting(bo) == 0


def test_whom_somebody_blocked_while_the_request_waits_reads_that_it_waits(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    before = page(exchange, ada).barred
    block_person(person(ada), by=bo)
    assert page(exchange, ada).barred == before


def test_a_mute_hides_the_exchange_from_ones_list_and_its_author_writes_on(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    block_person(person(ada), by=bo, kind="mute")
    bo = fresh(bo)
    send_message(exchange, source="More.", by=ada)
    assert (news(bo), count_waiting(bo)) == ([], 0)
    assert [turn.is_unheard for turn in page(exchange, bo).turns] == [True, True]


def test_who_is_suspended_reads_and_does_not_write(ada: Actor, bo: Actor) -> None:
    exchange, asked = make_exchange(ada, bo), make_actor("Cy")
    waiting = begin(asked, bo)
    Person.objects.filter(id=bo.own_id).update(standing="suspended")
    bo = fresh(bo)
    assert texts(exchange, bo) == ["Do you have a minute?"]
    for refused in (
        lambda: send_message(exchange, source="More.", by=bo),
        lambda: begin(bo, make_actor("Dee")),
        lambda: accept_request(waiting, by=bo),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert not page(exchange, bo).may_write
    assert DirectMessage.objects.count() == 2


def test_nobody_else_sees_an_exchange_whatever_they_may(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    for role in ("owner", "community_manager", "moderator", "operator", "lead"):
        other = make_staff(role)
        assert not Exchange.objects.visible_to(other).exists()
        assert texts(exchange, other) == []
        with pytest.raises(NotAllowed):
            send_message(exchange, source="I am the law.", by=other)
        with pytest.raises(NotPossible):
            accept_request(exchange, by=other)
    assert DirectMessage.objects.count() == 1


def test_what_is_new_is_exact_and_reading_never_goes_back(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    second = send_message(exchange, source="Second.", by=ada)
    third = send_message(exchange, source="Third.", by=ada)
    assert (news(bo), news(ada), count_waiting(bo), count_waiting(ada)) == ([3], [0], 1, 0)
    read_exchange(exchange, second.id, by=bo)
    assert (news(bo), count_waiting(bo)) == ([1], 1)
    read_exchange(exchange, 0, by=bo)
    assert news(bo) == [1]
    assert page(exchange, bo).first_new == third.id
    read_exchange(exchange, third.id, by=bo)
    assert (news(bo), count_waiting(bo)) == ([0], 0)
    withdrawn = send_message(exchange, source="Oh.", by=ada)
    withdraw_message(withdrawn, by=ada)
    assert (news(bo), texts(exchange, bo)[-1], texts(exchange, ada)[-1]) == ([0], "Third.", "Oh.")


def test_a_muted_exchange_waits_for_nobody(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    follow(("talk.direct", exchange.id), "mute", by=bo)
    assert (news(bo), count_waiting(bo)) == ([1], 0)


def test_only_the_author_withdraws(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    with pytest.raises(NotAllowed):
        withdraw_message(exchange.messages.get(), by=bo)
    assert exchange.messages.get().is_here


def test_requests_of_a_day_are_limited_and_fewer_for_newcomers(ada: Actor) -> None:
    owner = make_staff("owner")
    set_option("talk.direct_requests_of_newcomers", 2, by=owner)
    set_option("talk.direct_requests_a_day", 3, by=owner)
    Person.objects.filter(id=ada.own_id).update(level=0)
    ada = fresh(ada)
    for _number in range(2):
        begin(ada, make_actor("Stranger"))
    with pytest.raises(TooMany):
        begin(ada, make_actor("One more"))
    assert Exchange.objects.count() == 2
    Person.objects.filter(id=ada.own_id).update(level=1)
    with clock.moved(by=timedelta(days=1, minutes=1)):
        ada = fresh(ada)
        for _number in range(3):
            begin(ada, make_actor("Stranger"))
        with pytest.raises(TooMany):
            begin(ada, make_actor("One more"))
    assert Exchange.objects.count() == 5


def test_where_newcomers_may_not_ask_they_write_to_those_who_know_them(ada: Actor, bo: Actor) -> None:
    set_option("talk.direct_requests_of_newcomers", 0, by=make_staff("owner"))
    Person.objects.filter(id=ada.own_id).update(level=0)
    ada = fresh(ada)
    with pytest.raises(NotPossible):
        begin(ada, bo)
    make_reply(make_topic(by=ada), by=bo)
    assert begin(ada, bo).participants.taking_part().count() == 2


def test_one_cannot_write_to_oneself_or_to_nobody(ada: Actor) -> None:
    for nobody in ([], [person(ada)]):
        with pytest.raises(Invalid):
            begin_exchange(nobody, source="Hello me.", by=ada)
    assert not Exchange.objects.exists()


def test_nothing_is_sent_without_words(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    with pytest.raises(Invalid):
        send_message(exchange, source="  ", by=ada)
    with pytest.raises(Invalid):
        begin(ada, make_person_actor("Cy"), source="")
    assert (Exchange.objects.count(), DirectMessage.objects.count()) == (1, 1)


def make_person_actor(name: str) -> Actor:
    return actor_of(make_person(name))
