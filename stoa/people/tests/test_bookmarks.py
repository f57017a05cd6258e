"""Bookmarks: one's own, with a note and a reminder that comes once, at its moment, and only while the thing may be seen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.work.drain import drain
from stoa.people.actions.bookmarks import bookmark, take_bookmark_away
from stoa.people.actions.leaving import erase_person, export_own
from stoa.people.models import Bookmark, Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person

pytestmark = pytest.mark.django_db


def thing_of(person: Person) -> tuple[str, int]:
    return ("people.person", person.id)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def test_a_thing_is_marked_once_and_its_note_is_as_said_last() -> None:
    ada, thing = make_actor("Ada"), thing_of(make_person("Ben"))
    bookmark(thing, by=ada)
    bookmark(thing, "  Ask about zips  ", by=ada)
    row = Bookmark.objects.get()
    assert (row.note, row.remind_at, row.due_at) == ("Ask about zips", None, None)
    take_bookmark_away(thing, by=ada)
    take_bookmark_away(thing, by=ada)
    assert Bookmark.objects.count() == 0


def test_nobody_marks_what_they_may_not_see_nor_asks_to_be_reminded_in_the_past() -> None:
    ada = make_actor("Ada")
    with pytest.raises(NotAllowed):
        bookmark(thing_of(make_person("Pending", "pending")), by=ada)
    with pytest.raises(NotAllowed):
        bookmark(thing_of(make_person("Ben", shown_to="everyone")), by=VISITOR)
    with pytest.raises(Invalid):
        bookmark(thing_of(make_person("Cem")), remind_at=clock.now(), by=ada)
    assert Bookmark.objects.count() == 0


def test_a_reminder_comes_at_its_moment_and_once() -> None:
    ada, thing, now = make_person("Ada"), thing_of(make_person("Ben")), clock.now()
    bookmark(thing, remind_at=now + timedelta(hours=3), by=actor_of(ada))
    with clock.pinned(now + timedelta(hours=2)):
        drain()
        assert Notice.objects.count() == 0
    with clock.pinned(now + timedelta(hours=3, minutes=1)):
        drain()
        drain()
    notice = Notice.objects.get()
    assert (notice.person_id, notice.kind, notice.count, notice.reference) == (ada.id, "people.reminder", 1, thing)
    row = Bookmark.objects.get()
    assert (row.due_at, row.remind_at) == (None, None)


def test_what_went_out_of_sight_is_passed_over_without_a_word() -> None:
    ada, ben, now = make_person("Ada"), make_person("Ben"), clock.now()
    bookmark(thing_of(ben), "canary", now + timedelta(hours=1), by=actor_of(ada))
    Person.objects.filter(id=ben.id).update(standing="pending")
    with clock.pinned(now + timedelta(hours=2)):
        drain()
    assert (Notice.objects.count(), Bookmark.objects.get().due_at) == (0, None)
    assert b"canary" not in client_of(ada).get("/bookmarks/").content


def test_tomorrow_at_nine_is_nine_where_the_reader_is() -> None:
    ada, ben = make_person("Ada", zone="Asia/Tokyo"), make_person("Ben")
    with clock.pinned(datetime(2026, 3, 4, 12, tzinfo=UTC)):
        sent = {"note": "x", "when": "tomorrow"}
        answer = client_of(ada).post(f"/bookmarks/people.person/{ben.shown_id}/", sent)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/bookmarks/")
        assert Bookmark.objects.get().remind_at == datetime(2026, 3, 5, 0, tzinfo=UTC)
        sent = {"note": "x", "remind_at": "2026-03-04T22:30"}
        client_of(ada).post(f"/bookmarks/people.person/{ben.shown_id}/", sent)
        assert Bookmark.objects.get().remind_at == datetime(2026, 3, 4, 13, 30, tzinfo=UTC)
        past = client_of(ada).post(
            f"/bookmarks/people.person/{ben.shown_id}/", sent | {"remind_at": "2026-03-03T09:00"}
        )
        assert (past.status_code, "still to come" in past.content.decode()) == (422, True)


def test_one_press_marks_and_the_page_shows_changes_and_removes() -> None:
    ada, ben = make_person("Ada"), make_person("Ben")
    client, address = client_of(ada), f"/bookmarks/people.person/{ben.shown_id}/"
    assert "No bookmarks yet" in client.get("/bookmarks/").content.decode()
    assert client.post(address).headers["Location"] == ben.address
    assert client.post(address, {"note": "<b>Zips</b>"}).status_code == 303
    assert client.post(address).headers["Location"] == ben.address
    assert "&lt;b&gt;Zips" in client.get("/bookmarks/").content.decode()
    assert "Remove the bookmark" in client.get(address).content.decode()
    assert client.post(address, {"_method": "DELETE", "from": "list"}).headers["Location"] == "/bookmarks/"
    assert Bookmark.objects.count() == 0
    hidden = make_person("Pending", "pending")
    assert client.get(f"/bookmarks/people.person/{hidden.shown_id}/").status_code == 404


def test_bookmarks_are_ones_own_taken_along_and_erased() -> None:
    ada, ben, other = make_person("Ada"), make_person("Ben"), make_person("Cem")
    bookmark(thing_of(ben), "canary", by=actor_of(ada))
    assert b"canary" not in client_of(other).get("/bookmarks/").content
    assert [row["note"] for row in export_own(ada)["bookmarks"]] == ["canary"]
    erase_person(ada, by=actor_of(ada))
    assert Bookmark.objects.count() == 0
