"""Who comes is reminded a day and an hour before, once, in their own zone."""

from datetime import UTC, datetime, timedelta

import pytest

from stoa.base import actors, clock
from stoa.base.models import Letter
from stoa.community.gather import actions
from stoa.community.gather.tests.makers import make_event, make_plan, make_rsvp
from stoa.people.actions.wishes import wish
from stoa.people.models import Notice
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
STARTS = datetime.fromisoformat("2026-04-08T19:00")  # in Berlin: 17:00 UTC
HOUSE = actors.system("gather")


def remind(at: datetime) -> int:
    with clock.pinned(at):
        return actions.send_reminders(by=HOUSE)


def test_one_word_a_day_before_and_one_an_hour_before_in_the_readers_zone() -> None:
    with clock.pinned(NOW):
        event = make_event(starts=STARTS, ends=STARTS + timedelta(hours=2))
        person = make_person("Lin", zone="Asia/Tokyo")
        make_rsvp(event, by=actor_of(person))
    assert remind(event.starts_at - timedelta(hours=25)) == 0
    assert remind(event.starts_at - timedelta(hours=24)) == 1
    assert remind(event.starts_at - timedelta(hours=23)) == 0
    assert remind(event.starts_at - timedelta(minutes=60)) == 1
    assert remind(event.starts_at - timedelta(minutes=1)) == 0
    subjects = list(Letter.objects.filter(person_id=person.id).order_by("id").values_list("subject", flat=True))
    assert subjects == [
        "Coming up: Repair evening, Thursday 9 April, 02:00",
        "Soon: Repair evening, Thursday 9 April, 02:00",
    ]


def test_who_waits_says_no_or_wishes_no_mail_gets_none() -> None:
    with clock.pinned(NOW):
        event = make_event(starts=STARTS, ends=STARTS + timedelta(hours=2), seats=2)
        quiet, gone, waiting = (make_person(name) for name in ("Quiet", "Gone", "Waiting"))
        wish("gather.tomorrow", "mail", "never", by=actor_of(quiet))
        make_rsvp(event, by=actor_of(quiet))
        make_rsvp(event, by=actor_of(gone))
        actions.say_no(event, by=actor_of(gone))
        make_rsvp(event)
        make_rsvp(event, by=actor_of(waiting))
    assert remind(event.starts_at - timedelta(hours=20)) == 2
    assert Notice.objects.filter(person=quiet).count() == 1
    assert not Letter.objects.filter(person_id__in=[quiet.id, gone.id, waiting.id]).exists()


def test_who_says_yes_on_the_day_is_reminded_an_hour_before_only() -> None:
    with clock.pinned(NOW):
        event = make_event(starts=STARTS, ends=STARTS + timedelta(hours=2))
    with clock.pinned(event.starts_at - timedelta(hours=5)):
        make_rsvp(event)
    assert remind(event.starts_at - timedelta(hours=4)) == 0
    assert remind(event.starts_at - timedelta(minutes=30)) == 1


def test_a_moved_event_is_reminded_of_anew_and_a_cancelled_one_is_not() -> None:
    space = make_space()
    with clock.pinned(NOW):
        host = make_insider(space, "space.steward")
        event = make_event(space, by=host, starts=STARTS, ends=STARTS + timedelta(hours=2))
        make_rsvp(event)
    assert remind(event.starts_at - timedelta(hours=20)) == 1
    later = STARTS + timedelta(days=7)
    with clock.pinned(event.starts_at - timedelta(hours=19)):
        event = actions.change_event(event, make_plan(starts=later, ends=later + timedelta(hours=2)), by=host)
    assert remind(event.starts_at - timedelta(hours=20)) == 1
    with clock.pinned(event.starts_at - timedelta(hours=10)):
        actions.cancel_event(event, reason="Storm.", by=host)
    assert remind(event.starts_at - timedelta(minutes=30)) == 0
