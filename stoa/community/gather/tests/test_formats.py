"""A format is written down once and started with one press ever after."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import Site
from stoa.community.gather.actions import FormatPlan, change_format, keep_format, start_format
from stoa.community.gather.models import Event, Format, Occasion
from stoa.community.gather.rhythms import next_day
from stoa.community.talk.models import Topic
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
THURSDAY = 3


def make_plan(**values: Any) -> FormatPlan:
    plan = {
        "name": "Evening together", "shape": "event", "rhythm": "weekly", "weekday": THURSDAY, "at": time(19),
        "title": "Evening", "opening": "Bring one thing.", "how": "Be early.", "place": "Hall 3",
    }  # fmt: skip
    return FormatPlan(**{**plan, **values})


def make_format(space: Space | None = None, **values: Any) -> Format:
    space = space or make_space()
    return keep_format(space, make_plan(**values), by=make_insider(space, "space.steward", "Marta"))


def test_an_event_is_planned_for_the_next_day_of_the_rhythm() -> None:
    Site.objects.update_or_create(id=1, defaults={"zone": "Europe/Berlin"})
    format, by = make_format(), make_staff("community_manager")
    with clock.pinned(datetime.fromisoformat("2026-03-02T10:00:00Z")):
        first, second = start_format(format, by=by), start_format(format, by=by)
    assert [first.day, second.day] == [date(2026, 3, 5), date(2026, 3, 12)]
    event = Event.objects.get(id=first.event_id)
    assert (event.title, event.starts_wall, event.ends_wall) == ("Evening", "2026-03-05T19:00", "2026-03-05T20:30")
    assert (event.zone, event.place, event.source) == ("Europe/Berlin", "Hall 3", "Bring one thing.")


def test_an_evening_whose_hour_is_over_is_planned_for_the_next_time() -> None:
    format = make_format()
    with clock.pinned(datetime.fromisoformat("2026-03-05T22:00:00Z")):
        assert start_format(format, by=make_staff("community_manager")).day == date(2026, 3, 12)


def test_a_topic_is_opened_at_once_and_once_a_day() -> None:
    format, by = make_format(shape="topic", title="Monday round"), make_staff("community_manager")
    with clock.pinned(datetime.fromisoformat("2026-03-02T10:00:00Z")):
        assert start_format(format, by=by).day == date(2026, 3, 2)
        with pytest.raises(NotPossible):
            start_format(format, by=by)
    assert [topic.title for topic in Topic.objects.all()] == ["Monday round"]


@pytest.mark.parametrize(
    ("rhythm", "last", "today", "expected"),
    [
        ("weekly", None, "2026-03-05", "2026-03-05"),
        ("weekly", None, "2026-03-06", "2026-03-12"),
        ("weekly", "2026-03-05", "2026-03-05", "2026-03-12"),
        ("fortnightly", "2026-03-05", "2026-03-06", "2026-03-19"),
        ("fortnightly", "2026-01-01", "2026-03-06", "2026-03-12"),
        ("monthly", None, "2026-03-05", "2026-03-05"),
        ("monthly", None, "2026-03-06", "2026-04-02"),
        ("monthly", "2026-12-03", "2026-12-03", "2027-01-07"),
    ],
)
def test_the_next_day_follows_the_rhythm(rhythm: str, last: str | None, today: str, expected: str) -> None:
    format = Format(rhythm=rhythm, weekday=THURSDAY)
    before = date.fromisoformat(last) if last else None
    assert next_day(format, before, date.fromisoformat(today)) == date.fromisoformat(expected)


def test_a_format_that_rests_is_not_started() -> None:
    format, by = make_format(), make_staff("community_manager")
    change_format(format, make_plan(is_resting=True), by=by)
    with pytest.raises(NotPossible):
        start_format(format, by=by)
    assert not Event.objects.exists()


def test_members_neither_keep_nor_start_formats() -> None:
    format, member = make_format(), make_actor("Member")
    with pytest.raises(NotAllowed):
        start_format(format, by=member)
    with pytest.raises(NotAllowed):
        keep_format(format.space, make_plan(), by=member)
    assert (Format.objects.count(), Occasion.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"place": " "}, "place"), ({"shape": "topic", "opening": " "}, "opening"), ({"minutes": 1}, "minutes")],
)
def test_what_is_missing_is_said_beside_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_format(**values)
    assert refused.value.field == field


def test_at_the_desk_a_format_is_written_down_and_started_once_per_press(client: Client) -> None:
    space, by = make_space(), make_staff("community_manager")
    client.force_login(_account(by.own_id))
    typed = {
        "where": space.shown_id, "name": "Monday round", "shape": "topic", "rhythm": "weekly", "weekday": "0",
        "at": "09:00", "minutes": "60", "title": "What are you busy with?", "opening": "One sentence.", "how": "",
    }  # fmt: skip
    assert client.post("/desk/programme/new/", typed | {"opening": ""}).status_code == 422
    page = client.post("/desk/programme/new/", typed)["Location"]
    assert "What are you busy with?" in client.get(page).content.decode()
    assert "Monday round" in client.get("/desk/programme/").content.decode()
    pressed = [client.post(f"{page}occasions/", {"once": "a-token"})["Location"] for _twice in range(2)]
    assert pressed[0] == pressed[1] == Topic.objects.get().get_absolute_url()
    assert client.post(page, typed | {"name": "Round"})["Location"] == page
    assert Format.objects.get().name == "Round"


def _account(person_id: int) -> Any:
    from stoa.people.models import Person

    return Person.objects.get(id=person_id).account
