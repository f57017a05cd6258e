"""The connector and its home together, with people on the list and a mail server: pending, out, taken back, measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.base.work.drain import drain
from stoa.social.networks.newsletter.connector import CONNECTOR
from stoa.social.networks.newsletter.home.models import Mail, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.tests.makers import drawn, make_subscriber
from stoa.social.networks.newsletter.home.tests.post import PostOffice, post_office
from stoa.social.networks.newsletter.tests.rehearsal import rehearse
from stoa.social.networks.protocol import NOT_OFFERED, Line, Outgoing, Pending, Picture, Published, Refused, TakenDown

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = Outgoing("What we mended\n\nCome: https://stoa.test/l/abc", "first", NOON, NOON, marker="abc", language="en")


@pytest.fixture
def office(settings: Any, tmp_path: Any) -> Iterator[PostOffice]:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    with post_office(settings) as office:
        yield office


@pytest.fixture
def line(office: PostOffice) -> Iterator[Line]:
    with rehearse() as rehearsal:
        _account, granted = CONNECTOR.connect(rehearsal.answers, http=rehearsal.http)
        for name in ("ada", "bo"):
            make_subscriber(Newsletter.objects.get(), f"{name}@example.org")
        yield Line(rehearsal.http, granted.credentials)


def test_it_is_pending_until_each_mail_was_tried(line: Line, office: PostOffice) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert made == Pending("0 of 2 mails were tried", after=15.0)
    assert CONNECTOR.settle(POST, over=line) == made
    drain()
    found = CONNECTOR.settle(POST, over=line)
    assert isinstance(found, Published)
    assert CONNECTOR.publish(POST, over=line) == found
    assert sorted(office.readers) == ["ada@example.org", "bo@example.org"]


def test_what_asks_for_patience_does_not_keep_it_pending(line: Line, office: PostOffice) -> None:
    office.to["bo@example.org"] = "451 4.2.0 Greylisted"
    CONNECTOR.publish(POST, over=line)
    drain()
    assert isinstance(CONNECTOR.settle(POST, over=line), Published)


def test_before_the_first_mail_it_is_taken_down_and_after_it_refused(line: Line, office: PostOffice) -> None:
    CONNECTOR.publish(POST, over=line)
    (issue,) = Newsletter.objects.get().issues.all()
    assert isinstance(CONNECTOR.delete(issue.shown_id, over=line), TakenDown)
    assert not CONNECTOR.stands(issue.shown_id, over=line)
    drain()
    assert (office.readers, set(Mail.objects.values_list("state", flat=True))) == ([], {"left out"})
    second = replace(POST, key="second")
    CONNECTOR.publish(second, over=line)
    drain()
    found = CONNECTOR.settle(second, over=line)
    assert isinstance(found, Published)
    for _time in range(2):
        with pytest.raises(Refused) as no:
            CONNECTOR.delete(found.id, over=line)
        assert "It has gone to 2 readers, and mails cannot be called back." in no.value.reason
    assert CONNECTOR.stands(found.id, over=line)


def test_numbers_come_from_the_mails_and_opens_are_not_offered(line: Line, office: PostOffice) -> None:
    office.to["bo@example.org"] = "550 5.1.1 Nobody"
    CONNECTOR.publish(POST, over=line)
    drain()
    found = CONNECTOR.settle(POST, over=line)
    assert isinstance(found, Published)
    told = CONNECTOR.measure([found.id, "0000000000001"], over=line)
    values = {each.measure: each.value for each in told.readings}
    assert (values["sent"], values["delivered"], values["bounced"], values["unsubscribed"]) == (2, 1, 1, 0)
    assert (values["opens"], values["likes"], told.missing) == (NOT_OFFERED, NOT_OFFERED, ("0000000000001",))


def test_a_picture_goes_with_every_byte_and_its_description(line: Line, office: PostOffice) -> None:
    Subscriber.objects.exclude(address="ada@example.org").delete()
    picture = Picture(drawn(), "image/png", 'A "lamp" & <light>, 灯', 6, 4)
    CONNECTOR.publish(replace(POST, pictures=(picture,)), over=line)
    drain()
    shown = [part for part in office.letter().walk() if part.get_content_maintype() == "image"]
    assert [part.get_content() for part in shown] == [drawn()]
    html = office.letter().get_body(("html",))
    assert html is not None
    assert 'alt="A &quot;lamp&quot; &amp; &lt;light&gt;, 灯"' in html.get_content()
