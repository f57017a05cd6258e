"""The pages of schedules: repeat a post, change it, stop it, leave a time out; what stands on the calendar and on Today."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.people.models import Notice, Person
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import SameAgain, Source
from stoa.social.publish import agenda, today
from stoa.social.publish.actions import write_anew
from stoa.social.publish.keeping import KEEPING
from stoa.social.publish.models import Occurrence, Post, Schedule
from stoa.social.publish.tests.again.makers import DAY, again, look, make_schedule, said
from stoa.social.publish.tests.makers import START, make_post, run
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 5, 11, 7, tzinfo=UTC)


@pytest.fixture
def manager(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(manager: Actor) -> Client:
    browser = Client()
    browser.force_login(Person.objects.get(id=manager.person_id).account)
    return browser


def typed(channel: Channel, **more: object) -> dict[str, object]:
    values: dict[str, object] = {
        "channels": [channel.shown_id], "rhythm": "weekly", "every": "2", "weekdays": ["0", "3"], "at": "09:00", "place": "1",
        "weekday": "0", "day": "1",
    }  # fmt: skip
    return values | more


def test_a_post_is_repeated_from_its_page(browser: Client, manager: Actor, channel: Channel) -> None:
    with clock.pinned(START):
        post = make_post([channel], by=manager)
        address = reverse("publish:new_schedule", args=[post.id])
        assert address in browser.get(reverse("publish:post", args=[post.id])).content.decode()
        assert browser.get(address).status_code == 200
        answer = browser.post(address, typed(channel, until="2026-12-31", most="10"))
        schedule = Schedule.objects.get()
        assert (answer.status_code, answer.headers["Location"]) == (303, schedule.get_absolute_url())
        page = browser.get(schedule.get_absolute_url()).content.decode()
        listed = browser.get(reverse("publish:schedules")).content.decode()
    assert (schedule.every, schedule.weekdays, schedule.at, schedule.zone) == (2, 0b1001, time(9), "Europe/Berlin")
    assert (schedule.until, schedule.most, schedule.kept_by_id) == (date(2026, 12, 31), 10, manager.person_id)
    for words in (
        "Every 2 weeks on Monday and Thursday at 09:00",
        "until 31 December 2026, 10 times in all",
        "Not planned yet",
    ):
        assert words in page
    assert "Every 2 weeks on Monday and Thursday at 09:00" in listed


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weekdays": []}, "Choose at least one day of the week."),
        ({"channels": []}, "This field is required."),
        ({"until": "2026-05-04"}, "No time is left until its end."),
        ({"every": "99"}, "less than or equal to 12"),
        ({"at": "25:00"}, "Enter a valid time."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: Client, manager: Actor, channel: Channel, wrong: dict[str, object], words: str
) -> None:
    with clock.pinned(START):
        post = make_post([channel], by=manager)
        answer = browser.post(
            reverse("publish:new_schedule", args=[post.id]), typed(channel, **({"most": "7"} | wrong))
        )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="7"' in page
    assert not Schedule.objects.exists()


def test_it_is_changed_stopped_and_goes_on(browser: Client, manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START):
        address = reverse("publish:edit_schedule", args=[schedule.id])
        assert 'value="09:00"' in browser.get(address).content.decode()
        browser.post(address, typed(channel, every="1", weekdays=["1"], at="18:30"))
        assert (again(schedule).weekdays, again(schedule).at) == (2, time(18, 30))
        state = reverse("publish:schedule_state", args=[schedule.id])
        browser.post(state, {"state": "stopped"})
        assert again(schedule).state == "stopped"
        assert "Let it go on" in browser.get(schedule.get_absolute_url()).content.decode()
        browser.post(state, {"state": "running"})
        assert again(schedule).state == "running"
        browser.post(state, {"state": "upside down"})
        assert again(schedule).state == "running"


def test_a_time_is_left_out_and_brought_back(browser: Client, manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START):
        address = reverse("publish:schedule_time", args=[schedule.id, 2])
        assert address in browser.get(schedule.get_absolute_url()).content.decode()
        browser.post(address)
        assert said(schedule) == [(1, "made"), (2, "skipped")]
        assert "Bring it back" in browser.get(schedule.get_absolute_url()).content.decode()
        browser.post(address, {"_method": "DELETE"})
        assert said(schedule) == [(1, "made"), (2, "let_go")]
        assert browser.post(reverse("publish:schedule_time", args=[schedule.id, 0])).status_code == 404


def test_other_words_are_written_in_a_draft(browser: Client, manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    with clock.pinned(START):
        answer = browser.post(reverse("publish:schedule_words", args=[schedule.id]))
        draft = Post.objects.get(state="draft")
        assert answer.headers["Location"] == reverse("publish:edit_post", args=[draft.id])
        assert "Zips can be saved." in browser.get(answer.headers["Location"]).content.decode()
    assert again(schedule).post_id == draft.id


def test_the_calendar_shows_each_time_once(manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    look(START)
    with clock.pinned(START):
        found = [(each.key.partition(":")[0], each.at) for each in agenda.items(manager, START, FIRST + 15 * DAY)]
    assert found == [
        ("publish.post", START),
        ("publish.post", FIRST),
        ("publish.schedule", FIRST + 7 * DAY),
        ("publish.schedule", FIRST + 14 * DAY),
    ]
    assert schedule.is_running


def test_who_plans_posts_is_told_when_it_stops_by_itself(manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    Channel.objects.filter(id=channel.id).update(state="disconnected")
    look(START)
    run(START, hours=1)
    told = Notice.objects.filter(kind="publish.not_repeated", thing_id=schedule.id)
    assert told.filter(person_id=manager.person_id).count() == 1
    with clock.pinned(START + DAY):
        rows = [row for row in today.rows(manager) if row.key == f"publish.schedule:{schedule.shown_id}"]
    assert [row.why for row in rows] == ["Porch cannot be published to."]


def test_its_keeper_takes_it_along_and_leaves_it(manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    person = Person.objects.get(id=manager.person_id)
    assert [each["id"] for each in KEEPING.export(person)["schedules"]] == [schedule.shown_id]
    KEEPING.erase(person)
    assert again(schedule).kept_by_id is None


def test_a_network_that_punishes_repetition_is_warned_of(
    browser: Client, manager: Actor, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = make_schedule(channel, by=manager)
    rule = SameAgain("It hides what says the same again.", Source("https://example.org/", date(2026, 5, 1)))
    kind = type(channel.connector)
    monkeypatch.setattr(kind, "rules", replace(channel.connector.rules, same_again=rule), raising=False)
    with clock.pinned(START):
        assert "It hides what says the same again." in browser.get(schedule.get_absolute_url()).content.decode()


def test_the_posts_page_says_which_time_it_is(browser: Client, manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    look(START)
    made = Occurrence.objects.get(schedule=schedule).post
    assert made is not None
    with clock.pinned(START):
        page = browser.get(reverse("publish:post", args=[made.id])).content.decode()
    assert "Time 1 of a repeated post" in page


def test_the_composer_of_a_draft_that_is_repeated_says_so(browser: Client, manager: Actor, channel: Channel) -> None:
    schedule = make_schedule(channel, by=manager)
    said = "What is kept here is what the next times say"
    with clock.pinned(START):
        draft = write_anew(schedule, by=manager)
        address = reverse("publish:edit_post", args=[draft.id])
        assert said in browser.get(address).content.decode()
        Schedule.objects.update(state="ended", due_at=None)
        assert said not in browser.get(address).content.decode()
