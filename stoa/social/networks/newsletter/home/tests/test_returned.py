"""Mails that come back, complaints, what is kept of a person, and the demo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from stoa.base import clock
from stoa.base.mail.returning import taker_of
from stoa.base.options.declare import OptionRow
from stoa.people.models import Person, SignUp
from stoa.people.tests.makers import make_person
from stoa.social.networks.newsletter.home import demo
from stoa.social.networks.newsletter.home.actions.issues import Draft, write_issue
from stoa.social.networks.newsletter.home.actions.returned import take_report
from stoa.social.networks.newsletter.home.actions.subscribing import end, forget_bounced
from stoa.social.networks.newsletter.home.check import check
from stoa.social.networks.newsletter.home.keeping import erase, export
from stoa.social.networks.newsletter.home.models import Brought, Issue, Mail, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.returning import return_address
from stoa.social.networks.newsletter.home.tests.makers import make_letter, make_subscriber

pytestmark = pytest.mark.django_db
DOMAIN = "back.example.org"
REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ada@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user

--b--
"""
COMPLAINT = """\
From: abuse@mailbox.example
To: {to}
Content-Type: multipart/report; report-type=feedback-report; boundary="b"
MIME-Version: 1.0

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1

--b--
"""


@pytest.fixture
def mail(settings: Any) -> Mail:
    settings.STOA_MAIL_URL = "smtp://127.0.0.1:1?tls=off"
    OptionRow.objects.create(key="newsletter.bounce_domain", value=DOMAIN)
    letter = make_letter()
    make_subscriber(letter, "ada@example.org")
    write_issue(Draft("Zips", "Come"), by=letter)
    Mail.objects.update(state="taken", tries=1)
    return Mail.objects.get()


def bring(mail: Mail, report: str = REPORT, action: str = "failed", status: str = "5.1.1") -> str:
    to = return_address(mail.id, DOMAIN)
    return take_report(report.format(to=to, action=action, status=status).encode(), [to])


def test_a_mailbox_that_is_none_ends_every_newsletter_to_it(mail: Mail) -> None:
    make_subscriber(make_letter("other", name="Other"), "ada@example.org")
    assert bring(mail) == "bounced"
    rows = Subscriber.objects.values_list("state", "ended_because", "address")
    assert list(rows) == [("ended", "bounced", "ada@example.org")] * 2
    mail.refresh_from_db()
    assert (mail.state, mail.bounced_at is not None, mail.said) == ("taken", True, "5.1.1 smtp; 550 5.1.1 No such user")


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.4.7")])
def test_what_is_not_over_ends_nothing(mail: Mail, action: str, status: str) -> None:
    assert bring(mail, action=action, status=status) == "dropped"
    assert (Subscriber.objects.get().state, Mail.objects.get().bounced_at) == ("subscribed", None)


def test_no_address_is_kept_in_what_a_mail_server_said(mail: Mail) -> None:
    said = REPORT.replace("No such user", "<ADA@Example.org>: rejected, see ada@example.org or other@example.net")
    bring(mail, said)
    mail.refresh_from_db()
    assert mail.said == "5.1.1 smtp; 550 5.1.1 <…>: rejected, see … or …"


def test_who_bounced_and_ends_it_is_forgotten(mail: Mail) -> None:
    bring(mail)
    assert end(Subscriber.objects.get()) is False
    row = Subscriber.objects.get()
    assert (row.ended_because, row.address, Mail.objects.get().said) == ("bounced", "", "")


def test_who_bounced_a_year_ago_is_forgotten(mail: Mail) -> None:
    bring(mail)
    forget_bounced()
    assert Subscriber.objects.get().address == "ada@example.org"
    with clock.moved(by=timedelta(days=366)):
        forget_bounced()
    assert (Subscriber.objects.get().address, Mail.objects.get().said) == ("", "")


def test_a_full_mailbox_counts_and_ends_nothing_yet(mail: Mail) -> None:
    assert bring(mail, status="5.2.2") == "bounced"
    assert Subscriber.objects.get().state == "subscribed"


def test_who_calls_it_spam_gets_nothing_more_and_is_forgotten(mail: Mail) -> None:
    assert bring(mail, COMPLAINT) == "complaint"
    row = Subscriber.objects.get()
    assert (row.state, row.ended_because, row.address) == ("ended", "complained", "")


def test_addresses_that_we_did_not_write_are_nobodys(mail: Mail) -> None:
    good = return_address(mail.id, DOMAIN)
    wrong = [
        good.replace("bounce+", "reply+"),
        good.replace(DOMAIN, "example.org"),
        f"bounce+{'0' * 29}@{DOMAIN}",
        "",
        "@",
    ]
    assert [taker_of([each]) for each in wrong] == [None] * 5
    assert taker_of([good.upper()]) is not None
    assert [
        take_report(REPORT.format(to=each, action="failed", status="5.1.1").encode(), [each]) for each in wrong
    ] == ["dropped"] * 5
    assert Subscriber.objects.get().state == "subscribed"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"Content-Type: multipart/report\n\n" + b"--b\n" * 5000, b"x" * 1_000_001]
)
def test_hostile_reports_are_dropped(mail: Mail, content: bytes) -> None:
    assert take_report(content, [return_address(mail.id, DOMAIN)]) == "dropped"
    assert Mail.objects.get().bounced_at is None


def test_what_is_kept_of_a_person_is_given_to_them_and_taken_away() -> None:
    ada = make_proven("Ada")
    letter = make_letter()
    make_subscriber(letter, ada.account.email.upper().lower())
    other = make_subscriber(letter, "other@example.org")
    Brought.objects.create(newsletter=letter, statement="On paper", by_id=ada.id, at=other.since)
    told = export(Person.objects.get(id=ada.id))
    assert [each["newsletter"] for each in told["subscriptions"]] == ["The Bench Letter"]
    assert [each["statement"] for each in told["lists_brought"]] == ["On paper"]
    assert "other@example.org" not in str(told)
    erase(Person.objects.get(id=ada.id))
    assert (Subscriber.objects.get(ended_because="erased").address, Brought.objects.get().by_id) == ("", None)
    assert Subscriber.objects.get(id=other.id).address == "other@example.org"
    assert list(check()) == []


def make_proven(name: str) -> Person:
    person = make_person(name)
    EmailAddress.objects.create(user=person.account, email=person.account.email, verified=True, primary=True)
    return person


@pytest.mark.parametrize("proof", [SignUp.Proof.LETTER, SignUp.Proof.HELD])
def test_who_only_joined_with_an_address_neither_sees_nor_ends_what_its_owner_gets(proof: SignUp.Proof) -> None:
    mallory = make_proven("Mallory")
    SignUp.objects.create(person=mallory, address=mallory.account.email, proof=proof)
    make_subscriber(make_letter(), mallory.account.email)
    assert export(mallory)["subscriptions"] == []
    erase(mallory)
    assert Subscriber.objects.get().state == "subscribed"


def test_the_demo_has_a_list_and_two_issues_and_filling_twice_changes_nothing() -> None:
    assert demo.fill() == demo.fill() > 30
    assert (Newsletter.objects.count(), Issue.objects.filter(state="sent", due_at=None).count()) == (1, 2)
    assert not Subscriber.objects.exclude(address="").exclude(address__endswith="@example.org").exists()
    assert Mail.objects.filter(issue=Issue.objects.order_by("-at")[0]).count() > 20
    assert list(check()) == []
