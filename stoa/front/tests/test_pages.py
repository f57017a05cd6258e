"""The front's pages: home for visitors and members, the desk's first page, the options."""

import pytest
from django.test import Client

from stoa.base.ids import shown
from stoa.base.options import declare, option
from stoa.front.models import DeskVisit, WorkMark
from stoa.people.models import Account, Purpose
from stoa.people.tests.makers import make_person
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


def signed_in(role: str) -> Client:
    actor, client = make_staff(role), Client()
    client.force_login(Account.objects.get(person__id=actor.person_id))
    return client


def test_a_visitor_sees_the_purpose_and_gets_no_cookie(client: Client) -> None:
    Purpose.objects.create(sentence="We mend what is broken.")
    shown = client.get("/")
    assert "We mend what is broken." in shown.content.decode()
    assert not shown.cookies
    assert "csrfmiddlewaretoken" not in shown.content.decode()


def test_only_people_who_show_themselves_stand_on_the_front_page(client: Client) -> None:
    open_, hidden = make_person("Open Oona"), make_person("Hidden Hal")
    for person, shown_to in ((open_, "everyone"), (hidden, "members")):
        person.helps_with, person.shown_to = "lamps", shown_to
        person.save()
    text = client.get("/").content.decode()
    assert "Open Oona" in text
    assert "Hidden Hal" not in text


def test_the_desk_opens_on_today_for_staff_alone(client: Client) -> None:
    assert client.get("/desk/").status_code == 403
    staff = signed_in("moderator")
    assert staff.get("/desk/")["Location"] == "/desk/today/"
    assert "Nothing waits." in staff.get("/desk/today/").content.decode()
    assert not DeskVisit.objects.exists()
    assert staff.post("/desk/today/visit/").status_code == 204
    assert DeskVisit.objects.count() == 1


def test_a_row_is_marked_and_taken_back_through_the_page() -> None:
    staff = signed_in("moderator")
    assert staff.post("/desk/today/marks/", {"key": "a:1", "kind": "snoozed", "until": "tomorrow"}).status_code == 303
    mark = WorkMark.objects.get()
    assert mark.kind == "snoozed"
    assert staff.post("/desk/today/marks/", {"key": "a:1", "kind": "wished away"}).status_code == 422
    assert staff.post(f"/desk/today/marks/{mark.shown_id}/", {"_method": "DELETE"}).status_code == 303
    assert not WorkMark.objects.exists()


def test_an_option_is_changed_by_those_who_may_and_in_its_own_type() -> None:
    tries = option("front.tries_in_tests", 3, "How many tries.", least=1, most=9)
    owner = signed_in("owner")
    try:
        assert "How many tries." in owner.get("/desk/settings/").content.decode()
        assert owner.post("/desk/settings/front.tries_in_tests/", {"value": "5"}).status_code == 303
        assert tries.get() == 5
        for wrong in ("many", "10"):
            assert owner.post("/desk/settings/front.tries_in_tests/", {"value": wrong}).status_code == 422
        assert signed_in("moderator").post("/desk/settings/front.tries_in_tests/", {"value": "2"}).status_code == 403
        assert tries.get() == 5
        assert owner.post("/desk/settings/front.nothing/", {"value": "2"}).status_code == 404
    finally:
        declare._options.pop("front.tries_in_tests")


def test_the_calendar_opens_in_each_view() -> None:
    staff = signed_in("community_manager")
    for view in ("month", "week", "list"):
        assert staff.get(f"/desk/calendar/?view={view}&day=2026-11-23").status_code == 200


def test_today_says_what_was_done_with_a_row_and_stays_on_its_list() -> None:
    staff, bashir = signed_in("moderator"), make_staff("moderator", "Bashir")
    given = {"key": "a:1", "list": "all"}
    pressed = {
        "Put off.": {"kind": "snoozed", "until": "tomorrow"},
        "Handed over to Bashir.": {"kind": "handed", "to": shown(bashir.own_id)},
        "Set aside, with your reason.": {"kind": "not_needed", "reason": "done by telephone"},
    }
    for said, mark in pressed.items():
        answer = staff.post("/desk/today/marks/", given | mark)
        assert answer["Location"] == "/desk/today/?list=all"
        assert said in staff.get(answer["Location"]).content.decode()
    assert (
        staff.post("/desk/today/marks/", given | pressed["Put off."] | {"list": "nobody's"})["Location"]
        == "/desk/today/"
    )
