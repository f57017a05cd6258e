"""Sending an issue: once to each, whatever the mail server does, however often the worker dies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from stoa.base import clock, going_on
from stoa.base.backup import pause, resume
from stoa.base.going_on import Against
from stoa.base.options.declare import OptionRow
from stoa.base.work import drain as draining
from stoa.base.work.claim import Fenced, claim
from stoa.base.work.drain import drain
from stoa.base.work.kinds import all_kinds
from stoa.social.networks.newsletter.home.actions import sending
from stoa.social.networks.newsletter.home.actions.issues import Draft, take_back, write_issue
from stoa.social.networks.newsletter.home.actions.subscribing import end
from stoa.social.networks.newsletter.home.check import check
from stoa.social.networks.newsletter.home.models import Issue, Mail, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.tests.makers import make_letter, make_subscriber
from stoa.social.networks.newsletter.home.tests.post import CUT, PostOffice, post_office

pytestmark = pytest.mark.django_db
ADA, BO, CY = READERS = ("ada@example.org", "bo@example.org", "cy@example.org")


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with post_office(settings) as office:
        yield office


@pytest.fixture
def letter(office: PostOffice) -> Newsletter:
    made = make_letter()
    for address in READERS:
        make_subscriber(made, address)
    return made


def write(letter: Newsletter, key: str = "k") -> Issue:
    return write_issue(Draft("Zips", "Come & see"), by=letter, key=key)


def states() -> dict[str, str]:
    return dict(Mail.objects.values_list("subscriber__address", "state"))


def turn(after: timedelta = timedelta(minutes=1)) -> None:
    """What is due by then is done."""
    with clock.moved(by=after):
        drain()


def test_everybody_gets_it_once(letter: Newsletter, office: PostOffice) -> None:
    issue = write(letter)
    drain()
    turn()
    issue.refresh_from_db()
    assert sorted(office.readers) == sorted(READERS)
    assert (issue.state, issue.due_at, issue.done_at is not None) == ("sent", None, True)
    assert states() == dict.fromkeys(READERS, "taken")
    assert list(check()) == []


def test_who_died_in_the_middle_leaves_one_mail_unclear_and_it_is_never_sent_again(
    letter: Newsletter, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(letter)

    class Killed(BaseException):
        """As SIGKILL: nothing is caught, nothing is written."""

    carry = sending.Carriage.carry

    def killed_after(line: Any, sender: str, reader: str, content: bytes) -> str:
        said = carry(line, sender, reader, content)
        if reader == BO:
            raise Killed
        return said

    monkeypatch.setattr(sending.Carriage, "carry", killed_after)
    with pytest.raises(Killed):
        drain_in_order()
    assert (office.readers, states()[BO]) == ([ADA, BO], "on its way")
    monkeypatch.setattr(sending.Carriage, "carry", carry)
    drain()
    assert office.readers == [ADA, BO]  # the lease of the dead one still stands
    turn(sending.LEASE + timedelta(seconds=1))
    assert office.readers == [ADA, BO, CY]
    assert states() == {ADA: "taken", BO: "unclear", CY: "taken"}
    assert Issue.objects.get().state == "sent"


def test_a_worker_that_is_told_to_stop_ends_its_turn_after_the_mail_under_way(
    letter: Newsletter, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = write(letter)
    carry = sending.Carriage.carry

    def told_meanwhile(line: Any, sender: str, reader: str, content: bytes) -> str:
        draining.stopping.set()
        return carry(line, sender, reader, content)

    monkeypatch.setattr(sending.Carriage, "carry", told_meanwhile)
    try:
        drain()
    finally:
        draining.stopping.clear()
    monkeypatch.undo()
    issue.refresh_from_db()
    assert states() == {ADA: "taken", BO: "waiting", CY: "waiting"}
    assert (issue.state, issue.lease_until, issue.trouble) == ("sending", None, "")
    turn()
    assert states() == dict.fromkeys(READERS, "taken")
    assert sorted(office.readers) == sorted(READERS)


def test_what_waited_when_a_backup_was_made_is_unclear_after_it_was_restored(
    letter: Newsletter, office: PostOffice
) -> None:
    issue = write(letter)
    Mail.objects.filter(subscriber__address=ADA).update(state="taken", tries=1)
    pause("A backup was restored.", clock.now())
    resume()
    drain()
    turn()
    issue.refresh_from_db()
    assert (office.readers, states()) == ([], {ADA: "taken", BO: "unclear", CY: "unclear"})
    assert (issue.state, issue.due_at) == ("sent", None)
    with clock.moved(by=timedelta(minutes=2)):
        write(letter, "after it")
        drain()
    assert sorted(office.readers) == sorted(READERS)


def drain_in_order() -> None:
    """One turn as the worker has it, without what catches trouble."""
    kind = next(each for each in all_kinds() if each.key == "newsletter.issue")
    (claimed,) = claim(kind)
    kind.handle(claimed.id, claimed.fence)


def test_an_answer_that_never_comes_is_unclear_and_not_asked_for_again(letter: Newsletter, office: PostOffice) -> None:
    office.words[BO] = CUT
    write(letter)
    drain()
    assert states() == {ADA: "taken", BO: "unclear", CY: "waiting"}
    turn()
    assert (sorted(office.readers), states()[CY]) == (sorted(READERS), "taken")
    assert (states()[BO], office.readers.count(BO)) == ("unclear", 1)


def test_a_server_that_breaks_off_before_the_words_has_sent_nothing(letter: Newsletter, office: PostOffice) -> None:
    office.to[BO] = CUT
    write(letter)
    drain()
    assert states() == {ADA: "taken", BO: "waiting", CY: "waiting"}
    assert Mail.objects.get(subscriber__address=BO).tries == 0
    del office.to[BO]
    turn()
    assert sorted(office.readers) == sorted(READERS)


def test_not_now_is_tried_again_later_and_at_last_given_up(letter: Newsletter, office: PostOffice) -> None:
    office.to[BO] = "451 4.2.0 Greylisted"
    issue = write(letter)
    drain()
    assert states() == {ADA: "taken", BO: "waiting", CY: "taken"}
    turn(timedelta(minutes=4))
    assert Mail.objects.get(subscriber__address=BO).tries == 1
    office.to[BO] = "250 OK"
    turn(timedelta(minutes=6))
    assert (states()[BO], office.readers.count(BO)) == ("taken", 1)
    issue.refresh_from_db()
    assert issue.state == "sent"


def test_a_server_that_never_says_yes_is_given_up_after_some_days(letter: Newsletter, office: PostOffice) -> None:
    office.words[BO] = "451 4.3.0 Later"
    write(letter)
    drain()
    ahead = timedelta()
    for patience in sending.AGAIN:
        ahead += patience + timedelta(seconds=5)
        turn(ahead)
    mail = Mail.objects.get(subscriber__address=BO)
    assert (mail.state, mail.tries, mail.code) == ("refused", len(sending.AGAIN) + 1, 451)
    assert Subscriber.objects.get(address=BO).state == "subscribed"
    assert Issue.objects.get().state == "sent"


def test_nobody_at_that_address_ends_every_newsletter_to_it(letter: Newsletter, office: PostOffice) -> None:
    other = make_letter("other", name="Other")
    make_subscriber(other, BO)
    office.to[BO] = "550 5.1.1 Nobody is at this address"
    write(letter)
    drain()
    assert states() == {ADA: "taken", BO: "refused", CY: "taken"}
    found = Subscriber.objects.filter(address=BO).values_list("state", "ended_because")
    assert list(found) == [("ended", "bounced"), ("ended", "bounced")]


def test_another_no_ends_it_only_after_three_issues_in_a_row(letter: Newsletter, office: PostOffice) -> None:
    office.to[BO] = "552 5.2.2 Mailbox full"
    for number in range(3):
        assert Subscriber.objects.get(address=BO).state == "subscribed"
        write(letter, f"k{number}")
        turn(timedelta(minutes=2 * number))
    assert Subscriber.objects.get(address=BO).ended_because == "bounced"


def test_a_no_to_our_sender_costs_no_reader_anything(letter: Newsletter, office: PostOffice) -> None:
    office.from_us = "550 5.7.1 Sender refused"
    issue = write(letter)
    drain()
    issue.refresh_from_db()
    assert ("Sender refused" in issue.trouble, set(states().values())) == (True, {"waiting"})
    assert set(Mail.objects.values_list("tries", flat=True)) == {0}
    assert Subscriber.objects.subscribed().count() == 3


def test_no_more_go_out_in_a_minute_than_the_desk_allows(letter: Newsletter, office: PostOffice) -> None:
    OptionRow.objects.create(key="newsletter.mails_per_minute", value=2)
    write(letter)
    for seconds, out in ((0, 2), (30, 2), (61, 3)):
        turn(timedelta(seconds=seconds))
        assert len(office.readers) == out


def test_who_unsubscribed_meanwhile_gets_none(letter: Newsletter, office: PostOffice) -> None:
    write(letter)
    end(Subscriber.objects.get(address=BO))
    drain()
    assert sorted(office.readers) == [ADA, CY]
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["left out", "taken", "taken"]
    assert Issue.objects.get().state == "sent"


def test_a_switch_stops_it_half_way_and_it_goes_on_afterwards(
    letter: Newsletter, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = write(letter)
    asked: list[tuple[str, str, str]] = []

    def stops(kind: str, owner: str, key: str) -> Against | None:
        asked.append((kind, owner, key))
        return Against("A crisis.") if office.readers else None

    monkeypatch.setattr(going_on, "_stops", [stops])
    drain()
    turn()
    issue.refresh_from_db()
    assert (office.readers, issue.trouble, issue.state) == ([ADA], "A crisis.", "sending")
    assert asked[0] == ("newsletter", letter.shown_id, "k")
    monkeypatch.setattr(going_on, "_stops", [])
    turn(timedelta(minutes=3))
    assert sorted(office.readers) == sorted(READERS)


def test_what_is_withdrawn_half_way_goes_to_nobody_else(
    letter: Newsletter, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(letter)
    stop = [lambda kind, owner, key: Against("Taken back.", for_good=True) if office.readers else None]
    monkeypatch.setattr(going_on, "_stops", stop)
    drain()
    turn(sending.LEASE * 2)
    assert office.readers == [ADA]
    assert (Issue.objects.get().state, states()) == ("stopped", {ADA: "taken", BO: "left out", CY: "left out"})
    assert list(check()) == []


def test_what_was_on_its_way_when_it_was_taken_back_is_unclear_if_its_worker_died(
    letter: Newsletter, office: PostOffice
) -> None:
    issue = write(letter)
    first = Mail.objects.order_by("id")[0]
    Mail.objects.filter(id=first.id).update(state="on its way", tries=1)
    assert take_back(issue, by=letter) == 1
    drain()
    assert (sorted(states().values()), office.readers) == (["left out", "left out", "unclear"], [])
    assert list(check()) == []


def test_who_lost_the_turn_sends_nothing(letter: Newsletter, office: PostOffice) -> None:
    issue = write(letter)
    mail = Mail.objects.select_related("subscriber").order_by("id")[0]
    with pytest.raises(Fenced):
        sending.taken_up(mail, issue, issue.fence + 7)
    assert (office.readers, set(states().values())) == ([], {"waiting"})


def test_without_anybody_an_issue_is_done_at_once(office: PostOffice) -> None:
    issue = write(make_letter("empty", name="Empty"))
    assert (issue.state, issue.due_at, Mail.objects.count()) == ("sent", None, 0)
