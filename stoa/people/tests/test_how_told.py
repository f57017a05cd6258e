"""How people are told: quiet hours by their own clock, mail that is stopped in one click, nothing mailed that was read meanwhile."""

from datetime import UTC, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base import actors, clock
from stoa.base.errors import Invalid
from stoa.base.mail import may_be_sent
from stoa.base.mail.send import message
from stoa.base.models.letter import Letter
from stoa.people.actions.notice import keep_quiet, read_all, tell
from stoa.people.actions.wishes import wish
from stoa.people.models import NoticeWish, Person, QuietHours
from stoa.people.stopping import read_stop, stop_address
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.people.tests.test_people import nudge  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "end", "zone", "at", "over"),
    [
        ("22:00", "07:00", "UTC", "2026-03-10T21:59", "2026-03-10T21:59"),
        ("22:00", "07:00", "UTC", "2026-03-10T22:00", "2026-03-11T07:00"),
        ("22:00", "07:00", "UTC", "2026-03-11T06:59", "2026-03-11T07:00"),
        ("22:00", "07:00", "UTC", "2026-03-11T07:00", "2026-03-11T07:00"),
        ("12:00", "13:30", "UTC", "2026-03-11T12:15", "2026-03-11T13:30"),
        ("22:00", "07:00", "Asia/Tokyo", "2026-03-10T13:00", "2026-03-10T22:00"),
        ("22:00", "07:00", "Asia/Tokyo", "2026-03-10T22:00", "2026-03-10T22:00"),
        # the night in which Berlin's clocks jump from 2 to 3: seven hours of quiet, the end by the wall clock
        ("23:00", "07:00", "Europe/Berlin", "2026-03-28T23:00", "2026-03-29T05:00"),
        # an end that the jump leaves out counts as it would have stood
        ("23:00", "02:30", "Europe/Berlin", "2026-03-28T23:00", "2026-03-29T01:30"),
    ],
)
def test_quiet_hours_end_by_the_clock_of_their_zone(start: str, end: str, zone: str, at: str, over: str) -> None:
    hours = QuietHours(start=time.fromisoformat(start), end=time.fromisoformat(end))
    found = hours.over(datetime.fromisoformat(at).replace(tzinfo=UTC), zone)
    assert found.astimezone(UTC) == datetime.fromisoformat(over).replace(tzinfo=UTC)


def test_what_happens_in_quiet_hours_is_mailed_at_their_end(nudge: str) -> None:  # noqa: F811
    ada, bo, cy = make_person("Ada"), make_person("Bo"), make_person("Cy")
    keep_quiet(time(22), time(7), by=actor_of(ada))
    with clock.pinned(datetime(2026, 3, 10, 23, tzinfo=UTC)):
        tell([ada.id, cy.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    due = dict(Letter.objects.values_list("person_id", "due_at"))
    assert due == {ada.id: datetime(2026, 3, 11, 7, tzinfo=UTC), cy.id: datetime(2026, 3, 10, 23, tzinfo=UTC)}


def test_what_was_read_meanwhile_is_not_mailed(nudge: str) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    letter, reader = Letter.objects.get(), actors.of_person(ada.id)
    assert may_be_sent(reader, letter)
    read_all(by=actor_of(ada))
    assert not may_be_sent(reader, letter)
    tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    assert may_be_sent(reader, letter)


def test_a_letter_that_waits_is_not_sent_once_its_kind_was_stopped(nudge: str) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    wish(nudge, "mail", "never", by=actor_of(ada))
    assert not may_be_sent(actors.of_person(ada.id), Letter.objects.get())


def test_a_mail_program_stops_mail_in_one_click_without_signing_in(nudge: str) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    head = message(Letter.objects.get()).message()
    address = str(head["List-Unsubscribe"]).strip("<>")
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in Letter.objects.get().text
    path = (
        address.removeprefix("http://localhost:8000") if "localhost:8000" in address else "/" + address.split("/", 3)[3]
    )
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    assert NoticeWish.objects.count() == 0
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoticeWish.objects.values_list("person_id", "kind", "way", "level").get() == (ada.id, nudge, "mail", "never")
    assert client.post(path).status_code == 200


def test_a_letter_that_its_own_reader_asked_for_has_nothing_to_stop() -> None:
    letter = Letter.objects.create(kind="account", subject="Confirm", text="Here", address="n@example.org")
    assert message(letter).message()["List-Unsubscribe"] is None


def test_an_address_that_we_did_not_sign_or_whose_person_left_stops_nothing(nudge: str) -> None:  # noqa: F811
    ada = make_person("Ada")
    token = stop_address(ada.id, nudge).rstrip("/").rpartition("/")[2]
    assert read_stop(token) is not None
    assert read_stop(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    gone = stop_address(ada.id, "a.kind.that.is.gone").rstrip("/").rpartition("/")[2]
    assert read_stop(gone) is None
    Person.objects.filter(id=ada.id).update(standing="erased")
    assert Client().post(reverse("people:mail_stop", kwargs={"token": token})).status_code == 404
    assert NoticeWish.objects.count() == 0


def test_quiet_hours_are_chosen_and_given_up_on_the_page_of_wishes() -> None:
    ada = make_person("Ada")
    client = signed_in(ada)
    assert client.post("/notices/quiet/", {"start": "22:30", "end": "07:15"}).status_code == 303
    assert QuietHours.objects.values_list("person_id", "start", "end").get() == (ada.id, time(22, 30), time(7, 15))
    page = client.get("/notices/wishes/").content.decode()
    assert 'value="22:30"' in page
    assert 'value="07:15"' in page
    refused = client.post("/notices/quiet/", {"start": "22:30", "end": "22:30"})
    assert (refused.status_code, "end at another time" in refused.content.decode()) == (422, True)
    assert client.post("/notices/quiet/", {"start": "late", "end": "07:00"}).status_code == 422
    client.post("/notices/quiet/", {"_method": "DELETE"})
    assert QuietHours.objects.count() == 0
    with pytest.raises(Invalid):
        keep_quiet(time(7), time(7), by=actor_of(ada))
