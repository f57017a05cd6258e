"""Drafts: kept as typed, on every device, told and not overwritten when two go on with one, gone when they were sent."""

import json
import zipfile
from io import BytesIO

import pytest
from django.test import Client

from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.people.actions.drafts import MOST, Changed, Typed, delete_draft, forget_sent, keep_draft
from stoa.people.actions.leaving import erase_person, export_person
from stoa.people.models import Draft
from stoa.people.tests.makers import actor_of, make_actor, make_person

pytestmark = pytest.mark.django_db
PLACE = "reply-0000000000000"


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person.account)  # type: ignore[attr-defined]
    return client


def test_a_draft_is_kept_as_typed_and_each_saving_raises_its_version() -> None:
    ada, words = make_actor("Ada"), "  As I typed it,\r\n\twith *signs* and\u202e others  "
    draft = keep_draft(PLACE, Typed(words, "A title", "/topics/x/"), 0, by=ada)
    assert draft is not None
    assert (draft.source, draft.title, draft.address, draft.version) == (words, "A title", "/topics/x/", 1)
    assert keep_draft(PLACE, Typed("More"), 1, by=ada).version == 2  # type: ignore[union-attr]
    assert Draft.objects.get().source == "More"


def test_the_same_text_from_another_device_is_no_change() -> None:
    ada = make_actor("Ada")
    keep_draft(PLACE, Typed("One"), 0, by=ada)
    assert keep_draft(PLACE, Typed("One"), 0, by=ada).version == 1  # type: ignore[union-attr]


def test_who_saves_over_what_another_device_changed_is_told_and_nothing_is_overwritten() -> None:
    ada = make_actor("Ada")
    keep_draft(PLACE, Typed("One"), 0, by=ada)
    keep_draft(PLACE, Typed("Two"), 1, by=ada)
    with pytest.raises(Changed) as told:
        keep_draft(PLACE, Typed("Mine"), 1, by=ada)
    assert (told.value.draft.source, told.value.draft.version) == ("Two", 2)
    with pytest.raises(Changed):
        keep_draft(PLACE, Typed(""), 1, by=ada)
    assert Draft.objects.get().source == "Two"


def test_an_emptied_box_leaves_no_draft() -> None:
    ada = make_actor("Ada")
    assert keep_draft(PLACE, Typed(""), 0, by=ada) is None
    keep_draft(PLACE, Typed("One"), 0, by=ada)
    assert keep_draft(PLACE, Typed(""), 1, by=ada) is None
    assert Draft.objects.count() == 0


def test_what_was_sent_goes_unless_another_device_went_on_with_it() -> None:
    ada = make_actor("Ada")
    keep_draft(PLACE, Typed("One\ntwo"), 0, by=ada)
    keep_draft(PLACE, Typed("One\ntwo\nthree"), 1, by=ada)
    forget_sent(PLACE, 1, {"One\ntwo"}, by=ada)
    assert Draft.objects.count() == 1
    forget_sent(PLACE, 1, {"One\ntwo\nthree"}, by=ada)
    assert Draft.objects.count() == 0
    assert keep_draft(PLACE, Typed("Typed on, elsewhere"), 2, by=ada).version == 3  # type: ignore[union-attr]


def test_a_draft_is_its_writers_alone() -> None:
    ada, ben = make_person("Ada"), make_person("Ben")
    keep_draft(PLACE, Typed("canary"), 0, by=actor_of(ada))
    for other in (client_of(ben), Client()):
        assert b"canary" not in other.get(f"/drafts/{PLACE}/").content + other.get("/drafts/").content
    keep_draft(PLACE, Typed("Ben's"), 0, by=actor_of(ben))
    delete_draft(PLACE, by=actor_of(ben))
    assert Draft.objects.get().source == "canary"
    with pytest.raises(NotAllowed):
        keep_draft(PLACE, Typed("x"), 0, by=VISITOR)


def test_too_long_or_too_many_is_refused_and_nothing_is_kept() -> None:
    ada = make_actor("Ada")
    for place, typed in [(PLACE, Typed("x" * 2_000_000)), (PLACE, Typed("x", "t" * 201)), ("", Typed("x"))]:
        with pytest.raises(Invalid):
            keep_draft(place, typed, 0, by=ada)
    Draft.objects.bulk_create([Draft(person_id=ada.own_id, place=f"reply-{number}") for number in range(MOST)])
    with pytest.raises(NotPossible):
        keep_draft(PLACE, Typed("x"), 0, by=ada)
    assert Draft.objects.count() == MOST


def test_a_writing_box_reads_and_keeps_its_draft() -> None:
    client, address = client_of(make_person("Ada")), f"/drafts/{PLACE}/"
    assert client.get(address).status_code == 204
    sent = {"_method": "PUT", "source": "One", "version": "0", "address": "/topics/x/"}
    assert client.post(address, sent).json() == {"source": "One", "title": "", "version": 1}
    assert client.get(address).json()["source"] == "One"
    clash = client.post(address, sent | {"source": "Other"})
    assert (clash.status_code, clash.json()["source"]) == (409, "One")
    client.post(address, sent | {"version": "1", "source": "Two", "address": "//elsewhere.example/"})
    assert Draft.objects.get().address == ""


def test_the_page_shows_ones_drafts_and_deletes_them() -> None:
    ada = make_person("Ada")
    client = client_of(ada)
    assert "No drafts" in client.get("/drafts/").content.decode()
    keep_draft(PLACE, Typed("Rub a <b>pencil</b>", "", "/topics/x/"), 0, by=actor_of(ada))
    page = client.get("/drafts/").content.decode()
    assert ("Rub a &lt;b&gt;pencil" in page, 'href="/topics/x/"' in page) == (True, True)
    assert client.post(f"/drafts/{PLACE}/", {"_method": "DELETE"}).headers["Location"] == "/drafts/"
    assert Draft.objects.count() == 0


def test_a_form_that_was_taken_takes_its_draft_along_and_one_that_was_refused_leaves_it() -> None:
    ada = make_person("Ada")
    client = client_of(ada)
    keep_draft("profile", Typed("Ada"), 0, by=actor_of(ada))
    sent = {"draft": "profile", "draft_version": "1", "zone": "UTC", "shown_to": "members"}
    assert client.post("/profile/", sent | {"name": ""}).status_code == 422
    assert Draft.objects.count() == 1
    assert client.post("/profile/", sent | {"name": "Ada"}).status_code == 303
    assert Draft.objects.count() == 0


def test_drafts_are_taken_along_and_erased_with_their_writer() -> None:
    ada = make_person("Ada")
    keep_draft(PLACE, Typed("Not sent yet"), 0, by=actor_of(ada))
    packed = zipfile.ZipFile(BytesIO(export_person(ada, by=actor_of(ada))))
    assert json.loads(packed.read("people.json"))["drafts"][0]["source"] == "Not sent yet"
    erase_person(ada, by=actor_of(ada))
    assert Draft.objects.count() == 0
