"""What people see of events and the goal, and what they do there without a script."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from stoa.base import clock
from stoa.base.models import SearchDocument
from stoa.community.gather import actions
from stoa.community.gather.agenda import items
from stoa.community.gather.models import CalendarFeed, Contribution, Event, Rsvp
from stoa.community.gather.tests.makers import make_event, make_rsvp
from stoa.community.gather.today import rows
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import give, make_space, make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
STARTS = datetime.fromisoformat("2026-04-08T19:00")


@pytest.fixture(autouse=True)
def _still() -> object:
    with clock.pinned(NOW):
        yield


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_steward_plans_changes_and_cancels_an_event() -> None:
    space, marta = make_space(), make_person("Marta")
    give(marta, "space.steward", space)
    client, new = as_(marta), f"/spaces/{space.shown_id}/events/new/"
    typed = {
        "title": "Repair evening", "starts": "2026-04-09T19:00", "ends": "2026-04-09T18:00", "zone": "Europe/Berlin",
        "place": "Hall 3", "seats": "20", "source": "Bring one thing.",
    }  # fmt: skip
    refused = client.post(new, typed)
    assert refused.status_code == 422
    assert "It must end after it begins." in refused.content.decode()
    assert client.post(new, {**typed, "ends": "2026-04-09T21:30"}).status_code == 303
    event = Event.objects.get()
    assert (event.starts_at, event.seats) == (datetime(2026, 4, 9, 17, tzinfo=UTC), 20)
    edit = f"/events/{event.shown_id}/edit/"
    assert 'value="2026-04-09T19:00"' in text(client, edit)
    client.post(edit, {**typed, "ends": "2026-04-09T22:00", "place": "Hall 4"})
    assert client.post(f"/events/{event.shown_id}/cancellation/", {"reason": "Storm."}).status_code == 303
    page = text(client, event.get_absolute_url())
    assert "This event is cancelled" in page
    assert "Storm." in page
    assert "Hall 4" in page
    assert text(client, edit, status=404)


def test_a_member_says_yes_and_no_and_sees_the_seats() -> None:
    event, ada = make_event(seats=1, online_address="https://meet.example.org/kanari"), make_person("Ada")
    client, address = as_(ada), event.get_absolute_url()
    page = text(client, address)
    assert "0 of 1 seat" in page
    assert "kanari" not in page
    assert client.post(f"/events/{event.shown_id}/rsvp/").status_code == 303
    page = text(client, address)
    assert "1 of 1 seat" in page
    assert "kanari" in page
    other = as_(make_person("Ben"))
    other.post(f"/events/{event.shown_id}/rsvp/")
    page = text(other, address)
    assert "You are the next." in page
    assert "kanari" not in page
    client.post(f"/events/{event.shown_id}/rsvp/", {"_method": "DELETE"})
    assert "kanari" in text(other, address)


def test_the_live_fragment_is_the_same_block_of_the_page() -> None:
    event = make_event(seats=3)
    answer = as_(make_person()).get(event.get_absolute_url(), HTTP_HX_REQUEST="true")
    fragment = answer.content.decode()
    assert "0 of 3 seats" in fragment
    assert "<html" not in fragment


def test_visitors_see_a_public_event_without_its_people() -> None:
    event = make_event(make_space("Porch", "public"), seats=5, online_address="https://meet.example.org/kanari")
    make_rsvp(event, by=make_actor("Kanari Guest"))
    page = text(Client(), event.get_absolute_url())
    assert "1 of 5 seats" in page
    assert "Kanari" not in page
    assert "kanari" not in page
    assert text(Client(), f"/events/{event.shown_id}/people/", status=404)
    assert "csrfmiddlewaretoken" not in page


def test_times_are_shown_in_the_readers_zone_and_in_the_events() -> None:
    event = make_event(starts=STARTS, ends=STARTS + timedelta(hours=2))
    page = text(as_(make_person(zone="Asia/Tokyo")), event.get_absolute_url())
    assert "Thursday 9 April 2026, 02:00–04:00" in page
    assert "Wednesday 8 April 2026, 19:00–21:00 in Berlin" in page


def test_the_lists_hold_what_comes_what_is_mine_and_what_is_over() -> None:
    ada = make_person("Ada")
    space = make_space()
    near, far = make_event(space, title="Near"), make_event(space, title="Far")
    actions.hide_event(far, by=make_staff("moderator"))
    make_rsvp(near, by=actor_of(ada))
    client = as_(ada)
    coming = text(client, "/events/")
    assert "Near" in coming
    assert "Far" not in coming
    assert "Near" in text(client, "/events/?list=mine")
    with clock.pinned(near.ends_at):
        assert "Near" in text(client, "/events/?list=past")
        assert "Near" not in text(client, "/events/")


def test_a_list_goes_on_where_it_stopped() -> None:
    space, host = make_space("Porch", "public"), make_staff("community_manager")
    for number in range(35):
        starts = STARTS + timedelta(days=number // 2)
        make_event(space, by=host, title=f"Evening {number:02d}", starts=starts, ends=starts + timedelta(hours=1))
    client = Client()
    first = text(client, "/events/")
    after = first.split("after=")[1].split('"')[0]
    second = text(client, f"/events/?list=coming&after={after}")
    seen = [number for number in range(35) if (f"Evening {number:02d}" in first) != (f"Evening {number:02d}" in second)]
    assert seen == list(range(35))


def test_the_calendar_file_says_when_in_utc_and_hides_the_online_address() -> None:
    event = make_event(starts=STARTS, ends=STARTS + timedelta(hours=2), online_address="https://meet.example.org/k")
    ada = make_person("Ada")
    client, address = as_(ada), f"/events/{event.shown_id}/calendar.ics"
    entry = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert entry["dtstart"].dt == datetime(2026, 4, 8, 17, tzinfo=UTC)
    assert str(entry["location"]) == "Hall 3, online"
    make_rsvp(event, by=actor_of(ada))
    entry = Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]
    assert str(entry["location"]) == "Hall 3, https://meet.example.org/k"


def test_ones_own_calendar_has_a_secret_address_that_can_be_taken_back() -> None:
    event, ada = make_event(), make_person("Ada")
    make_event(title="Not mine")
    make_rsvp(event, by=actor_of(ada))
    client = as_(ada)
    client.post("/events/calendar/")
    address = "/calendars/" + text(client, "/events/calendar/").split("/calendars/")[1].split('"')[0]
    answer = Client().get(address)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert [str(each["summary"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")] == ["Repair evening"]
    client.post("/events/calendar/", {"_method": "DELETE"})
    assert Client().get(address).status_code == 404
    assert CalendarFeed.objects.count() == 0


def test_a_host_ticks_who_came() -> None:
    space, marta = make_space(), make_person("Marta")
    give(marta, "space.steward", space)
    event = make_event(space, by=actor_of(marta))
    came, missed = make_person("Came"), make_person("Missed")
    for person in (came, missed):
        make_rsvp(event, by=actor_of(person))
    client = as_(marta)
    with clock.pinned(event.starts_at):
        assert "Keep who came" in text(client, f"/events/{event.shown_id}/people/")
        ticked = {"came": [came.shown_id], "among": [came.shown_id, missed.shown_id, "nonsense"]}
        assert client.post(f"/events/{event.shown_id}/attendance/", ticked).status_code == 303
        assert as_(came).post(f"/events/{event.shown_id}/attendance/", ticked).status_code == 403
    found = dict(Rsvp.objects.values_list("person_id", "attendance"))
    assert found == {came.id: "came", missed.id: "missed"}


def test_the_goal_is_set_at_the_desk_and_counted_by_members() -> None:
    manager = Person.objects.get(id=make_staff("community_manager").own_id)
    desk = as_(manager)
    assert (
        desk.post("/desk/goal/", {"sentence": "We mend.", "number": "5000", "unit": "things mended"}).status_code == 303
    )
    desk.post("/goal/contributions/", {"number": "3147", "day": "2026-03-01"})
    ada = as_(make_person("Ada"))
    assert ada.post("/goal/contributions/", {"number": "37", "note": "Zips"}).status_code == 303
    assert ada.post("/goal/contributions/", {"number": "51"}).status_code == 422
    page = text(ada, "/goal/")
    assert "3,184 of 5,000 things mended" in page
    assert "37 this week" in page
    assert "Zips" not in text(Client(), "/goal/")
    mine = Contribution.objects.get(number=37)
    ada.post(f"/goal/contributions/{mine.shown_id}/", {"_method": "DELETE"})
    assert "3,147 of 5,000" in text(Client(), "/goal/")
    assert text(ada, "/desk/goal/", status=403)


def test_todays_events_stand_on_today_and_on_the_calendar() -> None:
    starts = datetime.fromisoformat("2026-04-01T19:00")
    make_event(make_space("Porch", "public"), starts=starts, ends=starts + timedelta(hours=2), seats=20)
    manager = make_staff("community_manager")
    assert [(row.what, row.why) for row in rows(manager)] == [("Repair evening", "Event at 17:00 · 0 of 20 seats")]
    assert list(rows(make_actor())) == []
    assert [item.what for item in items(make_actor(), NOW, NOW + timedelta(days=1))] == ["Repair evening"]
    assert list(items(make_actor(), NOW + timedelta(days=1), NOW + timedelta(days=2))) == []


def test_a_space_shows_what_comes_up_in_it() -> None:
    space = make_space("Sewing")
    make_event(space, title="Zip night")
    assert "Zip night" in text(as_(make_person()), space.address)
    assert SearchDocument.objects.filter(thing_key="gather.event", title="Zip night").count() == 1


def test_who_leaves_frees_their_seat_and_nothing_of_theirs_remains() -> None:
    event, ada = make_event(seats=1), make_person("Ada")
    next_one = make_actor("Next")
    make_rsvp(event, by=actor_of(ada))
    make_rsvp(event, by=next_one)
    erase_person(ada, by=actor_of(ada))
    event.refresh_from_db()
    assert (event.going_count, event.waiting_count) == (1, 0)
    assert list(Rsvp.objects.values_list("person_id", "answer")) == [(next_one.own_id, "yes")]
