"""What follows from direct messages: notices and mails without words of theirs, what waits in the head, reports, keeping, live."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.live import who_may_hear
from stoa.base.mail.rights import may_be_sent
from stoa.base.models import FactRow
from stoa.base.models.letter import Letter
from stoa.base.requests import Request
from stoa.base.work.drain import drain
from stoa.community.talk.actions import (
    accept_request,
    add_people,
    choose_who_writes,
    decline_request,
    read_exchange,
    send_message,
    withdraw_message,
)
from stoa.community.talk.check import check
from stoa.community.talk.direct_plugs import waiting
from stoa.community.talk.keeping import export
from stoa.community.talk.models import DirectMessage, Exchange, Participant, Presence
from stoa.community.talk.tests.makers import make_exchange
from stoa.community.talk.tests.penpals import begin, fresh, news, page, person, texts
from stoa.moderation.actions.appeal import appeal, decide_appeal
from stoa.moderation.actions.report import report
from stoa.moderation.reading import case_page
from stoa.moderation.subjects import Subject, subject_of
from stoa.moderation.tests.makers import make_decision, make_guidelines
from stoa.people.actions.leaving import erase_person
from stoa.people.actions.notice import read_all
from stoa.people.actions.profile import block_person, follow
from stoa.people.models import Notice
from stoa.people.reading import notices_page
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
WORD = "kanarienvogel"


@pytest.fixture(autouse=True)
def moments() -> Iterator[None]:
    with clock.moved(rate=20):
        yield


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada")


@pytest.fixture
def bo() -> Actor:
    return make_actor("Bo")


def told(actor: Actor) -> list[str]:
    drain()
    return [each.sentence for each in notices_page(fresh(actor)).notices]


def test_notices_are_merged_per_exchange_and_hold_no_words(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo, source=WORD)
    assert (told(bo), told(ada)) == (["Ada wrote to you"], [])
    send_message(exchange, source=WORD, by=ada)
    assert told(bo) == ["2 direct messages: Ada"]
    letters = Letter.objects.filter(person_id=bo.own_id)
    assert [letter.subject for letter in letters] == ["Ada wrote to you"]
    kept = [
        *(letter.text + letter.subject for letter in Letter.objects.all()),
        *told(bo),
        str(list(FactRow.objects.values())),
    ]
    assert not any(WORD in each for each in kept)


def test_a_request_says_what_to_do_and_its_mail_holds_none_of_its_words(ada: Actor, bo: Actor) -> None:
    begin(ada, bo, source=WORD)
    assert told(bo) == ["Ada would like to write to you"]
    letter = Letter.objects.get(person_id=bo.own_id)
    assert "accept or decline" in letter.text
    assert WORD not in letter.text + letter.subject


def test_who_declined_is_told_nothing_more_and_neither_is_the_sender(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    drain()
    facts = FactRow.objects.count()
    decline_request(exchange, by=bo)
    drain()
    assert FactRow.objects.count() == facts
    assert (told(ada), told(bo)) == ([], [])


def test_who_was_added_is_told_and_who_is_asked_too(ada: Actor, bo: Actor) -> None:
    cy, dee, eve = make_actor("Cy"), make_actor("Dee"), make_actor("Eve")
    exchange = make_exchange(ada, bo, cy, name="Zips")
    drain()
    choose_who_writes("anyone", by=dee)
    add_people(exchange, [person(dee), person(eve)], by=ada)
    assert told(dee) == ["Ada added you to the group “Zips”"]
    assert told(eve) == ["Ada would like to have you in the group “Zips”"]


@pytest.mark.parametrize("how", ["mute", "block", "read"])
def test_a_letter_that_waits_is_not_sent_after_a_mute_a_block_or_a_reading(ada: Actor, bo: Actor, how: str) -> None:
    exchange = make_exchange(ada, bo)
    drain()
    letter = Letter.objects.get(person_id=bo.own_id)
    assert may_be_sent(fresh(bo), letter)
    if how == "mute":
        follow(exchange.reference, "mute", by=bo)
    elif how == "block":
        block_person(person(ada), by=bo)
    else:
        read_exchange(exchange, 2**62, by=bo)
    assert not may_be_sent(fresh(bo), letter)


def test_the_head_counts_exchanges_with_news_and_asks_nothing_where_nothing_was_told(ada: Actor, bo: Actor) -> None:
    request: Request = RequestFactory().get("/")  # type: ignore[assignment]

    def drawn(actor: Actor) -> tuple[str, int]:
        request.actor = actor
        with CaptureQueriesContext(connection) as asked:
            said = waiting(request, actor)
        return said, len(asked)

    assert drawn(fresh(bo)) == ("", 0)
    exchange = make_exchange(ada, bo)
    make_exchange(make_actor("Cy"), bo)
    drain()
    drawn(fresh(bo))  # what every page knows of the site is read once
    said, queries = drawn(fresh(bo))
    assert ("in 2 exchanges" in said, queries) == (True, 1)
    read_exchange(exchange, 2**62, by=bo)
    assert "in one exchange" in drawn(fresh(bo))[0]
    read_all(by=bo)
    assert drawn(fresh(bo)) == ("", 0)
    assert news(bo) == [1, 0]  # the list counts what is new, told or not


def subject() -> Subject:
    found = subject_of("talk.direct_message")
    assert found is not None
    return found


def test_a_report_shows_staff_that_message_and_five_on_each_side_and_nothing_else(ada: Actor, bo: Actor) -> None:
    clause, moderator = make_guidelines().clauses.get(part=1), make_staff("moderator")
    exchange = make_exchange(ada, bo, source="Number 0.", name=WORD)
    for number in range(1, 20):
        send_message(exchange, source=f"Number {number}.", by=ada)
    message = exchange.messages.order_by("id")[10]
    case = report(subject(), message.id, clause=clause, words="It hurts.", by=bo).case
    assert (case.text, case.title, case.space, case.author) == ("Number 10.", "", None, person(ada))
    around = case_page(case, moderator)["around"]
    assert [each.text for each in around] == [f"Number {number}." for number in (*range(5, 10), *range(11, 16))]
    assert {each.address for each in around} == {""}
    assert texts(exchange, moderator) == []


def test_a_reported_message_is_hidden_and_restored_exactly(ada: Actor, bo: Actor) -> None:
    clause = make_guidelines().clauses.get(part=1)
    exchange = make_exchange(ada, bo, source="Only a fool buys that.")
    message = exchange.messages.get()
    case = report(subject(), message.id, clause=clause, words="", by=bo).case
    decision = make_decision(case, by=make_staff("moderator", "Bashir"))
    assert (texts(exchange, bo), texts(exchange, ada)) == ([], ["Only a fool buys that."])
    assert news(bo) == [0]
    filed = appeal(decision, "A grumble.", by=ada)
    decide_appeal(filed, upheld=True, reasons="About kettles.", by=make_staff("moderator", "Sunniva"))
    assert texts(exchange, bo) == ["Only a fool buys that."]
    assert DirectMessage.objects.get().presence == Presence.HERE


def test_who_is_asked_may_report_the_request_and_nothing_that_they_do_not_read(ada: Actor, bo: Actor) -> None:
    cy = make_actor("Cy")
    choose_who_writes("anyone", by=cy)
    exchange = begin(ada, bo, cy, source="Shall we?")
    later = send_message(exchange, source="Among us.", by=cy)
    seen = subject().visible(bo, list(exchange.messages.values_list("id", flat=True)))
    assert [row.source for row in seen] == ["Shall we?"]
    assert not subject().visible(bo, [later.id]).exists()


def test_what_one_wrote_is_exported_and_what_others_wrote_is_theirs(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo, source="From Ada.")
    send_message(exchange, source="From Bo.", by=bo)
    asked = begin(make_actor("Cy"), ada)
    decline_request(asked, by=ada)
    kept = export(person(ada))
    assert [each["text"] for each in kept["direct_messages"]] == ["From Ada."]
    assert [(each["with"], each["state"]) for each in kept["exchanges"]] == [(["Bo"], "accepted"), (["Cy"], "declined")]
    assert kept["who_may_write_to_me"] == "known"
    assert export(person(make_actor("Nobody")))["exchanges"] == []


def test_who_asked_does_not_learn_from_their_export_that_somebody_declined(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    before = export(person(ada))
    decline_request(exchange, by=bo)
    assert export(person(ada)) == before


def test_who_leaves_takes_their_words_and_name_and_leaves_the_others_theirs(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo, source=WORD)
    send_message(exchange, source="From Bo.", by=bo)
    choose_who_writes("anyone", by=ada)
    drain()
    erase_person(person(ada), by=ada)
    assert texts(exchange, bo) == ["From Bo."]
    assert (page(exchange, bo).title, page(exchange, bo).may_write) == ("Somebody who left", False)
    assert not DirectMessage.objects.filter(source__contains=WORD).exists()
    assert not Participant.objects.filter(person=ada.own_id).exists()
    assert list(check()) == []
    erase_person(person(bo), by=bo)
    assert (Exchange.objects.count(), DirectMessage.objects.count()) == (0, 0)


def test_what_happens_is_heard_by_who_takes_part_alone(ada: Actor, bo: Actor) -> None:
    exchange = begin(ada, bo)
    others = [bo, make_staff("owner"), make_staff("moderator"), make_actor("Cy")]
    assert who_may_hear(ada, "talk.direct", exchange.id)
    assert [who_may_hear(each, "talk.direct", exchange.id) for each in others] == [False] * 4
    accept_request(exchange, by=bo)
    assert who_may_hear(bo, "talk.direct", exchange.id)


def test_what_was_withdrawn_before_it_was_told_is_not_told(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    drain()
    Notice.objects.all().delete()
    withdraw_message(send_message(exchange, source="Oh.", by=ada), by=ada)
    assert told(bo) == []


def test_the_counters_are_counted_anew(ada: Actor, bo: Actor) -> None:
    exchange = make_exchange(ada, bo)
    assert list(check()) == []
    Exchange.objects.filter(id=exchange.id).update(last_at=clock.now())
    Participant.objects.filter(person=bo.own_id).update(read_to=2**62)
    assert len(list(check())) == 2
    exchange.participants.filter(person=bo.own_id).update(person=make_actor("Cy").own_id)
    assert f"exchange {exchange.id} is between others than those whom it is named for" in list(check())
