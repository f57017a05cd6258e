"""Being away: said on the profile, until the day begins where one lives; mail waits, notices do not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from stoa.base import clock
from stoa.base.errors import Invalid
from stoa.base.models.letter import Letter
from stoa.people.actions.notice import keep_quiet, tell
from stoa.people.actions.profile import Profile, edit_profile
from stoa.people.away import away_words
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.people.tests.test_people import nudge  # noqa: F401

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def go_away(person: Person, until: date | None, zone: str = "UTC") -> None:
    edit_profile(person, Profile(person.name, zone=zone, away_until=until), by=actor_of(person))


def test_somebody_is_back_when_that_day_begins_where_they_live() -> None:
    ada = make_person("Ada", zone="Asia/Tokyo", away_until=date(2026, 3, 14))
    assert ada.is_away_at(datetime(2026, 3, 13, 14, 59, tzinfo=UTC))
    assert not ada.is_away_at(datetime(2026, 3, 13, 15, 0, tzinfo=UTC))
    with clock.pinned(NOON):
        assert away_words(ada) == "Away until 14 March 2026"
    with clock.pinned(NOON + timedelta(days=4)):
        assert away_words(ada) == ""


@pytest.mark.parametrize("until", [date(2026, 3, 10), date(2026, 3, 9), date(2027, 3, 20)])
def test_one_is_away_from_tomorrow_on_and_within_a_year(until: date) -> None:
    ada = make_person("Ada")
    with clock.pinned(NOON), pytest.raises(Invalid) as refused:
        go_away(ada, until)
    assert refused.value.field == "away_until"
    assert Person.objects.get().away_until is None


def test_mail_waits_until_they_are_back_and_notices_do_not(nudge: str) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    with clock.pinned(NOON):
        go_away(ada, date(2026, 3, 14), "Europe/Berlin")
        tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    assert Letter.objects.get().due_at == datetime(2026, 3, 13, 23, tzinfo=UTC)
    assert Notice.objects.filter(person=ada).count() == 1


def test_quiet_hours_hold_on_the_day_of_their_return(nudge: str) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    keep_quiet(time(22), time(7), by=actor_of(ada))
    with clock.pinned(NOON):
        go_away(ada, date(2026, 3, 14))
        tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    assert Letter.objects.get().due_at == datetime(2026, 3, 14, 7, tzinfo=UTC)


def test_who_is_back_sooner_gets_what_waited(nudge: str) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    with clock.pinned(NOON):
        go_away(ada, date(2026, 3, 20))
        tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    with clock.pinned(NOON + timedelta(days=1)):
        go_away(Person.objects.get(id=ada.id), None)
    assert Letter.objects.get().due_at == NOON + timedelta(days=1)


def test_it_stands_on_the_profile_and_a_wrong_day_keeps_what_was_typed() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    with clock.pinned(NOON):
        typed = {"name": "Ada of the bench", "zone": "UTC", "shown_to": "members", "away_until": "2026-03-01"}
        refused = signed_in(ada).post("/profile/", typed)
        assert refused.status_code == 422
        assert "Choose a day from tomorrow on, within a year." in refused.content.decode()
        assert "Ada of the bench" in refused.content.decode()
        assert signed_in(ada).post("/profile/", typed | {"away_until": "2026-03-14"}).status_code == 303
        person = Person.objects.get(id=ada.id)
        assert "Away until 14 March 2026" in signed_in(bo).get(person.address).content.decode()
